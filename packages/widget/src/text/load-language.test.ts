import { describe, expect, it, vi } from 'vitest'
import { importTexts } from '../mount/import-texts.js'
import { englishTexts, type Texts } from './en.js'
import type { CountTexts } from './format-text.js'
import { LANGUAGES, loadLanguage } from './load-language.js'

describe('loadLanguage', () => {
  it('is the first of the wanted that the widget speaks, with its region', async () => {
    const { locale, texts } = await loadLanguage(['xx', 'de-AT', 'en'], importTexts)
    expect([locale, texts.send]).toEqual(['de-AT', 'Nachricht senden'])
  })

  it('fetches nothing for English', async () => {
    const never = vi.fn()
    expect(await loadLanguage(['en-GB', 'de'], never)).toEqual({ locale: 'en-GB', texts: {} })
    expect(never).not.toHaveBeenCalled()
  })

  it.each([[[]], [['tlh']], [['', 'de_DE', 'x', '../../etc']]])('is English where nothing fits: %j', async (wanted) => {
    expect((await loadLanguage(wanted, importTexts)).locale).toBe('en')
  })

  it('goes on without texts that cannot be fetched', async () => {
    const broken = async () => {
      throw new TypeError('Failed to fetch')
    }
    expect((await loadLanguage(['de', 'en-GB'], broken)).locale).toBe('en-GB')
  })
})

const keys = Object.entries(englishTexts) as [key: keyof Texts, text: string | CountTexts][]

const namesIn = (text: string | CountTexts): string[] =>
  typeof text === 'string' ? (text.match(/\{\w+\}/g) ?? []).sort() : namesIn(text.other)

describe.each(LANGUAGES)('%s', (language) => {
  it('has every text, with the same values in it, and no other', async () => {
    const { texts } = await importTexts(language)
    expect(Object.keys(texts).sort()).toEqual(Object.keys(englishTexts).sort())
    for (const [key, english] of keys) expect(namesIn(texts[key]), key).toEqual(namesIn(english))
  })

  it('has a text for each form of a count that the language knows', async () => {
    const { texts } = await importTexts(language)
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const [key, english] of keys) {
      // A text that has but one form in English may have one in any language.
      if (typeof english === 'string' || Object.keys(english).length === 1) continue
      expect(Object.keys(texts[key]).sort(), key).toEqual([...forms].sort())
    }
  })
})
