import { describe, expect, it, vi } from 'vitest'
import { importTexts } from '../mount/import-texts.js'
import { englishTexts, type Texts } from './en.js'
import type { CountTexts } from './format-text.js'
import { LANGUAGES, type LanguageCode, loadLanguage } from './load-language.js'

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

/** Those that are not written in Latin letters. */
const OTHER_SCRIPTS: readonly LanguageCode[] = ['ar', 'bn', 'hi', 'ta', 'ur']

describe.each(LANGUAGES)('%s', (language) => {
  it('left nothing in English', async () => {
    const { texts } = await importTexts(language)
    const all = keys.flatMap(([key]) => (typeof texts[key] === 'string' ? [texts[key]] : Object.values(texts[key])))
    const words = all.map((text) => text.replace(/\{\w+\}/g, '')).filter((text) => /\p{L}/u.test(text))
    const latin = words.filter((text) => /\p{Script=Latin}/u.test(text))
    expect(latin).toEqual(OTHER_SCRIPTS.includes(language) ? [] : words)
    // A sentence is the same in no two languages.
    expect(keys.filter(([key, english]) => `${english}`.includes(' ') && texts[key] === english)).toEqual([])
  })

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
      // Only a form that stands for one count alone may say it in a word.
      for (const [form, text] of Object.entries(texts[key]))
        if (language !== 'ar' || !['zero', 'one', 'two'].includes(form)) expect(text, key).toContain('{count}')
    }
  })
})
