import type { Texts } from './en.js'

/** What the widget speaks beside English. */
export const LANGUAGES = ['ar', 'bn', 'de', 'es', 'fr', 'hi', 'pt', 'ta', 'ur'] as const

/** A language beside English. */
export type LanguageCode = (typeof LANGUAGES)[number]

/** What visible texts and figures are written in. */
export interface Language {
  /** For `Intl` and `lang`: a language with or without a region. */
  locale: string
  /** What is missing is English. */
  texts: Partial<Texts>
}

/** What there is without asking for anything. */
export const ENGLISH: Language = { locale: 'en', texts: {} }

/**
 * The first of the wanted languages that the widget speaks; English where it speaks none, or texts cannot be fetched.
 *
 * @param wanted as browsers name them, in order of preference.
 */
export async function loadLanguage(
  wanted: readonly string[],
  importTexts: (language: LanguageCode) => Promise<{ texts: Texts }>,
): Promise<Language> {
  for (const name of wanted) {
    try {
      const { baseName: locale, language } = new Intl.Locale(name)
      if (language === 'en') return { locale, texts: {} }
      if (LANGUAGES.includes(language as LanguageCode))
        return { locale, texts: (await importTexts(language as LanguageCode)).texts }
    } catch {
      // Neither a name that is none, nor a network that fails, leaves a visitor without a chat.
    }
  }
  return ENGLISH
}
