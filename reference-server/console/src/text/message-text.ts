import type { MessagePart } from '@chatdesk/protocol'

/** What a message says in words (X7). */
export function messageText(parts: readonly MessagePart[]): string {
  return parts.map((part) => part.text).join('\n')
}
