/** Whoever can be named by `@`. */
export interface Mentionable {
  id: string
  name: string
}

/** What is being typed behind an `@`, and where that stands. */
export interface MentionQuery {
  from: number
  query: string
}

/** Longest name that is looked for behind an `@`. */
const LONGEST = 40

/** The name that is being typed before the caret, null where none is: an `@` begins one at the start of a word. */
export function mentionQuery(text: string, caret: number): MentionQuery | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret)
  const [, query] = /(?:^|[\s(])@([^@\n]*)$/u.exec(before) ?? []
  // Two spaces, and one has gone on.
  if (query === undefined || /\s\s|\s$/.test(query) || query.split(/\s/).length > 3) return null
  return { from: caret - query.length - 1, query }
}

/** A piece of a note; `mention` names a member by the words that stand there. */
export interface NotePiece {
  text: string
  mention?: string
}

/** Cuts a text where it names somebody; of names that begin alike the longest one counts. */
export function splitMentions(text: string, people: readonly Mentionable[]): NotePiece[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length)
  const pieces: NotePiece[] = []
  let plainFrom = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const named = byLength.find(({ name }) => name !== '' && isNamedAt(text, at, name))
    if (!named) continue
    if (at > plainFrom) pieces.push({ text: text.slice(plainFrom, at) })
    plainFrom = at + 1 + named.name.length
    pieces.push({ text: text.slice(at, plainFrom), mention: named.id })
    at = plainFrom - 1
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom) })
  return pieces
}

/** Who is named in a text, each once. */
export function mentionsIn(text: string, people: readonly Mentionable[]): string[] {
  return [...new Set(splitMentions(text, people).flatMap(({ mention }) => mention ?? []))]
}

function isNamedAt(text: string, at: number, name: string): boolean {
  if (text.slice(at + 1, at + 1 + name.length).toLowerCase() !== name.toLowerCase()) return false
  return !/[\p{L}\p{N}]/u.test(text[at + 1 + name.length] ?? '')
}
