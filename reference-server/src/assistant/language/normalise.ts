/** What is not seen and only serves to hide words from rules: zero-width, bidirectional, soft hyphens, variation selectors. */
const UNSEEN = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]|[\ufe00-\ufe0f]/gu

/** A text as the assistant reads it: one form for each character (NFKC), nothing unseen, single spaces. Case stays. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

/** As words are compared: in lower case, and without marks over Latin letters; those of other scripts are letters. */
export function fold(text: string): string {
  return normalise(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})[\u0300-\u036f]+/gu, '')
    .normalize('NFC')
}
