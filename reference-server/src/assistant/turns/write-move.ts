import { type MessagePart, textOf } from '@chatdesk/protocol'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'
import { noteGap } from '../../knowledge/index.js'
import type { HeldConversation, HeldEntry } from '../../messages/index.js'
import { notePage } from '../../notices/index.js'
import { findReopening } from '../../widgets/index.js'
import { findContact } from '../contact/find-contact.js'
import { keepContact } from '../contact/keep-contact.js'
import type { FloorEffect } from '../floor/floor.js'
import { detectLanguage } from '../language/detect-language.js'
import { redact } from '../redaction/redact.js'
import { promiseOf } from './episode.js'
import { makeTicket, positionOf, raisePriority, ticketOf } from './hand-off.js'
import { noteSources } from './note-sources.js'
import { oweTicket } from './owed-tickets.js'
import { phrasesIn, reopeningIn } from './phrases.js'
import type { TakenTurn } from './take-turn.js'
import { addressOf } from './turn-words.js'
import { UNHELPFUL } from './unhelpful.js'

/** What one move of the floor is written with. */
export interface MoveWork {
  generateId: () => string
  transaction: Transaction<Tables>
  held: HeldConversation
  at: Date
  taken: TakenTurn | null
  text: string
}

/** What is to stand in the log after a move of the floor. */
export async function entriesOf(work: MoveWork, effects: readonly FloorEffect[]): Promise<HeldEntry[]> {
  const entries: HeldEntry[] = []
  for (const effect of effects) entries.push(...(await entriesFor(work, effect)))
  return entries
}

async function entriesFor(work: MoveWork, effect: FloorEffect): Promise<HeldEntry[]> {
  const { transaction, held, at, taken } = work
  const phrases = taken?.phrases ?? phrasesIn('unknown')
  switch (effect.type) {
    case 'post_reply':
      return sayAll(held, `turn:${effect.turnId}`, taken?.messages ?? [])
    case 'post_offer':
      return sayAll(held, `${UNHELPFUL}:${effect.seqs.at(-1)}`, taken?.messages ?? [])
    case 'request_hand_off':
      await makeItsTicket(work)
      return handOver(work, 'hand_off', phrases.handOff(await positionOf(transaction, held, at)))
    case 'offer_form':
      await makeItsTicket(work)
      return handOver(work, 'offer_form', phrases.nobodyThere(await backAt(work)))
    case 'keep_for_team': {
      const ticket = ticketOf(work, work.generateId())
      await raisePriority(transaction, held, ticket.priority)
      await oweTicket(transaction, held, ticket, at)
      await callTeam(work)
      return handOver(work, 'kept', phrases.keptForTeam)
    }
    case 'leave_to_team':
      return waits(held, { queued: false })
    case 'post_notice': {
      const words = effect.notice === 'not_finished' ? phrases.notFinished : await keepForLater(work, effect.messageIds)
      return sayAll(held, `${effect.notice}:${effect.messageIds.at(-1)}`, [[{ type: 'text', text: words }]])
    }
    default:
      return []
  }
}

/** Said once under this name, whatever is begun anew. */
function sayAll(held: HeldConversation, name: string, messages: readonly MessagePart[][]): HeldEntry[] {
  return messages.map((parts, index) => ({
    ...{ type: 'message', kind: 'assistant', parts },
    // The author is the widget, in all its conversations: the name must be of this one.
    clientMessageId: `${index === 0 ? name : `${name}.${index + 1}`}:${held.conversationId}`,
  }))
}

async function makeItsTicket(work: MoveWork): Promise<void> {
  const { transaction, held, at, generateId } = work
  const ticket = ticketOf(work, generateId())
  await raisePriority(transaction, held, ticket.priority)
  await makeTicket(transaction, held, ticket, at)
  await callTeam(work)
}

/** E4 waits for nobody to look (B17). */
async function callTeam({ transaction, held, at, taken }: MoveWork): Promise<void> {
  if (taken?.decision.rule !== 'E4') return
  await notePage(transaction, { ...held, ownerVersion: held.ownerVersion + 1 }, at)
}

/** Words that the visitor is with the team from now on, behind what was decided to say. */
async function handOver(work: MoveWork, name: string, words: string): Promise<HeldEntry[]> {
  const { held, taken } = work
  // Whoever has left an address, as they were asked to, hears of that and is not asked for one again.
  const isPromiseKept = name === 'offer_form' && taken?.decision.action.kind === 'contact'
  const said = isPromiseKept ? taken.phrases.contact.team(addressOf(taken.contact), await backAt(work)) : words
  const before = isPromiseKept ? [] : (taken?.messages.flat() ?? [])
  const parts: MessagePart[] = [...before, { type: 'text', text: said }]
  return [...sayAll(held, `${name}:${held.ownerVersion}`, [parts]), ...waits(held, { queued: true })]
}

async function backAt({ transaction, held, at, taken }: MoveWork): Promise<string | null> {
  const reopening = await findReopening(transaction, held, at)
  return reopening && reopeningIn(taken?.classification.language ?? 'unknown', reopening, at)
}

/** What is written while nobody is there is kept; a way to be reached in it is understood, and told so. */
async function keepForLater(work: MoveWork, messageIds: readonly string[]): Promise<string> {
  const { transaction, held, at, generateId } = work
  const { organizationId, conversationId } = held
  const rows = await transaction
    .selectFrom('events')
    .select(sql<MessagePart[]>`body -> 'parts'`.as('parts'))
    .where('organization_id', '=', organizationId)
    .where('conversation_id', '=', conversationId)
    .where('id', 'in', messageIds)
    .orderBy('seq')
    .execute()
  const text = rows.map(({ parts }) => textOf(parts)).join('\n')
  const phrases = phrasesIn(detectLanguage(text))
  const contact = findContact(text, { asked: true })
  if (!contact) return phrases.keptForLater
  await keepContact(transaction, held, { ...contact, asLead: false }, { generateId, now: at })
  await transaction
    .insertInto('assistant_turns')
    .values({
      ...{ organization_id: organizationId, id: generateId(), conversation_id: conversationId, episode: held.episode },
      ...{ rule: 'L1', action: 'contact', reason: 'a way to be reached is left, while the team is waited for' },
      ...{ inputs: '{}', band: null, answer: null, seq: null, decided_at: at },
    })
    .execute()
  return phrases.contact.team(addressOf(contact), null)
}

function waits({ status }: HeldConversation, { queued }: { queued: boolean }): HeldEntry[] {
  return status === 'waiting' ? [] : [{ type: 'waits', queued }]
}

/** A decision that was carried out. */
export interface Done {
  id: string
  episode: number
  /** Of the first message that was said; null: none. */
  seq: number | null
  /** Messages that it is about, because they did not help. */
  rated: readonly number[]
}

/** Keeps what was decided and what was said rests on, if the turn was written at all. */
export async function noteTurn(
  { generateId, transaction, held, at, taken }: MoveWork,
  { id, episode, seq, rated }: Done,
): Promise<void> {
  if (!taken) return
  const { organizationId, conversationId, widgetId } = held
  const { decision, band, answer, sources, confidence, gap, contact, classification } = taken
  const { sentiment, language } = classification
  const ownMood = sentiment === 'unknown' ? null : sentiment.score
  await transaction
    .insertInto('assistant_turns')
    .values({
      ...{ organization_id: organizationId, id, conversation_id: conversationId, episode },
      ...{ rule: decision.rule, action: decision.action.kind, reason: decision.reason, band, answer, seq },
      inputs: JSON.stringify({ ...decision.inputs, ownMood, rated, asks: promiseOf(decision.action) }),
      decided_at: at,
    })
    .execute()
  if (seq !== null && sources.length > 0)
    await noteSources(transaction, { organizationId, conversationId, seq, sources, confidence: confidence ?? 0 })
  if (contact) await keepContact(transaction, held, contact, { generateId, now: at })
  if (gap !== null) {
    // What stands for personal data says as well what is missing, and stays longer than a conversation.
    const question = redact(gap).text
    const asked = { organizationId, widgetId, id: generateId(), question, language, at }
    await noteGap(transaction, asked)
  }
}
