import * as z from 'zod/mini'
import { isBlank } from '../is-blank.js'
import { LIMITS } from '../limits.js'

/** C0 and C1 control characters but tab and line feed. Postgres cannot store NUL, and no reader wants the rest. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what it is for
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** X2: line ends become `\n`, control characters go, lone surrogates (which no database stores) become U+FFFD. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL_CHARACTERS, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

/** At most so many UTF-16 code units, as every client counts; zod's own `maxLength` counts code points. */
function unitsUpTo(maximum: number) {
  return z.refine<string>((text) => text.length <= maximum, `at most ${maximum} characters`)
}

/** One line of text that people type (a name, a subject), cleaned, `minLength` to `maxLength` characters. */
export function lineOf(maxLength: number, minLength = 1) {
  return z.pipe(
    z.string().check(unitsUpTo(maxLength)),
    z.pipe(
      z.transform((text: string) => cleanText(text).replace(/\s+/g, ' ').trim()),
      z.string().check(z.minLength(minLength)),
    ),
  )
}

/** Lines of text that people type, cleaned and trimmed, `minLength` to `maxLength` characters. */
export function wordsOf(maxLength: number, minLength = 0) {
  return z.pipe(
    z.string().check(unitsUpTo(maxLength)),
    z.pipe(
      z.transform((text: string) => cleanText(text).trim()),
      z.string().check(z.minLength(minLength)),
    ),
  )
}

/** The text of a message (X1 to X3): at most `LIMITS.textLength`, cleaned, and not only white space. */
export const messageText = z.pipe(
  z.string().check(unitsUpTo(LIMITS.textLength)),
  z.pipe(z.transform(cleanText), z.string().check(z.refine((text) => !isBlank(text), 'must not be empty'))),
)

/** A language, as in HTML's `lang`. */
export const languageTag = z.string().check(z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag'))
