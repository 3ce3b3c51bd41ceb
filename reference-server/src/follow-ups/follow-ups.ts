import type { FollowUp } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { MessageLog } from '../messages/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import type { Logger } from '../platform/logger.js'
import { quietUntil } from './quiet-hours.js'

/** Conversations of one sweep; the others come with the next. */
const BATCH = 200
/** How long one waits that could not be said: until then it takes nobody's place in a batch, in milliseconds. */
const RETRY_MS = 60_000

/** What the use cases of this folder need. */
export interface FollowUpsContext {
  database: Database
  messages: Pick<MessageLog, 'followUp'>
  clock: () => Date
  logger: Logger
}

interface Due {
  organization_id: string
  id: string
  follow_up_at: Date
  widget_id: string
  widget_name: string
  /** Null: switched off since the timer was set. */
  follow_up: FollowUp | null
}

/**
 * Says every follow-up that has fallen due, and puts off those that would disturb (N2, N4). Any number of nodes may do it
 * at the same time: what is due is looked at again where it is written. Rejects never: a timer that could not be read or ended stands, and the next sweep finds it.
 */
export async function sendDueFollowUps(context: FollowUpsContext): Promise<void> {
  try {
    await sendBatch(context)
  } catch (error) {
    context.logger.warn({ err: error }, 'not every due follow-up could be said')
  }
}

async function sendBatch({ database, messages, clock, logger }: FollowUpsContext): Promise<void> {
  const now = clock()
  const { rows } = await sql<Due>`
    select k.organization_id, k.id, k.follow_up_at, w.id as widget_id, w.name as widget_name, w.follow_up
    from conversations k join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
    where k.follow_up_at <= ${now}::timestamptz order by k.follow_up_at limit ${BATCH}::int`.execute(database.system)
  const quiet = new Map<string, Date>()
  const putOff: { due: Due; until: Date | null }[] = []
  for (const due of rows) {
    const { organization_id: organizationId, id: conversationId, follow_up_at: dueAt, follow_up: followUp } = due
    try {
      const widget = `${organizationId} ${due.widget_id}`
      const until = followUp?.quietHours ? (quiet.get(widget) ?? quietUntil(now, followUp.quietHours)) : now
      quiet.set(widget, until)
      if (!followUp || until > now) {
        putOff.push({ due, until: followUp && until })
        continue
      }
      const author = { kind: 'system' as const, id: due.widget_id, name: due.widget_name }
      const parts = [{ type: 'text' as const, text: followUp.text }]
      await messages.followUp({ organizationId, conversationId, dueAt, author, parts })
    } catch (error) {
      logger.warn({ err: error, conversationId }, 'a follow-up could not be said')
      putOff.push({ due, until: new Date(now.getTime() + RETRY_MS) })
    }
  }
  await moveTimers(database, putOff)
}

async function moveTimers(database: Database, moves: readonly { due: Due; until: Date | null }[]): Promise<void> {
  if (moves.length === 0) return
  const organizations = new Set(moves.map(({ due }) => due.organization_id))
  await sql`
    update conversations k set follow_up_at = m.until
    from unnest(
      ${moves.map(({ due }) => due.organization_id)}::uuid[], ${moves.map(({ due }) => due.id)}::uuid[],
      ${moves.map(({ due }) => due.follow_up_at)}::timestamptz[], ${moves.map(({ until }) => until)}::timestamptz[]
    ) as m (organization_id, id, due_at, until)
    where k.organization_id = m.organization_id and k.id = m.id and k.follow_up_at = m.due_at`.execute(
    database.of(...organizations),
  )
}

/** The visitor is there: neither message nor read mark, which the database notices by itself, but a sign (N3). */
export async function noteVisitorSign(database: Database, actor: VisitorActor, conversationId: string): Promise<void> {
  await sql`
    update conversations set follow_up_at = null, followed_up = false
    where organization_id = ${actor.organizationId}::uuid and id = ${conversationId}::uuid
      and session_id = ${actor.sessionId}::uuid and (follow_up_at is not null or followed_up)`.execute(
    database.of(actor.organizationId),
  )
}
