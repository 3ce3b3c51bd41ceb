import { type MemberPushPayload, type MessagePart, type PushPayload, textOf } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { PushJob } from './push-job.js'
import type { PushContext } from './subscriptions.js'

/** Longest text in a notification. */
const LENGTH = 160

/** What a job is about, as it stands now. */
export interface PushContent {
  endpoint_hash: Buffer
  sealed_subscription: string
  payload: PushPayload | MemberPushPayload
  /** They have read it, or want to hear nothing now. */
  isObsolete: boolean
  /** Who has it on a page if they are connected: the visitor of a place, or one member of it. Absent: it is pushed all the same. */
  place?: { organizationId: string; id: string }
  personId?: string
}

/** Says of a job for a member what is pushed; a feature of its own, since a push knows nothing of settings. */
export type LoadMemberContent = (job: PushJob) => Promise<PushContent | undefined>

interface Row {
  endpoint_hash: Buffer
  sealed_subscription: string
  label: string
  widget_key: string
  team: string
  with_words: boolean
  read_seq: number
  parts: MessagePart[]
}

/** Undefined: there is nothing to push any more, or the key no longer stands by which its visitor was proved (S13). */
export async function loadVisitorContent(
  { database, clock }: Pick<PushContext, 'database' | 'clock'>,
  job: PushJob,
): Promise<PushContent | undefined> {
  const { organization_id: organizationId, conversation_id: id } = job
  const { rows } = await sql<Row>`
    select p.endpoint_hash, p.sealed_subscription, p.label, w.key as widget_key, w.name as team,
      coalesce((w.settings ->> 'notificationWords')::boolean, false) as with_words,
      k.visitor_read_seq as read_seq, e.body -> 'parts' as parts
    from push_subscriptions p
    join conversations k on k.organization_id = p.organization_id and k.id = ${id}::uuid
    join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
    join events e on e.organization_id = k.organization_id and e.conversation_id = k.id and e.seq = ${job.seq}::int
    where p.organization_id = ${organizationId}::uuid and p.id = ${job.subscription_id}::uuid
      and (p.login_id is null or exists (
        select from visitor_sessions s
        join identity_keys i on i.organization_id = s.organization_id and i.id = s.identity_key_id
        where s.organization_id = p.organization_id and s.login_id = p.login_id
          and (i.expires_at is null or i.expires_at > ${clock()}::timestamptz)))`.execute(database.of(organizationId))
  const [row] = rows
  if (!row) return undefined
  const words = row.with_words ? textOf(row.parts).slice(0, LENGTH) : ''
  return {
    endpoint_hash: row.endpoint_hash,
    sealed_subscription: row.sealed_subscription,
    payload: { title: row.team, body: words || row.label, tag: `chatdesk_${row.widget_key}` },
    isObsolete: row.read_seq >= job.seq,
    place: { organizationId, id },
  }
}
