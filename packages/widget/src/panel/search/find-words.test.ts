import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findWords } from './find-words.js'

const marked = (text: string, words: string) =>
  findWords(text, words)
    ?.map(({ text, found }) => (found ? `[${text}]` : text))
    .join('')

describe('findWords', () => {
  it.each([
    ['The fee, and the FEE again', 'fee', 'The [fee], and the [FEE] again'],
    ['Über Straße', 'uber', '[Über] Straße'],
    ['cafe\u0301 and café', 'CAFÉ', '[cafe\u0301] and [café]'],
    ['पंजीकरण शुल्क', 'शुल्क', 'पंजीकरण [शुल्क]'],
    ['aaaa', 'aa', '[aa][aa]'],
    ['😀 smile 😀', '😀', '[😀] smile [😀]'],
    ['İstanbul', 'istanbul', '[İstanbul]'],
    [' padded ', '  padded ', ' [padded] '],
  ])('marks in %j where %j stands', (text, words, expected) => {
    expect(marked(text, words)).toBe(expected)
  })

  it.each([
    ['some words', 'word s'],
    ['some words', ' '],
    ['कि', 'का'],
    ['', 'x'],
  ])('finds nothing in %j for %j', (text, words) => {
    expect(findWords(text, words)).toBeUndefined()
  })

  it('loses nothing of a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', maxLength: 2 }), (text, words) => {
        const found = findWords(text + words, words)
        expect(found?.map((stretch) => stretch.text).join('') ?? text + words).toBe(text + words)
      }),
    )
  })
})
