import { ChatError } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { Change } from '../realtime/backend.js'
import type { Settled } from './group-commit.js'

/** A reader's word that it has seen everything up to `upToSeq`. */
export interface ReadMark {
  organizationId: string
  conversationId: string
  reader: 'visitor' | 'team'
  /** Visitors: the session that must own the conversation. Null: any conversation of the organization. */
  ownerSessionId: string | null
  upToSeq: number
}

type Answer = {
  index: number
  known: boolean
  moved: boolean
  behind: boolean
  head: number
  visitor: number
  team: number
}

/**
 * Moves the marks of a batch, forward only and never beyond the head (H2). Of several for one conversation the highest
 * of each side counts; the team's unread messages are counted anew from its mark.
 */
export async function moveReadMarks(
  database: Database,
  marks: readonly ReadMark[],
): Promise<{ outcomes: Settled<void>[]; changes: Change[] }> {
  const organizations = new Set(marks.map(({ organizationId }) => organizationId))
  const items = marks.map(({ organizationId, conversationId, reader, ownerSessionId, upToSeq }, index) => ({
    index,
    organization_id: organizationId,
    conversation_id: conversationId,
    session_id: ownerSessionId,
    visitor: reader === 'visitor' ? upToSeq : 0,
    team: reader === 'team' ? upToSeq : 0,
  }))
  const { rows } = await sql<Answer>`
    with item as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
        as t (index int, organization_id uuid, conversation_id uuid, session_id uuid, visitor bigint, team bigint)
    ), known as materialized (
      select item.*, k.head_seq, k.visitor_read_seq, k.team_read_seq from item
      join conversations k on k.organization_id = item.organization_id and k.id = item.conversation_id
        and (item.session_id is null or k.session_id = item.session_id)
    ), wanted as (
      select organization_id, conversation_id as id, max(visitor) as visitor, max(team) as team
      from known where visitor > visitor_read_seq and visitor_read_seq < head_seq
        or team > team_read_seq and team_read_seq < head_seq
      group by 1, 2
    ), held as materialized (
      select k.organization_id, k.id, k.team_read_seq as team_before,
        greatest(k.visitor_read_seq, least(w.visitor, k.head_seq))::int as visitor,
        greatest(k.team_read_seq, least(w.team, k.head_seq))::int as team
      from conversations k join wanted w on w.organization_id = k.organization_id and w.id = k.id
      order by k.id for update of k skip locked
    ), moved as (
      update conversations k set
        visitor_read_seq = h.visitor,
        team_read_seq = h.team,
        version = k.version + (h.team > h.team_before)::int,
        unread_count = case when h.team = h.team_before then k.unread_count else (
          select count(*) from events e where e.organization_id = k.organization_id and e.conversation_id = k.id
            and e.seq > h.team and e.type = 'message.created' and e.author_id = k.visitor_id) end
      from held h where k.organization_id = h.organization_id and k.id = h.id
      returning k.organization_id, k.id, k.head_seq, k.visitor_read_seq, k.team_read_seq
    )
    select item.index, known.index is not null as known, moved.id is not null as moved,
      wanted.id is not null and moved.id is null as behind,
      moved.head_seq as head, moved.visitor_read_seq as visitor, moved.team_read_seq as team
    from item
    left join known using (index)
    left join wanted on wanted.organization_id = known.organization_id and wanted.id = known.conversation_id
    left join moved on moved.organization_id = known.organization_id and moved.id = known.conversation_id`.execute(
    database.of(...organizations),
  )

  const outcomes: Settled<void>[] = marks.map(() => ({ status: 'busy' }))
  const changes = new Map<string, Change>()
  for (const { index, known, moved, behind, head, visitor, team } of rows) {
    const mark = marks[index]
    if (!mark) throw new Error('The database answered for a read mark that it was not given.')
    const { organizationId, conversationId } = mark
    if (!known) outcomes[index] = { status: 'refused', error: new ChatError('NOT_FOUND', 'No such conversation.') }
    else if (!behind) outcomes[index] = { status: 'done', result: undefined }
    if (moved)
      changes.set(`${organizationId} ${conversationId}`, {
        organizationId,
        conversationId,
        events: [],
        headSeq: head,
        reads: { visitor, team },
      })
  }
  return { outcomes, changes: [...changes.values()] }
}
