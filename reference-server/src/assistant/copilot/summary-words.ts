import type { Passage } from '../answering/citation.js'
import { sentencesOf } from '../answering/sentences.js'
import { DEFAULT_LIMITS } from '../provider/answer-limits.js'
import type { AskModel } from './ask-model.js'
import type { CopilotConversation, SaidMessage } from './load-conversation.js'

/** Messages that a model is told, beside the first. */
const MOST_MESSAGES = 30
const LONGEST_MESSAGE = 500
/** Less is summed up by reading it. */
const FEWEST_MESSAGES = 3

const WISH = 'What was asked, what was answered, and what is still open?'
const ASKED: Record<SaidMessage['from'], string> = {
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
  const [first, ...rest] = said
  const told = [...(first ? [first] : []), ...rest.slice(-MOST_MESSAGES)]
  const written = await ask({
    ...{ task: 'summary', turn: WISH, passages: told.map(asPassage), history: [], limits: DEFAULT_LIMITS },
    persona: { ...persona, tone: 'brief' },
  })
  return written.kind === 'reply' ? written.text : null
}

/** Who has said it stands with each sentence, since a summary says so as well. */
function asPassage({ seq, from, text }: SaidMessage): Passage {
  const sentences = sentencesOf(text.slice(0, LONGEST_MESSAGE)).map((sentence) => {
    const does = from === 'visitor' ? (/[?？]$/.test(sentence) ? 'asked' : 'wrote') : 'answered'
    return `${ASKED[from]} ${does}: ${sentence}`
  })
  return { docId: String(seq), chunkId: String(seq), title: ASKED[from], url: null, text: sentences.join('\n') }
}
