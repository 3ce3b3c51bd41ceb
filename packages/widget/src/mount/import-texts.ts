import type { Texts } from '../text/en.js'
import type { LanguageCode } from '../text/load-language.js'

/** Where the texts of each language are; a bundler makes a chunk of each. */
const TEXTS: Record<LanguageCode, () => Promise<{ texts: Texts }>> = {
  de: () => import('../text/de.js'),
}

/** Fetches the texts of a language. */
export const importTexts = (language: LanguageCode): Promise<{ texts: Texts }> => TEXTS[language]()
