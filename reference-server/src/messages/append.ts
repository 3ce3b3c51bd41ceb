import { ChatError, type ChatMessage, type LogEvent, type MessagePart } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { Change } from '../realtime/backend.js'
import type { Settled } from './group-commit.js'
import { type ChangeBody, changeOf, type MessageBody, messageOf } from './log-event.js'

/** A message on its way into the log. */
export interface MessageDraft {
  /** Id of the future event. */
  id: string
  organizationId: string
  conversationId: string
  /** Who writes, as the server knows it. */
  author: { kind: 'visitor' | 'agent'; id: string; name: string }
  /** Visitors: the session that must own the conversation (C1). Null: any conversation of the organization. */
  ownerSessionId: string | null
  clientMessageId: string
  parts: readonly MessagePart[]
  /** Members: how far the author had seen the log, if that matters (C19). */
  seenSeq?: number | undefined
}

/** Where a message stands in the log. */
export interface AppendedMessage {
  message: ChatMessage
  /** It was there before (Q3). */
  duplicate: boolean
}

/** A draft as the database function reads it, encoded once; see `0002-append` and `0029-overtaken`. */
export function encodeDraft(draft: MessageDraft): string {
  return JSON.stringify({
    o: draft.organizationId,
    c: draft.conversationId,
    a: draft.author.id,
    v: draft.author.kind === 'visitor',
    s: draft.ownerSessionId ?? undefined,
    m: draft.clientMessageId,
    e: draft.id,
    q: draft.seenSeq,
    b: { author: draft.author, parts: draft.parts },
  })
}

/** What is not simply new. */
type Other =
  | [index: number, outcome: 'duplicate', seq: number, id: string, createdAt: string, body: MessageBody]
  | [index: number, outcome: 'changed', seq: number, id: string, body: ChangeBody]
  | [index: number, outcome: 'ID_REUSED' | 'OVERTAKEN' | 'NOT_FOUND' | 'BUSY']

/** `places[n]` of the batch was appended at `seqs[n]`. */
interface Answers {
  places: number[] | null
  seqs: number[] | null
  others: Other[] | null
}

const ID_REUSED = 'This clientMessageId was used for another message.'
const OVERTAKEN = 'A colleague has answered meanwhile.'

/** A draft with its encoding. */
export interface EncodedDraft {
  draft: MessageDraft
  json: string
}

/** Appends a batch in one transaction: what became of each draft, and what to tell about the whole. */
export async function appendBatch(
  database: Pick<Database, 'system'>,
  batch: readonly EncodedDraft[],
  at: Date,
): Promise<{ outcomes: Settled<AppendedMessage>[]; changes: Change[] }> {
  const conversations = new Map(batch.map(({ draft }) => [keyOf(draft), draft]))
  const named = [...conversations.values()]
  const items = `[${batch.map(({ json }, index) => `{"i":${index},${json.slice(1)}`).join(',')}]`
  const { rows } = await sql<{ answers: Answers }>`
    select append_messages(${items}::jsonb, ${named.map(({ organizationId }) => organizationId)}::uuid[],
      ${named.map(({ conversationId }) => conversationId)}::uuid[],
      ${at}::timestamptz) as answers`.execute(database.system)

  const outcomes: Settled<AppendedMessage>[] = batch.map(() => ({ status: 'busy' }))
  const events = new Map<string, { organizationId: string; conversationId: string; events: LogEvent[] }>()
  const heads = new Map<string, number>()
  const createdAt = at.toISOString()
  const entryOf = (draft: MessageDraft) => {
    const { organizationId, conversationId } = draft
    const entry = events.get(keyOf(draft)) ?? { organizationId, conversationId, events: [] }
    events.set(keyOf(draft), entry)
    return entry
  }
  const told = (draft: MessageDraft, event: LogEvent) => void entryOf(draft).events.push(event)
  /** The answer of the commit that wrote it may have been lost, and with it everything that was to be told. */
  const hint = (draft: MessageDraft, seq: number) => {
    entryOf(draft)
    heads.set(keyOf(draft), Math.max(seq, heads.get(keyOf(draft)) ?? 0))
  }
  const draftAt = (index: number): MessageDraft => {
    const draft = batch[index]?.draft
    if (!draft) throw new Error('The database answered for a message that it was not given.')
    return draft
  }
  const { places, seqs, others } = rows[0]?.answers ?? {}
  for (const [n, index] of (places ?? []).entries()) {
    const draft = draftAt(index)
    const { id, conversationId, clientMessageId, author, parts } = draft
    const facts = { conversationId, seq: seqs?.[n] ?? 0, id, createdAt }
    const message = messageOf(facts, clientMessageId, { author, parts: [...parts] })
    outcomes[index] = { status: 'done', result: { message, duplicate: false } }
    told(draft, message)
  }
  for (const other of others ?? []) {
    const [index, outcome] = other
    const draft = draftAt(index)
    const { conversationId, clientMessageId } = draft
    if (outcome === 'duplicate') {
      const [, , seq, id, then, body] = other
      const facts = { conversationId, seq, id, createdAt: new Date(then).toISOString() }
      hint(draft, seq)
      outcomes[index] = {
        status: 'done',
        result: { message: messageOf(facts, clientMessageId, body), duplicate: true },
      }
    } else if (outcome === 'changed') {
      const [, , seq, id, body] = other
      told(draft, changeOf({ conversationId, seq, id, createdAt }, body))
    } else if (outcome === 'NOT_FOUND') {
      outcomes[index] = { status: 'refused', error: new ChatError('NOT_FOUND', 'No such conversation.') }
    } else if (outcome === 'OVERTAKEN') {
      outcomes[index] = { status: 'refused', error: new ChatError('OVERTAKEN', OVERTAKEN) }
    } else if (outcome === 'ID_REUSED') {
      outcomes[index] = {
        status: 'refused',
        error: new ChatError('ID_REUSED', ID_REUSED, { field: 'clientMessageId' }),
      }
    }
  }
  const changes = [...events].map(([key, entry]): Change => {
    const ascending = entry.events.sort((a, b) => a.seq - b.seq)
    return { ...entry, events: ascending, headSeq: ascending.at(-1)?.seq ?? heads.get(key) ?? 0 }
  })
  return { outcomes, changes }
}

/** A conversation is its organization's: nothing is kept under its id alone (threat 29). */
function keyOf({ organizationId, conversationId }: MessageDraft): string {
  return `${organizationId} ${conversationId}`
}
