import type { ConversationSummary, WebhookPayload } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { loadSummaries } from '../conversations/index.js'
import type { Database } from '../database/index.js'
import { type EventRow, eventOf } from '../messages/index.js'

/** What was noted of what happened. */
export interface Happening {
  type: WebhookPayload['type']
  conversationId: string | null
  /** Of the event in the log that it was. */
  seq: number | null
  /** Of a rating. */
  detail: { score: number; comment: string | null } | null
  at: Date
}

/** The body that tells of it (Z2); undefined: what it was about is gone. */
export async function loadBody(
  database: Database,
  organizationId: string,
  happening: Happening,
): Promise<string | undefined> {
  const { type, conversationId, at } = happening
  if (conversationId === null) return encode({ type: 'ping', timestamp: at.toISOString(), data: {} })
  const [summary] = await loadSummaries(database, organizationId, [conversationId])
  const { rows } = await sql<{ widget_id: string; event: EventRow | null }>`
    select k.widget_id, case when e.id is not null then json_build_object('id', e.id, 'conversationId', e.conversation_id,
      'seq', e.seq, 'type', e.type, 'clientMessageId', e.client_message_id, 'body', e.body, 'createdAt', e.created_at) end as event
    from conversations k left join events e on e.organization_id = k.organization_id and e.conversation_id = k.id
      and e.seq = ${happening.seq}::int
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(
    database.of(organizationId),
  )
  const [row] = rows
  if (!row || !summary) return undefined
  const data = { conversation: conversationOf(summary, row.widget_id), ...factsOf(happening, row.event) }
  return encode({ type, timestamp: at.toISOString(), data } as WebhookPayload)
}

function conversationOf({ id, visitor, pageUrl, createdAt }: ConversationSummary, widgetId: string) {
  return { id, widgetId, visitor, pageUrl, createdAt }
}

function factsOf({ detail }: Happening, row: EventRow | null): object {
  if (detail) return { rating: detail }
  const event = row && eventOf(row)
  if (!event) return {}
  return event.type === 'message.created' ? { message: event } : { change: event }
}

const encode = (payload: WebhookPayload) => JSON.stringify(payload)
