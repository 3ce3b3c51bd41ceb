import { type Inline, readInline } from './read-inline.js'

/** A piece of a message. */
export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; ordered: boolean; start: number; items: Block[][] }

/** Quotes and lists within one another; deeper ones are words. */
const DEPTH = 4
const FENCE = '```'
/** Digits of a list's number. */
const NUMBER_LENGTH = 9

/** How a line begins, if it is one of a list. */
interface ListLine {
  indent: number
  ordered: boolean
  start: number
  words: string
}

function indentOf(line: string): number {
  let indent = 0
  while (line.charAt(indent) === ' ' || line.charAt(indent) === '\t') indent += 1
  return indent
}

const isBlank = (line: string | undefined) => line !== undefined && indentOf(line) === line.length
const isQuote = (line: string) => line.charAt(indentOf(line)) === '>'
const isFence = (line: string) => line.startsWith(FENCE, indentOf(line))

function listLine(line: string): ListLine | undefined {
  const indent = indentOf(line)
  let end = indent
  while (end - indent < NUMBER_LENGTH && /\d/.test(line.charAt(end))) end += 1
  const ordered = end > indent
  if (!(ordered ? '.)' : '-*+•').includes(line.charAt(end) || ' ')) return undefined
  const words = line.slice(end + 1)
  const gap = indentOf(words)
  if (gap === 0 || gap === words.length) return undefined
  return { indent, ordered, start: ordered ? Number(line.slice(indent, end)) : 1, words: words.slice(gap) }
}

/** Where the next line that says something stands, or the end. */
function nextWritten(lines: readonly string[], at: number): number {
  let next = at
  while (isBlank(lines[next])) next += 1
  return next
}

/** Reads a text with marks (X5). In time linear to its length; a block that is not closed ends with the text. */
export function readBlocks(text: string): Block[] {
  return readLines(text.split('\n'), 0)
}

function readLines(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  let at = 0

  function endParagraph(): void {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', children: readInline(paragraph.join('\n'), true) })
    paragraph = []
  }
  function readWords(line: string): void {
    // What is within something is set in by that.
    if (!isBlank(line)) paragraph.push(depth > 0 ? line.slice(indentOf(line)) : line)
    at += 1
  }
  function readCode(): void {
    const from = at + 1
    at = from
    while (at < lines.length && !isFence(lines[at] as string)) at += 1
    blocks.push({ type: 'code', text: lines.slice(from, at).join('\n') })
    at += 1
  }
  function readQuote(): void {
    const quoted: string[] = []
    for (; at < lines.length && isQuote(lines[at] as string); at++) {
      const line = lines[at] as string
      quoted.push(line.slice(indentOf(line) + 1).replace(/^ /, ''))
    }
    blocks.push({ type: 'quote', children: readLines(quoted, depth + 1) })
  }
  /** The lines of an item: those behind its mark, and what stands further in. */
  function readItem({ indent, words }: ListLine): Block[] {
    const item = [words]
    for (at += 1; at < lines.length; at++) {
      const next = nextWritten(lines, at)
      const line = lines[next]
      if (line === undefined || indentOf(line) <= indent) break
      if (next > at) item.push('')
      item.push(line.slice(indent + 1))
      at = next
    }
    return readLines(item, depth + 1)
  }
  function readList(first: ListLine): void {
    const { ordered, start, indent } = first
    const items: Block[][] = []
    for (let line: ListLine | undefined = first; line; ) {
      items.push(readItem(line))
      const next = nextWritten(lines, at)
      line = listLine(lines[next] ?? '')
      if (line?.ordered !== ordered || line.indent > indent) line = undefined
      if (line) at = next
    }
    blocks.push({ type: 'list', ordered, start, items })
  }

  while (at < lines.length) {
    const line = lines[at] as string
    const list = depth < DEPTH ? listLine(line) : undefined
    const read = isFence(line) ? readCode : list ? () => readList(list) : depth < DEPTH && isQuote(line) && readQuote
    if (read || isBlank(line)) endParagraph()
    if (read) read()
    else readWords(line)
  }
  endParagraph()
  return blocks
}
