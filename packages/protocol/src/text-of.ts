import type { MessagePart } from './types.js'

/** What a message says in words: empty when it holds files alone. */
export function textOf(parts: readonly MessagePart[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n')
}
