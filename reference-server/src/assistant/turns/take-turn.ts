import type { MessagePart } from '@chatdesk/protocol'
import { answerFrom } from '../answering/answer-from.js'
import type { Passage } from '../answering/citation.js'
import { suggestFrom } from '../answering/extract-answer.js'
import { type Classification, classify } from '../classification/classify.js'
import { intentsOf, isSmallTalk } from '../classification/intents.js'
import { type Band, type Confidence, confidenceOf } from '../confidence/confidence.js'
import type { TurnOutcome } from '../floor/floor.js'
import { decide } from '../policies/decide.js'
import type { Action, Decision, PolicyContext } from '../policies/decision.js'
import type { Hit, Retriever } from '../retrieval-js/retriever.js'
import type { LoadedTurn } from './load-turn.js'
import { type Phrases, phrasesIn } from './phrases.js'

/** Documents that are looked at. */
const MOST_HITS = 5
/** Of a choice, in characters. */
const LONGEST_CHOICE = 200

/** What a turn has come to: written only if the floor is still the assistant's. */
export interface TakenTurn {
  decision: Decision
  outcome: TurnOutcome
  band: Band | null
  /** What is said; empty: what the hand-off says is enough. */
  parts: MessagePart[]
  /** The answer itself, for the loop's sake. */
  answer: string | null
  /** Entries that the answer rests on, the first first. */
  sources: string[]
  confidence: number | null
  /** What was asked and is not known. */
  gap: string | null
  classification: Classification
  phrases: Phrases
}

/** Decides what is said to a visitor: by the rules, with what the search finds. Writes nothing. */
export async function takeTurn(input: {
  turn: LoadedTurn
  retriever: Retriever
  teamOnline: boolean
}): Promise<TakenTurn> {
  const { turn, retriever, teamOnline } = input
  const { settings } = turn
  const text = turn.texts.join('\n')
  const classification = classify({ text, earlier: turn.earlier })
  const phrases = phrasesIn(classification.language)
  const own = classification.sentiment === 'unknown' ? [] : [classification.sentiment.score]
  const context: PolicyContext = {
    ...{ settings, text, classification, pressed: null, teamOnline, loop: turn.loop },
    ...{ humanRequests: turn.humanRequests, moods: [...turn.moods, ...own], openTickets: turn.openTickets },
    ...{ nextAnswer: null, confidence: null, handedBack: false, leadKnown: turn.leadKnown, provider: 'none' },
  }
  const first = decide(context)
  const told = { classification, phrases }
  if (first.action.kind !== 'look_up')
    return {
      ...told,
      ...sayOf(first, { phrases, classification, hits: [], found: null, teamOnline }),
      confidence: null,
      band: null,
    }
  // A greeting before a question is no part of it.
  const question = turn.texts.filter((one) => !isSmallTalk(intentsOf(one))).join('\n') || text
  const { hits, features } = await retriever.search({ query: question, lang: classification.language, k: MOST_HITS })
  const confidence: Confidence = confidenceOf(features, settings)
  const found = hits[0] ? answerFrom(question, hits[0]) : null
  const answer = found?.kind === 'answer' ? found.text : null
  // A passage of which no sentence is about the question answers nothing, however well it was found.
  const sure: Confidence =
    answer === null && confidence.band === 'high' ? { ...confidence, band: 'middle' } : confidence
  const decision = decide({ ...context, confidence: sure, nextAnswer: sure.band === 'high' ? answer : null })
  return {
    ...told,
    ...sayOf(decision, { phrases, classification, hits, found: answer, teamOnline }),
    confidence: sure.probability,
    band: sure.band,
    gap: decision.rule === 'C1' && sure.band === 'low' ? question : null,
  }
}

interface Said {
  phrases: Phrases
  classification: Classification
  hits: readonly Hit[]
  /** The answer that was found. */
  found: string | null
  teamOnline: boolean
}

function sayOf(
  decision: Decision,
  said: Said,
): Pick<TakenTurn, 'decision' | 'outcome' | 'parts' | 'answer' | 'sources' | 'gap'> {
  const { action } = decision
  const answers = answersOf(action, said)
  return {
    ...{ decision, gap: null },
    outcome: outcomeOf(action, said.teamOnline),
    parts: partsOf(action, said),
    answer: answers ? said.found : null,
    sources: answers && said.hits[0] ? [said.hits[0].docId] : [],
  }
}

function outcomeOf(action: Action, teamOnline: boolean): TurnOutcome {
  if (action.kind === 'hand_off' || action.kind === 'safety') return { kind: 'hand_off', teamOnline }
  return { kind: action.kind === 'lead_form' ? 'lead_form' : 'reply' }
}

function answersOf(action: Action, { found }: Said): boolean {
  return found !== null && (action.kind === 'answer' || (action.kind === 'lead_form' && action.first === 'answer'))
}

function partsOf(action: Action, said: Said): MessagePart[] {
  const { phrases, classification } = said
  const text = (words: string): MessagePart => ({ type: 'text', text: words })
  const offer = (words: string): MessagePart => ({
    type: 'choices',
    text: words,
    choices: [{ id: 'person', text: phrases.talkToPerson }],
  })
  switch (action.kind) {
    case 'hand_off':
    case 'look_up':
      return []
    case 'safety':
      return [text(phrases.safety)]
    case 'refuse':
      return [offer(phrases.refused[action.refusal])]
    case 'payment_status':
      return [offer(phrases.payment)]
    case 'not_known':
      return [action.offer === 'person' ? offer(phrases.notKnown.person) : text(phrases.notKnown.form)]
    case 'lead_form':
      return [
        ...(action.first === 'answer'
          ? answerParts(said)
          : action.first === 'suggestions'
            ? suggestionParts(said)
            : []),
        text(phrases.lead),
      ]
    case 'answer':
      if (said.found !== null) return answerParts(said)
      return [text(classification.intents.some(({ id }) => id === 'thanks') ? phrases.thanks : phrases.greeting)]
    case 'suggest':
      return suggestionParts(said)
  }
}

/** The document's own words, and which document it is. */
function answerParts({ phrases, found, hits }: Said): MessagePart[] {
  const source = hits[0]
  if (found === null || !source) return []
  return [{ type: 'text', text: `${plain(found)}\n\n_${plain(phrases.source(source.title))}_` }]
}

/** Titles to choose from: pressing one asks for it. A passage is never shown as an answer here. */
function suggestionParts({ phrases, hits }: Said): MessagePart[] {
  const reply = suggestFrom(hits satisfies readonly Passage[])
  const articles = reply.kind === 'suggestions' ? reply.articles : []
  return [
    {
      type: 'choices',
      text: phrases.suggestions,
      choices: [
        ...articles.map(({ title }, index) => ({ id: `article-${index + 1}`, text: title.slice(0, LONGEST_CHOICE) })),
        { id: 'person', text: phrases.talkToPerson },
      ],
    },
  ]
}

/** X5: what stands in a document is said as it stands, and no sign of it is taken for a mark. */
function plain(text: string): string {
  return text.replace(/[\\`*_~[\]>#]/g, '\\$&')
}
