import type { MessagePart } from '@chatdesk/protocol'

/** The plain text of a message (X4). */
export function messageText(parts: readonly MessagePart[]): string {
  return parts.map((part) => part.text).join('\n')
}
