import type { MessagePart } from './types.js'

/** What a message says in words (X7). */
export function textOf(parts: readonly MessagePart[]): string {
  return parts.map((part) => part.text).join('\n')
}
