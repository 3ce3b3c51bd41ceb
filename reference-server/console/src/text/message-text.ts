import type { MessagePart } from '@chatdesk/protocol'

/** The plain text of a message (X4), and the names of its files. */
export function messageText(parts: readonly MessagePart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : part.name)).join('\n')
}
