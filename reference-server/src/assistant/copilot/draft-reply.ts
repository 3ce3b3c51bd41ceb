import type { CopilotDraft, CopilotSource } from '@chatdesk/protocol'
import { LIMITS } from '@chatdesk/protocol'
import { answerFrom } from '../answering/answer-from.js'
import { isInstructionLike } from '../answering/instruction-like.js'
import { sentencesOf } from '../answering/sentences.js'
import { withoutSmallTalk } from '../classification/small-talk.js'
import type { MeaningSearch } from '../embeddings/meaning-search.js'
import { detectLanguage } from '../language/detect-language.js'
import { WORD_FOR_WORD } from '../policies/answer-rules.js'
import { findAttack, findRefusal } from '../policies/refusals.js'
import { DEFAULT_LIMITS } from '../provider/answer-limits.js'
import type { Hit, Retriever } from '../retrieval-js/retriever.js'
import { lookUp } from '../turns/look-up.js'
import type { Answer } from '../turns/turn-words.js'
import type { Source } from '../writing/answer-writer.js'
import type { AskModel } from './ask-model.js'
import { findLastQuestion, type LastQuestion } from './last-question.js'
import type { CopilotConversation } from './load-conversation.js'

/** Entries that are offered to choose from. */
const MOST_SUGGESTIONS = 3
/** Earlier messages that a model may be told. */
const MOST_HISTORY = 40

const NOTHING: CopilotDraft = {
  ...{ band: null, question: null, text: null, writtenBy: null, sources: [], suggestions: [] },
}

/** What a draft is made with. `ask` null: the knowledge base's own words. */
export interface DraftInput {
  conversation: CopilotConversation
  retriever: Retriever
  /** Null: passages are found by their words alone. */
  meaning: MeaningSearch | null
  ask: AskModel | null
}

/** Drafts a reply to what was asked last (B9). Writes nothing. */
export async function draftReply({ conversation, retriever, meaning, ask }: DraftInput): Promise<CopilotDraft> {
  const question = findLastQuestion(conversation.messages)
  if (question === null) return NOTHING
  const { settings } = conversation
  const text = withoutSmallTalk(question.text)
  const { hits, confidence, found } = await lookUp(retriever, {
    ...{ text, language: detectLanguage(text), settings, meaning },
  })
  const draft: CopilotDraft = { ...NOTHING, band: confidence.band, question: question.text }
  if (confidence.band === 'low') return draft
  const known = confidence.band === 'high' ? found : null
  const isExact = confidence.worded >= WORD_FOR_WORD
  const reply = known && (await wordsFor({ conversation, question: { ...question, text }, hits, known, isExact, ask }))
  if (!reply) return { ...draft, band: 'middle', suggestions: suggestionsFrom(text, hits) }
  return {
    ...draft,
    ...{ text: reply.text.slice(0, LIMITS.textLength), writtenBy: reply.by, sources: sourcesOf(reply.sources, hits) },
  }
}

/** A reply, and whose words it is. */
interface Reply {
  text: string
  by: 'knowledge' | 'model'
  sources: readonly Source[]
}

/** Null: what was written of it does not hold, which speaks against what was found, unless that is on this very question (B6). */
async function wordsFor({
  conversation,
  question,
  hits,
  known,
  isExact,
  ask,
}: Omit<DraftInput, 'retriever' | 'meaning'> & {
  question: LastQuestion
  hits: readonly Hit[]
  known: Answer
  isExact: boolean
}): Promise<Reply | null> {
  const own: Reply = { text: known.text, by: 'knowledge', sources: known.sources }
  // Threat 70: a promise is said as it is written. What is tried on a model is not shown to one.
  if (ask === null || findRefusal(question.text) !== null || findAttack(question.text) !== null) return own
  const written = await ask({
    ...{ turn: question.text, passages: hits, limits: DEFAULT_LIMITS },
    history: question.before.slice(-MOST_HISTORY).map(({ from, text }) => ({ from, text })),
    persona: { ...conversation.persona, tone: 'friendly' },
  })
  if (written.kind === 'reply') return { text: written.text, by: 'model', sources: written.sources }
  // Half an answer is less than the whole one that is there.
  return written.kind === 'suggestions' && !written.refused && !isExact ? null : own
}

function sourcesOf(sources: readonly Source[], hits: readonly Hit[]): CopilotSource[] {
  return sources.map(({ docId, title }) => ({
    ...{ id: docId, question: title },
    url: hits.find((hit) => hit.docId === docId)?.url ?? null,
  }))
}

function suggestionsFrom(question: string, hits: readonly Hit[]): CopilotDraft['suggestions'] {
  return hits
    .map((hit) => ({ id: hit.docId, question: hit.title, url: hit.url, answer: wordsOf(question, hit) }))
    .filter(({ answer }) => answer !== '')
    .slice(0, MOST_SUGGESTIONS)
}

/** What a passage says to the question, or else all of it but what speaks to a machine. */
function wordsOf(question: string, hit: Hit): string {
  const found = answerFrom(question, hit)
  if (found.kind === 'answer') return found.text
  return sentencesOf(hit.text)
    .filter((sentence) => !isInstructionLike(sentence))
    .join(' ')
    .slice(0, LIMITS.textLength)
}
