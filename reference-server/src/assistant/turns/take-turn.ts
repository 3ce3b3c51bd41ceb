import type { MessagePart } from '@chatdesk/protocol'
import { type Classification, classify } from '../classification/classify.js'
import { intentsOf, isSmallTalk } from '../classification/intents.js'
import type { Band } from '../confidence/confidence.js'
import type { TurnOutcome } from '../floor/floor.js'
import { decide } from '../policies/decide.js'
import type { Action, Decision, PolicyContext } from '../policies/decision.js'
import type { Hit, Retriever } from '../retrieval-js/retriever.js'
import type { Written } from '../writing/answer-writer.js'
import type { LoadedTurn } from './load-turn.js'
import { lookUp } from './look-up.js'
import { type Phrases, phrasesIn } from './phrases.js'
import { type Answer, partsOf, type Said, saysAnswer } from './turn-words.js'

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

/** Whoever puts answers in words, for one turn. */
export interface TurnWriter {
  readonly state: 'ready' | 'breaker_open'
  write(asked: { question: string; hits: readonly Hit[] }): Promise<Written>
}

/** What a turn is taken with. `writer` null: what the knowledge base says is said in its own words. */
export interface TurnInput {
  turn: LoadedTurn
  retriever: Retriever
  teamOnline: boolean
  writer: TurnWriter | null
}

/** Decides what is said to a visitor: by the rules, with what the search finds. Writes nothing. Null: the floor has gone meanwhile. */
export async function takeTurn(input: TurnInput): Promise<TakenTurn | null> {
  const { turn, retriever, teamOnline, writer } = input
  const { settings } = turn
  // A greeting before a question is no part of it, nor are thanks behind it.
  const asked = turn.texts.filter((one) => !isSmallTalk(intentsOf(one)))
  const text = (asked.length > 0 ? asked : turn.texts).join('\n')
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
      ...sayOf(first, { ...told, hits: [], answer: null }, teamOnline),
      ...{ confidence: null, band: null, gap: null },
    }
  const {
    hits,
    confidence: sure,
    found,
  } = await lookUp(retriever, {
    ...{ text, language: classification.language, settings },
  })
  const ask: Ask = (provider, nextAnswer) => decide({ ...context, provider, confidence: sure, nextAnswer })
  const known = sure.band === 'high' ? found : null
  const chosen = await chooseAnswer(ask, known, writer, { question: text, hits })
  if (chosen === null) return null
  const { decision, answer, doubted } = chosen
  return {
    ...told,
    ...sayOf(decision, { ...told, hits, answer }, teamOnline),
    confidence: sure.probability,
    band: doubted ? 'middle' : sure.band,
    gap: decision.rule === 'C1' && sure.band === 'low' ? text : null,
  }
}

/** The rules' decision for a state of the provider and the answer that would be given. */
type Ask = (provider: PolicyContext['provider'], nextAnswer: string | null) => Decision

/** `doubted`: what was found looked sure, and what was written of it did not hold. */
interface Chosen {
  decision: Decision
  answer: Answer | null
  doubted: boolean
}

/** The rules decide whether a provider is asked, and again with what it has written. `known`: what is said without one. */
async function chooseAnswer(
  ask: Ask,
  known: Answer | null,
  writer: TurnWriter | null,
  asked: { question: string; hits: readonly Hit[] },
): Promise<Chosen | null> {
  const without = (provider: PolicyContext['provider']) => ({
    decision: ask(provider, known?.text ?? null),
    ...{ answer: known, doubted: false },
  })
  if (writer === null) return without('none')
  const { state } = writer
  // What it would say is not known yet, and so not whether it was said before.
  const first = ask(state, null)
  if (first.action.kind !== 'answer' || !first.action.generate) return without(state)
  const written = await writer.write(asked)
  switch (written.kind) {
    case 'abandoned':
      return null
    case 'nothing':
      return without(written.because)
    case 'suggestions': {
      const decision: Decision = {
        ...first,
        ...{ rule: 'A2', action: { kind: 'suggest' }, reason: 'what was written is not borne out' },
      }
      return { decision, answer: null, doubted: true }
    }
    case 'reply':
    case 'unfinished': {
      const { text, sources, kind } = written
      return { decision: ask('ready', text), answer: { text, sources, isCut: kind === 'unfinished' }, doubted: false }
    }
  }
}

function sayOf(
  decision: Decision,
  said: Said,
  teamOnline: boolean,
): Pick<TakenTurn, 'decision' | 'outcome' | 'parts' | 'answer' | 'sources'> {
  const { action } = decision
  const given = saysAnswer(action, said) ? said.answer : null
  return {
    decision,
    outcome: outcomeOf(action, teamOnline),
    parts: partsOf(action, said),
    answer: given?.text ?? null,
    sources: given?.sources.map(({ docId }) => docId) ?? [],
  }
}

function outcomeOf(action: Action, teamOnline: boolean): TurnOutcome {
  if (action.kind === 'hand_off' || action.kind === 'safety') return { kind: 'hand_off', teamOnline }
  return { kind: action.kind === 'lead_form' ? 'lead_form' : 'reply' }
}
