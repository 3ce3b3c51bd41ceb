import { type MemberRole, type MessagePart, type NotificationSettings, textOf } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { visitorName } from '../conversations/index.js'
import type { Database } from '../database/index.js'
import { quietUntil } from '../follow-ups/index.js'
import { isAnswering, standingSignIn } from '../organizations/index.js'
import type { LoadMemberContent, PushReason } from '../push/index.js'

/** Longest text in a notification. */
const LENGTH = 160

interface Row {
  endpoint_hash: Buffer
  sealed_subscription: string
  member_id: string
  visitor_id: string
  visitor_name: string | null
  team_read_seq: number
  role: MemberRole
  is_unanswered: boolean
  settings: NotificationSettings
  parts: MessagePart[] | null
}

const SAID: Record<Exclude<PushReason, 'message' | 'new'>, string> = {
  assigned: 'The conversation was given to you.',
  mentioned: 'A note names you.',
  urgent: 'Urgent: needs somebody at once.',
}

/**
 * What is pushed to a member: nothing once the sign-in does not hold any more in which they asked for it, to somebody whose quiet
 * hours it is, or of a message that the team has read. Of notes no words are pushed. Whom a hand-off calls it reaches wherever they are,
 * in quiet hours too, as long as nobody has answered (B17).
 */
export function createMemberPushContent({
  database,
  clock,
}: {
  database: Database
  clock: () => Date
}): LoadMemberContent {
  return async (job) => {
    const { organization_id: organizationId, conversation_id: conversationId, reason, seq } = job
    const now = clock()
    const { beganAfter, usedAfter } = standingSignIn(now)
    const { rows } = await sql<Row>`
      select p.endpoint_hash, p.sealed_subscription, p.member_id, v.id as visitor_id,
        coalesce(v.name, s.traits ->> 'name') as visitor_name, k.team_read_seq, g.role,
        coalesce(k.status <> 'resolved' and k.waiting_since <= ${job.created_at}::timestamptz, false) as is_unanswered, n.settings, e.body -> 'parts' as parts
      from push_subscriptions p
      join member_sessions m on m.organization_id = p.organization_id and m.id = p.member_session_id
        and m.created_at > ${beganAfter}::timestamptz and m.last_seen_at > ${usedAfter}::timestamptz
      join members g on g.organization_id = p.organization_id and g.id = p.member_id
      join member_notifications n on n.organization_id = p.organization_id and n.member_id = p.member_id
      join conversations k on k.organization_id = p.organization_id and k.id = ${conversationId}::uuid
      join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
      join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id
      left join events e on e.organization_id = k.organization_id and e.conversation_id = k.id and e.seq = ${seq}::int
        and e.type = 'message.created'
      where p.organization_id = ${organizationId}::uuid and p.id = ${job.subscription_id}::uuid`.execute(
      database.of(organizationId),
    )
    const [row] = rows
    if (!row) return undefined
    const { settings, parts } = row
    // It reaches a page that lies open as well.
    const isCalled = settings.urgent && row.is_unanswered && isAnswering(row.role)
    const isOfMessage = reason === 'message' || reason === 'new'
    const isQuiet = settings.quietHours !== undefined && quietUntil(now, settings.quietHours) > now
    return {
      endpoint_hash: row.endpoint_hash,
      sealed_subscription: row.sealed_subscription,
      payload: {
        title: visitorName({ id: row.visitor_id, name: row.visitor_name }),
        body: isOfMessage ? textOf(parts ?? []).slice(0, LENGTH) : SAID[reason],
        tag: `chatdesk-console_${conversationId}`,
        conversationId,
      },
      isObsolete:
        !settings.push || (reason === 'urgent' ? !isCalled : isQuiet || (isOfMessage && row.team_read_seq >= seq)),
      ...(reason === 'urgent' ? {} : { place: { organizationId, id: organizationId } }),
      personId: row.member_id,
    }
  }
}
