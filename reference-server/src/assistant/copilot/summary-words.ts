import type { Passage } from '../answering/citation.js'
import { DEFAULT_LIMITS } from '../provider/answer-limits.js'
import type { AskModel } from './ask-model.js'
import type { CopilotConversation, SaidMessage } from './load-conversation.js'

/** Messages that a model is told, and their characters: as much as a prompt has room for. */
const MOST_MESSAGES = 30
const MOST_CHARACTERS = 14_000
/** Less is summed up by reading it. */
const FEWEST_MESSAGES = 3

const WISH = 'What was asked, what was answered, and what is still open?'
const WHO: Record<SaidMessage['from'], string> = {
  visitor: 'The visitor',
  agent: 'The team',
  assistant: 'The assistant',
}

/**
 * A summary in a model's words. Each of its sentences is held against the messages, as an answer's is against the entries: what none
 * of them bears out is left out. Null: there is none.
 */
export async function summaryWords({ messages, persona }: CopilotConversation, ask: AskModel): Promise<string | null> {
  const said = messages.filter(({ text }) => text !== '')
  if (said.length < FEWEST_MESSAGES) return null
  const told = toldOf(said)
  const written = await ask({
    ...{ task: 'summary', turn: WISH, passages: told.map(asPassage), history: [], limits: DEFAULT_LIMITS },
    persona: { ...persona, tone: 'brief' },
  })
  return written.kind === 'reply' ? written.text : null
}

/**
 * The first, which says what it is about, and the last ones, in their order. Each is whole, or is not told at all: of a number that
 * was cut in two, redaction would leave both halves.
 */
function toldOf(said: readonly SaidMessage[]): SaidMessage[] {
  const [first, ...rest] = said
  let room = MOST_CHARACTERS
  const fits = ({ text }: SaidMessage) => {
    room -= text.length
    return room >= 0
  }
  const told = first && fits(first) ? [first] : []
  const last: SaidMessage[] = []
  for (const message of rest.slice(-MOST_MESSAGES).reverse()) {
    if (!fits(message)) break
    last.unshift(message)
  }
  return [...told, ...last]
}

/** Who has said it stands before it, since a summary says so as well. */
function asPassage({ seq, from, text }: SaidMessage): Passage {
  const does = from === 'visitor' ? (/[?？]$/.test(text) ? 'asked' : 'wrote') : 'answered'
  const words = `${WHO[from]} ${does}: ${text}`
  return { docId: String(seq), chunkId: String(seq), title: WHO[from], url: null, text: words }
}
