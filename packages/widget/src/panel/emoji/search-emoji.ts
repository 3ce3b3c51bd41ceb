import { EMOJI, type Emoji } from './emoji-set.js'

/** What an emoji is called in a language: in English where it has no name of its own. */
export function emojiName({ words }: Emoji, locale: string): string {
  return (/^de\b/.test(locale) ? words.de : words.en)[0] ?? ''
}

/** Emoji with a word that begins like the query, in whichever language it is asked. */
export function searchEmoji(query: string): Emoji[] {
  const wanted = query.trim().toLowerCase()
  const begins = (words: string) => ` ${words.toLowerCase()}`.includes(` ${wanted}`)
  return EMOJI.flatMap(([, all]) => all.filter(({ words }) => [...words.en, ...words.de].some(begins)))
}

/** Those of these emoji that the set knows, in their order. */
export function knownEmoji(emoji: readonly string[]): Emoji[] {
  const all = EMOJI.flatMap(([, each]) => each)
  return emoji.flatMap((wanted) => all.find(({ emoji }) => emoji === wanted) ?? [])
}
