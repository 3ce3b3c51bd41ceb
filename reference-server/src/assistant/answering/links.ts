import type { Passage } from './citation.js'

/** What a reader, or whatever draws the text, may take for an address. */
const ADDRESS =
  /\b[a-z][a-z0-9+.-]{1,20}:\/{0,2}[^\s<>"'()[\]]{2,}|\/\/[^\s<>"'()[\]]{3,}|\bwww\.[^\s<>"'()[\]]+|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,24}(?:[/?#:][^\s<>"'()[\]]*)?/giu
const ENDS_SENTENCE = /[.,;:!?]+$/

/** Addresses in a text: with a scheme, or such as browsers and mail programs make links of. E-mail addresses are none of them. */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(ADDRESS)]
    .filter(({ index }) => text[index - 1] !== '@')
    .map(([address]) => address.replace(ENDS_SENTENCE, ''))
    .filter((address) => /[/.:]/.test(address) && !isPlainWord(address))
}

/** Whether an address is that of a passage of this turn: only these are given to a visitor. */
export function isAddressOf(address: string, passages: readonly Passage[]): boolean {
  const wanted = publicAddress(address)
  return wanted !== null && passages.some(({ url }) => url !== null && publicAddress(url) === wanted)
}

/** An address as it is compared and given; null: it is none that a visitor may be sent to. */
export function publicAddress(address: string): string | null {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null
  const url = new URL(address)
  // A query or a fragment could carry away what was said.
  return url.username || url.password ? null : url.href
}

/** `e.g`, `Rs.500`, `Pvt.Ltd`, `Note:see`: dots and colons of a hurried writer. */
function isPlainWord(address: string): boolean {
  if (/[/@?#]/.test(address) || /^www\./i.test(address)) return false
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)
  if (scheme) return !/^(?:javascript|data|vbscript|file|mailto|tel|blob|about)$/i.test(scheme[1] as string)
  const last = address.slice(address.lastIndexOf('.') + 1)
  // Written like a domain's end, in small letters; a sentence that goes on without a space begins with a capital.
  return !/^[a-z]{2,24}$/.test(last) || /^(?:e\.g|i\.e|a\.m|p\.m)$/i.test(address)
}
