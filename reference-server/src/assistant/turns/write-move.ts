import type { MessagePart } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'
import { noteGap } from '../../knowledge/index.js'
import type { HeldConversation, HeldEntry } from '../../messages/index.js'
import { findReopening } from '../../widgets/index.js'
import type { Fence, FloorEffect, Notice } from '../floor/floor.js'
import { redact } from '../redaction/redact.js'
import { noteHandOff, positionOf } from './hand-off.js'
import { noteSources } from './note-sources.js'
import { type Phrases, phrasesIn, reopeningIn } from './phrases.js'
import type { TakenTurn } from './take-turn.js'

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
  const { generateId, transaction, held, at, taken, text } = work
  const phrases = taken?.phrases ?? phrasesIn('unknown')
  const say = (name: string, parts: MessagePart[]): HeldEntry[] =>
    // The author is the widget, in all its conversations: the name must be of this one.
    parts.length === 0
      ? []
      : [{ type: 'message', kind: 'assistant', clientMessageId: `${name}:${held.conversationId}`, parts }]
  const handOver = async (name: string, words: string): Promise<HeldEntry[]> => {
    await noteHandOff(transaction, held, { taken, text }, { id: generateId(), now: at })
    const said: MessagePart[] = [...(taken?.parts ?? []), { type: 'text', text: words }]
    return [...say(`${name}:${held.ownerVersion}`, said), ...waits(held, { queued: true })]
  }
  switch (effect.type) {
    case 'post_reply':
    case 'post_lead_form':
      return say(`turn:${effect.turnId}`, taken?.parts ?? [])
    case 'request_hand_off':
      return handOver('hand_off', phrases.handOff(await positionOf(transaction, held, at)))
    case 'offer_form':
      return handOver('offer_form', phrases.nobodyThere(await backAt(work)))
    case 'leave_to_team':
      return waits(held, { queued: false })
    case 'post_notice':
      return say(`${effect.notice}:${effect.messageIds.at(-1)}`, [
        { type: 'text', text: noticeIn(phrases, effect.notice) },
      ])
    default:
      return []
  }
}

async function backAt({ transaction, held, at, taken }: MoveWork): Promise<string | null> {
  const reopening = await findReopening(transaction, held, at)
  return reopening && reopeningIn(taken?.classification.language ?? 'unknown', reopening, at)
}

function waits({ status }: HeldConversation, { queued }: { queued: boolean }): HeldEntry[] {
  return status === 'waiting' ? [] : [{ type: 'waits', queued }]
}

function noticeIn(phrases: Phrases, notice: Notice): string {
  return notice === 'not_finished' ? phrases.notFinished : phrases.keptForLater
}

/** Keeps what was decided and what was said rests on, if the turn was written at all. */
export async function noteTurn(
  { generateId, transaction, held, at, taken }: MoveWork,
  fence: Fence,
  seq: number | null,
): Promise<void> {
  if (!taken) return
  const { organizationId, conversationId, widgetId } = held
  const { decision, band, answer, sources, confidence, gap, classification } = taken
  const { sentiment, language } = classification
  const ownMood = sentiment === 'unknown' ? null : sentiment.score
  await transaction
    .insertInto('assistant_turns')
    .values({
      ...{ organization_id: organizationId, id: fence.turnId, conversation_id: conversationId, episode: fence.episode },
      ...{ rule: decision.rule, action: decision.action.kind, reason: decision.reason, band, answer, seq },
      inputs: JSON.stringify({ ...decision.inputs, ownMood }),
      decided_at: at,
    })
    .execute()
  if (seq !== null && sources.length > 0)
    await noteSources(transaction, { organizationId, conversationId, seq, sources, confidence: confidence ?? 0 })
  if (gap !== null) {
    // What stands for personal data says as well what is missing, and stays longer than a conversation.
    const question = redact(gap).text
    const asked = { organizationId, widgetId, id: generateId(), question, language, at }
    await noteGap(transaction, asked)
  }
}
