import type { MessagePart } from '@chatdesk/protocol'
import type { Classification } from '../classification/classify.js'
import type { Band } from '../confidence/confidence.js'
import type { Contact } from '../contact/find-contact.js'
import type { MeaningSearch } from '../embeddings/meaning-search.js'
import type { TurnOutcome } from '../floor/floor.js'
import { WORD_FOR_WORD } from '../policies/answer-rules.js'
import { decide } from '../policies/decide.js'
import type { Action, Decision, PolicyContext } from '../policies/decision.js'
import type { Hit, Retriever } from '../retrieval-js/retriever.js'
import type { Written } from '../writing/answer-writer.js'
import type { LoadedTurn } from './load-turn.js'
import { lookUp } from './look-up.js'
import type { Phrases } from './phrases.js'
import { contextOf } from './policy-context.js'
import { readTurn } from './read-turn.js'
import { type Answer, addressOf, messagesOf, type Said, saysAnswer } from './turn-words.js'

/** What a turn has come to: written only if the floor is still the assistant's. */
export interface TakenTurn {
  decision: Decision
  outcome: TurnOutcome
  band: Band | null
  /** What is said, a message each; none: what the hand-off says is enough. */
  messages: MessagePart[][]
  /** The answer itself, for the loop's sake. */
  answer: string | null
  /** Entries that the answer rests on, the first first; an account is none. */
  sources: string[]
  confidence: number | null
  /** What was asked and is not known. */
  gap: string | null
  /** A way to be reached that was left, whatever else was said. */
  contact: (Contact & { asLead: boolean }) | null
  /** What it is about, for whoever takes over. */
  topic: string
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
  /** Null: passages are found by their words alone. */
  meaning: MeaningSearch | null
  teamOnline: boolean
  writer: TurnWriter | null
}

/** Decides what is said to a visitor: by the rules, with what the search finds. Writes nothing. Null: the floor has gone meanwhile. */
export async function takeTurn(input: TurnInput): Promise<TakenTurn | null> {
  const { turn, retriever, meaning, teamOnline, writer } = input
  const read = readTurn(turn)
  const { text, question, classification, contact, topic } = read
  const context = { ...contextOf(turn, { text, classification, teamOnline }), contact: read.contactLeft }
  const first = decide(context)
  const told = { classification, phrases: read.phrases, contact }
  const asLead = turn.promised === 'lead'
  const kept = { classification, phrases: read.phrases, topic, contact: contact && { ...contact, asLead } }
  if (first.action.kind !== 'look_up')
    return {
      ...kept,
      ...sayOf(first, { ...told, hits: [], answer: null }, teamOnline),
      ...{ confidence: null, band: null, gap: null },
    }
  const {
    hits,
    confidence: sure,
    found,
  } = await lookUp(retriever, {
    ...{ text: question, language: classification.language, settings: turn.settings, meaning },
  })
  const ask: Ask = (provider, nextAnswer) => decide({ ...context, provider, confidence: sure, nextAnswer })
  const known = sure.band === 'high' ? found : null
  const chosen = await chooseAnswer(ask, { known, isExact: sure.worded >= WORD_FOR_WORD }, writer, {
    question,
    hits,
  })
  if (chosen === null) return null
  const { decision, answer, doubted } = chosen
  return {
    ...kept,
    ...sayOf(decision, { ...told, hits, answer }, teamOnline),
    confidence: sure.probability,
    band: doubted ? 'middle' : sure.band,
    gap: decision.rule === 'C1' && sure.band === 'low' ? question : null,
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

/** What is said without a provider; `isExact`: it is on this very question. */
interface Known {
  known: Answer | null
  isExact: boolean
}

/** The rules decide whether a provider is asked, and again with what it has written. */
async function chooseAnswer(
  ask: Ask,
  { known, isExact }: Known,
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
      // Whoever would not write says nothing against what was found; who has written otherwise does, but not against its own question.
      if (known !== null && (isExact || written.refused)) return without('declined')
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

/** What is said of a decision, and what becomes of the floor. */
export function sayOf(
  decision: Decision,
  said: Said,
  teamOnline: boolean,
): Pick<TakenTurn, 'decision' | 'outcome' | 'messages' | 'answer' | 'sources'> {
  const { action } = decision
  const given = saysAnswer(action, said) ? said.answer : null
  const messages = messagesOf(action, said)
  return {
    decision,
    outcome: outcomeOf(action, teamOnline),
    messages: said.contact && action.kind !== 'contact' ? confirmed(messages, said) : messages,
    answer: given?.text ?? null,
    sources: given?.sources.flatMap(({ docId, of }) => (of === undefined ? [docId] : [])) ?? [],
  }
}

/** What was left besides is confirmed before anything else is said. */
function confirmed([first = [], ...others]: MessagePart[][], { phrases, contact }: Said): MessagePart[][] {
  return [[{ type: 'text', text: phrases.contact.noted(addressOf(contact)) }, ...first], ...others]
}

function outcomeOf(action: Action, teamOnline: boolean): TurnOutcome {
  const isTeams =
    action.kind === 'hand_off' || action.kind === 'safety' || (action.kind === 'contact' && action.promised === 'team')
  return isTeams ? { kind: 'hand_off', teamOnline } : { kind: 'reply' }
}
