import { isIban } from './checksums.js'
import { findInDigits } from './digit-runs.js'
import type { Found, PersonalKind } from './found.js'

// Every repeat is bounded or over characters that the next part does not take, so that time grows with the text's length only.
const EMAIL = /[\p{L}\p{N}._%+-]{1,64} ?@ ?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,4}\.\p{L}{2,24}/gu
const UPI = /[a-z0-9._-]{2,64}@[a-z][a-z0-9]{1,20}(?![a-z0-9.@-])/gi
const TAX_ID =
  /(?<![a-z0-9])(?:\d{2}[ -]?)?[a-z]{3}[abcfghjlpt][a-z][ -]?\d{4}[ -]?[a-z](?:[ -]?[a-z0-9]z[a-z0-9])?(?![a-z0-9])/gi
const IBAN = /(?<![a-z0-9])[a-z]{2}\d{2}[a-z0-9 ]{11,40}/gi
const SECRET_BEHIND =
  /\b(?:otp|one[ -]?time (?:password|code|pin)|passcode|(?:verification|security|confirmation|login) code|cvv2?|cvc|upi pin|mpin|m-pin|atm pin|pin)\b(?! ?code)[^\d\n]{0,24}(\d{3,8})(?!\d)/gi
const SECRET_BEFORE =
  /(?<!\d)(\d{4,8})\b[^\d\n]{0,12}\b(?:is|hai)\b[^\d\n]{0,12}\b(?:otp|one[ -]?time|passcode|code|pin)\b/gi

/** Finds personal data in a text that was normalised. What overlaps is taken once, by the first that claims it. */
export function findPersonalData(text: string): Found[] {
  const shadow = asciiDigits(text)
  const all: Found[] = [
    ...spans(shadow, EMAIL, 'email'),
    ...spans(shadow, UPI, 'upi'),
    ...spans(shadow, TAX_ID, 'tax_id'),
    ...findIbans(shadow),
    ...findInDigits(shadow),
    ...secrets(shadow, SECRET_BEHIND),
    ...secrets(shadow, SECRET_BEFORE),
  ]
  // A stable sort: of two that begin at one place, the one that was looked for first.
  const sorted = all.sort((a, b) => a.from - b.from)
  const kept: Found[] = []
  for (const found of sorted) if (found.from >= (kept.at(-1)?.to ?? 0)) kept.push(found)
  return kept
}

/** Digits of other scripts, each in one code unit, as those that patterns know. The length stays. */
export function asciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯]/g, (digit) => {
    const code = digit.charCodeAt(0)
    return String(code < 0x900 ? code & 0xf : (code - 6) & 0xf)
  })
}

function spans(text: string, pattern: RegExp, kind: PersonalKind): Found[] {
  return [...text.matchAll(pattern)].map((match) => ({ kind, from: match.index, to: match.index + match[0].length }))
}

function secrets(text: string, pattern: RegExp): Found[] {
  return [...text.matchAll(pattern)].map((match) => {
    const digits = match[1] as string
    const from = match.index + match[0].indexOf(digits)
    return { kind: 'otp', from, to: from + digits.length }
  })
}

/** Lengths of IBANs differ by country: the longest beginning that passes the check. */
function findIbans(text: string): Found[] {
  return [...text.matchAll(IBAN)].flatMap((match): Found[] => {
    for (let length = match[0].length; length >= 15; length--) {
      const bare = match[0].slice(0, length).replaceAll(' ', '').toUpperCase()
      const isWhole = !/[a-z0-9]/i.test(match[0][length] ?? ' ')
      if (isWhole && bare.length >= 15 && bare.length <= 34 && isIban(bare))
        return [{ kind: 'iban', from: match.index, to: match.index + match[0].slice(0, length).trimEnd().length }]
    }
    return []
  })
}
