/** Where a link leads. */
export interface LinkAddress {
  href: string
  /** What to show of a bare address: as it was typed, or in ASCII where something in it may look like what it is not. */
  shown: string
  /** The host, the mailbox or the number behind it. */
  target: string
}

/** Longest address that e-mail allows. */
const EMAIL_LENGTH = 254
const EMAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i
const PHONE = /^tel:\+?[\d().-]{3,32}$/i
/** A web address before its path; and what turns the direction of letters around, or is not seen. */
const AUTHORITY = /^[^/?#]*(?:\/\/)?[^/?#]*/
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}]/u

function withScheme(word: string): string | undefined {
  const start = word.slice(0, 8).toLowerCase()
  if (/^(https?:\/\/|mailto:)/.test(start) || PHONE.test(word)) return word
  if (start.startsWith('www.')) return `https://${word}`
  return word.length <= EMAIL_LENGTH && EMAIL.test(word) ? `mailto:${word}` : undefined
}

/** Reads a word as an address that may be followed (X6): `http`, `https`, `mailto`, `tel`, `www.` or e-mail, else undefined. */
export function linkAddress(word: string): LinkAddress | undefined {
  const address = withScheme(word)
  if (address === undefined) return undefined
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return undefined
  }
  const { href, protocol, hostname } = url
  if (protocol === 'mailto:' || protocol === 'tel:')
    return { href, shown: word, target: address.slice(protocol.length).replace(/\?.*/s, '') }
  // `https://bank.example@evil.example` reads like the bank and leads elsewhere.
  if (url.username || url.password || !hostname) return undefined
  const asTyped = /^[ -~]*$/.test(AUTHORITY.exec(word)?.[0] ?? '') && !INVISIBLE.test(word)
  return { href, shown: asTyped ? word : href, target: url.host }
}

/**
 * What to show behind the words of a link: where it leads, if the words look like an address of somewhere else; else
 * undefined.
 */
export function trueTarget(words: string, { target }: LinkAddress): string | undefined {
  const digits = (text: string) => text.replace(/\D/g, '')
  if (/^\+?[\d().-]+$/.test(target)) return digits(words) === digits(target) ? undefined : target
  // Any dot: there are several that browsers take for one, and more that look alike.
  const looksLikeAddress = /:\/\/|@|[\p{L}\p{N}]\p{P}\p{L}{2}/u.test(words)
  if (!looksLikeAddress) return undefined
  const named = linkAddress(words) ?? linkAddress(`https://${words}`)
  return named?.target === target ? undefined : target
}
