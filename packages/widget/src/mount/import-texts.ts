import type { Texts } from '../text/en.js'
import type { LanguageCode } from '../text/load-language.js'

/** Where the texts of each language are; a bundler makes a chunk of each. */
const TEXTS: Record<LanguageCode, () => Promise<{ texts: Texts }>> = {
  ar: () => import('../text/ar.js'),
  bn: () => import('../text/bn.js'),
  de: () => import('../text/de.js'),
  es: () => import('../text/es.js'),
  fr: () => import('../text/fr.js'),
  hi: () => import('../text/hi.js'),
  pt: () => import('../text/pt.js'),
  ta: () => import('../text/ta.js'),
  ur: () => import('../text/ur.js'),
}

/** Fetches the texts of a language. */
export const importTexts = (language: LanguageCode): Promise<{ texts: Texts }> => TEXTS[language]()
