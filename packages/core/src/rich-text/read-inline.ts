import { linkAddress, trueTarget } from './link-address.js'

/** A stretch of a line. */
export type Inline =
  | { type: 'text'; text: string }
  /** `target`: where it leads, to be shown behind words that look like another address. */
  | { type: 'link'; text: string; href: string; target?: string | undefined }
  | { type: 'code'; text: string }
  | { type: 'strong' | 'em' | 'del'; children: Inline[] }

type Mark = '**' | '*' | '_' | '~~'

/** What stands between two marks, while the second is still to come. */
interface Frame {
  mark: Mark
  into: Inline[]
}

const ELEMENT_OF = { '**': 'strong', '*': 'em', _: 'em', '~~': 'del' } as const
/** The marks that a run of a character may be. Longer runs are a line that somebody has drawn. */
const MARKS_OF_RUN: Readonly<Record<string, readonly Mark[]>> = {
  '*': ['*'],
  '**': ['**'],
  '***': ['**', '*'],
  _: ['_'],
  '~~': ['~~'],
}
const MARK_CHARACTERS = '*_~'
const ESCAPABLE = '`*_~[]'
const OPENING = '([{<"\'‘“«`'
const CLOSING = '.,;:!?)]}>"\'’”»…'
const PAIR_OF: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' }

const isSpace = (character: string) => character === '' || /\s/.test(character)
const isWordCharacter = (character: string) => /[\p{L}\p{N}]/u.test(character)

/** Where the punctuation after an address begins; a closing bracket stays if it was opened inside. */
function endOfAddress(text: string, start: number, wordEnd: number, closing: string): number {
  const open: Record<string, number> = {}
  for (let index = start; index < wordEnd; index++) {
    const character = text.charAt(index)
    const opening = PAIR_OF[character]
    if (opening) open[opening] = (open[opening] ?? 0) - 1
    else open[character] = (open[character] ?? 0) + 1
  }
  let end = wordEnd
  while (end > start && closing.includes(text.charAt(end - 1))) {
    const opening = PAIR_OF[text.charAt(end - 1)]
    if (opening) {
      if ((open[opening] ?? 0) >= 0) break
      open[opening] = (open[opening] ?? 0) + 1
    }
    end -= 1
  }
  return end
}

/** A link that says something else than its address; undefined where the address may not be followed. */
export function namedLink(words: string, address: string): Inline | undefined {
  const found = linkAddress(address)
  return found && { type: 'link', text: words, href: found.href, target: trueTarget(words, found) }
}

/** `[words](address)` at a bracket. Both scans end at the next bracket, so that all of them together read a text twice. */
function readNamedLink(text: string, at: number): { link: Inline; end: number } | undefined {
  let index = at + 1
  while (index < text.length && !'[]'.includes(text.charAt(index))) index += 1
  const words = text.slice(at + 1, index)
  if (text.charAt(index) !== ']' || text.charAt(index + 1) !== '(' || !words.trim()) return undefined
  const start = index + 2
  let depth = 1
  for (index = start; depth > 0; index++) {
    const character = text.charAt(index)
    if (isSpace(character) || '[]<>'.includes(character)) return undefined
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
  }
  const link = namedLink(words, text.slice(start, index - 1))
  return link && { link, end: index }
}

/**
 * Reads the words of a paragraph: addresses as links (X6) and, in a marked text, what its marks say (X5). Each character is
 * read a bounded number of times whatever the text (threat 49), because a mark that is open is not opened again: at most
 * four frames are open, and what is in them moves outwards only.
 */
export function readInline(text: string, marked: boolean): Inline[] {
  const root: Inline[] = []
  const frames: Frame[] = []
  const closing = marked ? `${CLOSING}${MARK_CHARACTERS}` : CLOSING
  let into = root
  let at = 0
  /** Up to here the word was looked at: it is no address. */
  let wordEnd = 0
  let hasTick = marked

  function say(words: string): void {
    const last = into.at(-1)
    if (last?.type === 'text') last.text += words
    else if (words) into.push({ type: 'text', text: words })
  }
  /** Takes the innermost frame away; what is in it goes outwards, behind its mark or as an element. */
  function leave(closed: boolean): void {
    const { mark, into: children } = frames.pop() as Frame
    into = frames.at(-1)?.into ?? root
    if (!closed) say(mark)
    for (const child of closed ? [{ type: ELEMENT_OF[mark], children }] : children) {
      if (child.type === 'text') say(child.text)
      else into.push(child)
    }
  }
  /** Closes the frames of these marks; gives back the marks that had none. */
  function closeMarks(marks: readonly Mark[]): readonly Mark[] {
    let left = marks
    for (const frame of [...frames].reverse()) {
      if (!marks.includes(frame.mark)) continue
      // Innermost first: whatever is still open within it was never closed.
      while (frames.at(-1) !== frame) leave(false)
      leave(true)
      left = left.filter((mark) => mark !== frame.mark)
    }
    return left
  }
  function open(mark: Mark): void {
    into = []
    frames.push({ mark, into })
  }
  /** A run of a mark's character: closes what it can, then opens, and is text where it does neither. */
  function readRun(character: string): void {
    let end = at + 1
    while (text.charAt(end) === character) end += 1
    const before = text.charAt(at - 1)
    const after = text.charAt(end)
    const run = text.slice(at, end)
    at = end
    // Two of a kind are no accident within a word; one is: snake_case, 2*3*4.
    const within = run.length > 1
    const mayClose = !isSpace(before) && (within || !isWordCharacter(after))
    const mayOpen = !isSpace(after) && (within || !isWordCharacter(before))
    const marks = MARKS_OF_RUN[run]
    if (!marks) say(run)
    for (const mark of marks && mayClose ? closeMarks(marks) : (marks ?? [])) {
      if (mayOpen && !frames.some((frame) => frame.mark === mark)) open(mark)
      else say(mark)
    }
  }
  /** The rest of the word as an address, once a word. */
  function readAddress(): boolean {
    let end = at
    while (!isSpace(text.charAt(end))) end += 1
    wordEnd = end
    const addressEnd = endOfAddress(text, at, end, closing)
    const address = linkAddress(text.slice(at, addressEnd))
    if (!address) return false
    into.push({ type: 'link', text: address.shown, href: address.href })
    at = addressEnd
    return true
  }
  function readCode(): boolean {
    const end = text.indexOf('`', at + 1)
    hasTick = end > 0
    const code = text.slice(at + 1, end)
    if (!hasTick || !code.trim()) return false
    into.push({ type: 'code', text: code })
    at = end + 1
    return true
  }
  function readLink(): boolean {
    const found = readNamedLink(text, at)
    if (!found) return false
    into.push(found.link)
    at = found.end
    return true
  }
  function readMark(character: string): boolean {
    if (MARK_CHARACTERS.includes(character)) {
      readRun(character)
      return true
    }
    if (character === '`') return hasTick && readCode()
    if (character === '[') return readLink()
    if (character !== '\\' || !ESCAPABLE.includes(text.charAt(at + 1) || ' ')) return false
    say(text.charAt(at + 1))
    at += 2
    return true
  }

  while (at < text.length) {
    const character = text.charAt(at)
    if (marked && readMark(character)) continue
    const beginsWord = at >= wordEnd && !isSpace(character) && !OPENING.includes(character)
    if (beginsWord && readAddress()) continue
    say(character)
    at += 1
  }
  while (frames.length > 0) leave(false)
  return root
}
