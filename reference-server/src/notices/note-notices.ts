import { type Kysely, sql } from 'kysely'
import { tellsOfPayment } from '../conversations/index.js'
import type { Tables } from '../database/index.js'
import type { Change } from '../realtime/index.js'
import { isFree } from './is-free.js'
import { nameOfVisitor } from './name-of-visitor.js'
import { noticeMail } from './notice-mail.js'
import type { NoticesContext } from './notices-context.js'
import { tellPages } from './urgent-pages.js'

/** Which conversation. */
interface Which {
  organizationId: string
  conversationId: string
}

/** Notes what members want to hear of, as it happens. */
export interface Notices {
  /** After a commit: a process that dies just then tells nobody. Rejects never. */
  note(change: Change): void
  /** In the transaction of the note that names them. */
  noteMentions(
    transaction: Kysely<Tables>,
    note: Which & { headSeq: number; author: { id: string; name: string }; text: string; mentions: readonly string[] },
  ): Promise<void>
  /** Promises pushes and mails to whom hand-offs have called, from whichever node (B17). Rejects never. */
  tellPages(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

export function createNotices(context: NoticesContext): Notices {
  const { logger } = context
  const underWay = new Set<Promise<void>>()
  return {
    note(change) {
      const work = noteChange(context, change)
        .catch((error) => logger.warn({ err: error }, 'members could not be told of a conversation'))
        .finally(() => underWay.delete(work))
      underWay.add(work)
    },
    noteMentions: (transaction, note) => noteMentions(context, transaction, note),
    tellPages: () => tellPages(context),
    async idle() {
      await Promise.all(underWay)
    },
  }
}

async function noteChange(context: NoticesContext, { organizationId, conversationId, events }: Change): Promise<void> {
  const query = context.database.of(organizationId)
  for (const event of events) {
    const which = { organizationId, conversationId, seq: event.seq }
    if (event.type === 'message.created') {
      if (event.author.kind === 'visitor') await pushMessage(context, query, { ...which, at: event.createdAt })
      if (event.parts.some(({ type }) => type === 'payment'))
        await pushMessage(context, query, { ...which, at: event.createdAt, ofPayment: true })
    }
    if (event.type === 'conversation.changed' && event.status === 'assigned' && event.agent?.id)
      if (event.author.kind !== 'visitor' && event.agent.id !== event.author.id)
        // Who takes a conversation for themselves knows of it, and a visitor who writes again (C5) gives it to nobody.
        await noteAssigned(context, { ...which, memberId: event.agent.id })
  }
}

/**
 * To whoever has the conversation; one that begins to wait for somebody, to all who want to hear of those. What becomes of a payment
 * in one that nobody has, too (P6).
 */
async function pushMessage(
  { clock }: NoticesContext,
  query: Kysely<Tables>,
  {
    organizationId,
    conversationId,
    seq,
    at,
    ofPayment = false,
  }: Which & { seq: number; at: string; ofPayment?: boolean },
): Promise<void> {
  const now = clock()
  const isPaymentNews = tellsOfPayment(sql`${at}::timestamptz`)
  await sql`
    insert into push_jobs (organization_id, subscription_id, conversation_id, seq, reason, created_at, due_at)
    select p.organization_id, p.id, k.id, ${seq}::int, case when k.agent_id is null then 'new' else 'message' end,
      ${now}::timestamptz, ${now}::timestamptz
    from conversations k
    join push_subscriptions p on p.organization_id = k.organization_id and p.member_id is not null
    join member_notifications n on n.organization_id = p.organization_id and n.member_id = p.member_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
      and n.settings ->> 'push' = 'true'
      and ${ofPayment ? isPaymentNews : sql`true`}
      and case when k.agent_id is null then n.settings ->> 'newConversation' = 'all'
          and (${ofPayment}::boolean or k.waiting_since = ${at}::timestamptz)
        else k.agent_id = p.member_id and n.settings ->> 'newMessage' = 'mine' end
    on conflict (organization_id, subscription_id, conversation_id) do update
      set seq = excluded.seq, reason = excluded.reason, attempts = 0, created_at = excluded.created_at, due_at = excluded.due_at
      where push_jobs.seq < excluded.seq`.execute(query)
}

/** A push for one member, which takes the place of what was to be pushed of the conversation before. */
async function pushTo(
  { clock }: NoticesContext,
  query: Kysely<Tables>,
  notice: Which & { seq: number; memberIds: readonly string[]; reason: 'assigned' | 'mentioned' },
): Promise<void> {
  const { organizationId, conversationId, seq, memberIds, reason } = notice
  const now = clock()
  const wanted =
    reason === 'assigned' ? sql`n.settings ->> 'newConversation' <> 'none'` : sql`n.settings ->> 'mention' = 'true'`
  await sql`
    insert into push_jobs (organization_id, subscription_id, conversation_id, seq, reason, created_at, due_at)
    select p.organization_id, p.id, ${conversationId}::uuid, ${seq}::int, ${reason}, ${now}::timestamptz, ${now}::timestamptz
    from push_subscriptions p
    join member_notifications n on n.organization_id = p.organization_id and n.member_id = p.member_id
    where p.organization_id = ${organizationId}::uuid and p.member_id = any (${[...memberIds]}::uuid[])
      and n.settings ->> 'push' = 'true' and ${wanted}
    on conflict (organization_id, subscription_id, conversation_id) do update
      set seq = greatest(push_jobs.seq, excluded.seq), reason = excluded.reason, attempts = 0,
        created_at = excluded.created_at, due_at = excluded.due_at`.execute(query)
}

async function noteAssigned(
  context: NoticesContext,
  { memberId, ...which }: Which & { seq: number; memberId: string },
): Promise<void> {
  await context.database.transaction(which.organizationId, async (transaction) => {
    await pushTo(context, transaction, { ...which, memberIds: [memberId], reason: 'assigned' })
    const name = await nameOfVisitor(transaction, which)
    await mailTo(context, transaction, {
      ...{ ...which, memberIds: [memberId], kind: 'assigned' },
      ...{ subject: `${name} is yours now`, text: `The conversation with ${name} was given to you.` },
    })
  })
}

async function noteMentions(
  context: NoticesContext,
  transaction: Kysely<Tables>,
  note: Parameters<Notices['noteMentions']>[1],
): Promise<void> {
  const { organizationId, conversationId, headSeq: seq, author, text } = note
  const memberIds = note.mentions.filter((id) => id !== author.id)
  if (memberIds.length === 0) return
  const which = { organizationId, conversationId, seq, memberIds }
  await pushTo(context, transaction, { ...which, reason: 'mentioned' })
  const name = await nameOfVisitor(transaction, which)
  await mailTo(context, transaction, {
    ...{ ...which, kind: 'mentioned' },
    ...{ subject: `${author.name} names you in a note`, text: `In the conversation with ${name}, for the team alone:` },
    quotes: [{ name: author.name, text }],
  })
}

async function mailTo(
  { mails, publicUrl, noticesPerMember }: NoticesContext,
  transaction: Kysely<Tables>,
  notice: Which & {
    memberIds: readonly string[]
    kind: 'assigned' | 'mentioned'
    subject: string
    text: string
    quotes?: readonly { name: string; text: string }[]
  },
): Promise<void> {
  if (!mails || !publicUrl) return
  const { organizationId, memberIds, kind, ...said } = notice
  const { conversationId } = notice
  const { rows } = await sql<{ id: string; email: string }>`
    select m.id, m.email from members m
    join member_notifications n on n.organization_id = m.organization_id and n.member_id = m.id
    where m.organization_id = ${organizationId}::uuid and m.id = any (${[...memberIds]}::uuid[])
      and n.settings #>> array['email', ${kind}::text] = 'true'`.execute(transaction)
  for (const { id: memberId, email } of rows) {
    const mail = noticeMail(publicUrl, { ...said, to: email })
    if (await isFree(noticesPerMember, memberId))
      await mails.add(transaction, { organizationId, memberId, conversationId, kind, mail })
  }
}
