import { expect, it } from 'vitest'
import { EMOJI } from './emoji-set.js'
import { emojiName, knownEmoji, searchEmoji } from './search-emoji.js'

const found = (query: string) => searchEmoji(query).map(({ emoji }) => emoji)

it('finds by the beginning of any word, in English and in German', () => {
  expect(found('thumbs')).toEqual(['👍', '👎'])
  expect(found('Daumen h')).toEqual(['👍'])
  expect(found('RECHNUNG')).toEqual(['🧾'])
  expect(found('humbs')).toEqual([])
})

it('has each emoji once, with a name in both languages', () => {
  const all = EMOJI.flatMap(([, emoji]) => emoji)
  expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length)
  for (const each of all) {
    expect(each.emoji).toMatch(/^\p{Emoji}/u)
    expect([emojiName(each, 'en-GB'), emojiName(each, 'de-AT')]).not.toContain('')
  }
  expect(emojiName(knownEmoji(['🔥', 'x'])[0] as (typeof all)[number], 'de')).toBe('Feuer')
})
