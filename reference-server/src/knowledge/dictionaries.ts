/** Dictionaries that every Postgres from 15 on has, and PGlite. */
const BY_LANGUAGE: Record<string, string> = {
  ...{
    ar: 'arabic',
    ca: 'catalan',
    da: 'danish',
    de: 'german',
    el: 'greek',
    en: 'english',
    es: 'spanish',
    eu: 'basque',
  },
  ...{ fi: 'finnish', fr: 'french', ga: 'irish', hi: 'hindi', hu: 'hungarian', hy: 'armenian', id: 'indonesian' },
  ...{ it: 'italian', lt: 'lithuanian', nb: 'norwegian', ne: 'nepali', nl: 'dutch', nn: 'norwegian', no: 'norwegian' },
  ...{
    pt: 'portuguese',
    ro: 'romanian',
    ru: 'russian',
    sr: 'serbian',
    sv: 'swedish',
    ta: 'tamil',
    tr: 'turkish',
    yi: 'yiddish',
  },
}

/** Languages that are written in another script than their dictionary reads, when their tag says Latin: `hi-Latn` is Hinglish. */
const NOT_LATIN = new Set(['ar', 'el', 'hi', 'hy', 'ne', 'ru', 'ta', 'yi'])

/** The dictionary that finds the stems of a language's words; `simple`, which knows none, for all others. */
export function dictionaryOf(language: string): string {
  const [primary = '', ...rest] = language.toLowerCase().split('-')
  const name = BY_LANGUAGE[primary]
  if (!name || (NOT_LATIN.has(primary) && rest.includes('latn'))) return 'simple'
  return `${name}_stem`
}
