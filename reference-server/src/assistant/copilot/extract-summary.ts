import type { ConversationVisitor, CopilotSource, CopilotSummary } from '@chatdesk/protocol'
import { asksSomething } from './last-question.js'
import type { CopilotConversation, SaidMessage } from './load-conversation.js'

/** Of anything that was said, in characters. */
const LONGEST = 280
const MOST_ANSWERS = 3
const MOST_OPEN = 3
const LONGEST_FACT = 200

/** What of a visitor's facts is told. */
export type FactsOfVisitor = Pick<ConversationVisitor, 'traits' | 'form' | 'questions'>

/** The summary in the conversation's own words (B10): nothing in it was not said. */
export function extractSummary(
  { messages, status, handedOver }: CopilotConversation,
  visitor: FactsOfVisitor,
  sources: CopilotSource[],
): CopilotSummary {
  const questions = messages.filter(asksSomething)
  const answers = messages.filter(isAnswer)
  const answeredUntil = answers.at(-1)?.seq ?? 0
  const [first] = questions
  const last = questions.length > 1 ? questions.at(-1) : undefined
  return {
    ...{ words: null, status, messages: messages.length, handedOver, sources },
    firstQuestion: first ? excerpt(first.text) : null,
    lastQuestion: last ? excerpt(last.text) : null,
    answers: answers.slice(-MOST_ANSWERS).map(({ from, name, text }) => ({
      by: from === 'agent' ? 'agent' : 'assistant',
      ...{ name, text: excerpt(text) },
    })),
    open: questions
      .filter(({ seq }) => seq > answeredUntil)
      .slice(-MOST_OPEN)
      .map(({ text }) => excerpt(text)),
    facts: factsOf(visitor),
  }
}

/** Whether it answers: a person of the team has said it, or it rests on something. A greeting or a notice does not. */
function isAnswer({ from, text, sources }: SaidMessage): boolean {
  return text !== '' && (from === 'agent' || (from === 'assistant' && sources.length > 0))
}

/** What the visitor has given of themselves, or their page for them. */
function factsOf({ traits, form, questions }: FactsOfVisitor): CopilotSummary['facts'] {
  const given: [label: string, value: unknown][] = [
    ['Name', traits?.name],
    ['E-mail', traits?.email],
    ['Phone', traits?.phone],
    ...Object.entries(form?.answers ?? {}).map(([id, value]): [string, unknown] => [questions[id] ?? id, value]),
    ...Object.entries(traits?.custom ?? {}),
  ]
  return given.flatMap(([label, value]) => {
    if (value === undefined || value === '') return []
    const words = typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)
    return [{ label, value: excerpt(words, LONGEST_FACT) }]
  })
}

/** The beginning of a text on one line; no character is cut in two. */
function excerpt(text: string, longest = LONGEST): string {
  const line = [...text.replace(/\s+/g, ' ').trim()]
  return line.length <= longest
    ? line.join('')
    : `${line
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
}
