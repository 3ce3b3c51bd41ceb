import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { Change, KnownLog } from '../realtime/backend.js'
import { eventsOf } from './history.js'
import { type EventRow, eventOf } from './log-event.js'

/** Events of one log; whoever lacks more reads them by itself. */
const EVENTS_A_LOG = 20

interface Row {
  organization_id: string
  id: string
  head: number
  visitor: number
  team: number
  events: EventRow[]
}

/** The logs that have grown, or whose marks have moved, beyond what is known of them: in one statement and so in one snapshot. */
export async function loadChanges(database: Database, known: readonly KnownLog[]): Promise<Change[]> {
  if (known.length === 0) return []
  const organizations = new Set(known.map(({ organizationId }) => organizationId))
  const events = eventsOf(sql<boolean>`e.seq > w.head`, 'oldest', sql<number>`${EVENTS_A_LOG}::int`)
  const { rows } = await sql<Row>`
    select k.organization_id, k.id, k.head_seq as head, k.visitor_read_seq as visitor, k.team_read_seq as team,
      ${events} as events
    from unnest(
      ${known.map(({ organizationId }) => organizationId)}::uuid[], ${known.map(({ conversationId }) => conversationId)}::uuid[],
      ${known.map(({ headSeq }) => headSeq)}::int[], ${known.map(({ reads }) => reads.visitor)}::int[],
      ${known.map(({ reads }) => reads.team)}::int[]
    ) as w (organization_id, id, head, visitor, team)
    join conversations k on k.organization_id = w.organization_id and k.id = w.id
    where k.head_seq > w.head or k.visitor_read_seq > w.visitor or k.team_read_seq > w.team`.execute(
    database.of(...organizations),
  )
  return rows.map((row) => ({
    organizationId: row.organization_id,
    conversationId: row.id,
    events: row.events.map(eventOf),
    headSeq: row.head,
    reads: { visitor: row.visitor, team: row.team },
  }))
}
