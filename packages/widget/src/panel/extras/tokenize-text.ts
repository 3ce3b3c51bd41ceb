/** A stretch of a message: words, or an address that may be followed. */
export type TextToken = { type: 'text'; text: string } | { type: 'link'; text: string; href: string }

const OPENING = '([{<"\'‘“«'
const CLOSING = '.,;:!?)]}>"\'’”»…'
const PAIR_OF: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' }
/** Longest address that e-mail allows. */
const EMAIL_LENGTH = 254

function hrefOf(word: string): string | undefined {
  const start = word.slice(0, 8).toLowerCase()
  let address: string
  if (start.startsWith('https://') || start.startsWith('http://') || start.startsWith('mailto:')) address = word
  else if (start.startsWith('www.')) address = `https://${word}`
  else if (word.length <= EMAIL_LENGTH && /^[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i.test(word))
    address = `mailto:${word}`
  else return undefined
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return undefined
  }
  if (url.protocol === 'mailto:') return url.href
  // `https://bank.example@evil.example` reads like the bank and leads elsewhere.
  if (url.username || url.password || !url.hostname) return undefined
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}

/** Where the punctuation after an address begins; a closing bracket stays if it was opened inside. */
function endOfAddress(word: string, start: number): number {
  const open: Record<string, number> = {}
  for (let index = start; index < word.length; index++) {
    const character = word.charAt(index)
    if (character in PAIR_OF) open[PAIR_OF[character] as string] = (open[PAIR_OF[character] as string] ?? 0) - 1
    else open[character] = (open[character] ?? 0) + 1
  }
  let end = word.length
  while (end > start && CLOSING.includes(word.charAt(end - 1))) {
    const pair = PAIR_OF[word.charAt(end - 1)]
    if (pair) {
      if ((open[pair] ?? 0) >= 0) break
      open[pair] = (open[pair] ?? 0) + 1
    }
    end -= 1
  }
  return end
}

/**
 * Finds the addresses in a plain text: `http`, `https`, `mailto`, `www.` and e-mail. In time linear to its length; the
 * tokens' texts joined are the text itself.
 */
export function tokenizeText(text: string): TextToken[] {
  const tokens: TextToken[] = []
  let plain = ''
  for (const word of text.split(/(\s+)/)) {
    let start = 0
    while (start < word.length && OPENING.includes(word.charAt(start))) start += 1
    const end = endOfAddress(word, start)
    const candidate = word.slice(start, end)
    const href = hrefOf(candidate)
    if (href === undefined) {
      plain += word
      continue
    }
    plain += word.slice(0, start)
    if (plain) tokens.push({ type: 'text', text: plain })
    tokens.push({ type: 'link', text: candidate, href })
    plain = word.slice(end)
  }
  if (plain) tokens.push({ type: 'text', text: plain })
  return tokens
}
