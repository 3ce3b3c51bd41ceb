import type { Author } from '@chatdesk/protocol'
import type { Texts } from '../../text/en.js'

/** What to call an author who is not oneself. */
export function authorName({ kind, name }: Author, texts: Texts): string {
  return (
    name || { assistant: texts.assistantFallback, system: texts.systemFallback }[kind as string] || texts.agentFallback
  )
}

/** First letters of the first and the last word of a name, at most two. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => Array.from(word ?? '')[0] ?? '')
  return letters.join('').toUpperCase()
}
