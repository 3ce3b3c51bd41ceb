/** What a canned reply or a macro may name in double braces (D4). */
export const REPLY_VARIABLES = ['visitor.name', 'visitor.email', 'agent.name', 'organization.name'] as const

/** What the variables stand for where a reply is used; null: it is not known. */
export type ReplyValues = Record<(typeof REPLY_VARIABLES)[number], string | null>

/** `{{visitor.name}}`, or `{{visitor.name|there}}` with what stands for it when it is not known. */
const VARIABLE = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/g
/** A value is a name or an address: whatever is longer was not meant to stand in a sentence. */
const LONGEST_VALUE = 100

/** A piece of a text with variables: words, or a variable with what stands for it when it is not known. `from`: its place in the text. */
export type ReplyPiece = { words: string } | { variable: keyof ReplyValues; fallback: string; from: number }

/** The text in pieces, for whoever draws its variables; what is no variable is words. */
export function replyPieces(text: string): ReplyPiece[] {
  const pieces: ReplyPiece[] = []
  let words = ''
  let end = 0
  for (const match of text.matchAll(VARIABLE)) {
    const [written, name = '', fallback = ''] = match
    const variable = name.trim()
    words += text.slice(end, match.index)
    end = match.index + written.length
    if (!isVariable(variable)) {
      words += written
      continue
    }
    if (words !== '') pieces.push({ words })
    words = ''
    pieces.push({ variable, fallback: fallback.trim(), from: match.index })
  }
  words += text.slice(end)
  return words === '' ? pieces : [...pieces, { words }]
}

/** Names in double braces that are no variables, as they were written. */
export function unknownVariables(text: string): string[] {
  const names = [...text.matchAll(VARIABLE)].map(([, name = '']) => name.trim())
  return [...new Set(names.filter((name) => !isVariable(name)))]
}

/**
 * The text with its variables filled, in one pass: what a visitor calls itself is never read as a variable. What is not known
 * gives way to its fallback, else to nothing; what is no variable stays.
 */
export function fillReply(text: string, values: ReplyValues): string {
  const filled = replyPieces(text).map((piece) => {
    if ('words' in piece) return piece.words
    return values[piece.variable]?.replace(/\s+/g, ' ').trim().slice(0, LONGEST_VALUE) || piece.fallback
  })
  return filled.join('')
}

function isVariable(name: string): name is keyof ReplyValues {
  return (REPLY_VARIABLES as readonly string[]).includes(name)
}
