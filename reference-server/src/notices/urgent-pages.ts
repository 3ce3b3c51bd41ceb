import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import { isAnswering } from '../organizations/index.js'
import { loadServing } from '../queue/index.js'
import { isFree } from './is-free.js'
import { nameOfVisitor } from './name-of-visitor.js'
import { noticeMail } from './notice-mail.js'
import type { NoticesContext } from './notices-context.js'

/** Pages of one look; the others come with the next. */
const BATCH = 100

/** Which hand-off: `ownerVersion` as it stands behind it. */
interface Which {
  organizationId: string
  conversationId: string
  ownerVersion: number
}

/**
 * Writes whom a hand-off calls (B17), in its transaction, and once. No more than that: nothing that tells them may undo a
 * hand-off.
 */
export async function notePage(
  transaction: Kysely<Tables>,
  { organizationId, conversationId, ownerVersion, departmentId }: Which & { departmentId: string | null },
  at: Date,
): Promise<void> {
  const memberIds = await loadServing(transaction, { organizationId, departmentId, now: at })
  await sql`
    insert into urgent_pages (organization_id, conversation_id, owner_version, member_ids, paged_at, due_at)
    select ${organizationId}::uuid, ${conversationId}::uuid, ${ownerVersion}::int, array(
      select m.id from members m
      left join member_notifications n on n.organization_id = m.organization_id and n.member_id = m.id
      where m.organization_id = ${organizationId}::uuid and m.id = any (${memberIds}::uuid[])
        and n.settings ->> 'urgent' is distinct from 'false' order by m.id), ${at}::timestamptz, ${at}::timestamptz
    on conflict do nothing`.execute(transaction)
}

/** Promises the pushes and mails of pages that nobody has been told of, from whichever node, once. Rejects never. */
export async function tellPages(context: NoticesContext): Promise<void> {
  const { database, logger } = context
  try {
    const { rows } = await sql<Which>`
      select organization_id as "organizationId", conversation_id as "conversationId", owner_version as "ownerVersion"
      from urgent_pages where due_at is not null order by due_at limit ${BATCH}::int`.execute(database.system)
    for (const page of rows)
      await tellPage(context, page).catch((error) =>
        logger.warn({ err: error, conversationId: page.conversationId }, 'the team could not be called'),
      )
  } catch (error) {
    logger.warn({ err: error }, 'whom to call could not be read')
  }
}

async function tellPage(context: NoticesContext, which: Which): Promise<void> {
  const { organizationId, conversationId, ownerVersion } = which
  await context.database.transaction(organizationId, async (transaction) => {
    const { rows: marked } = await sql<{ memberIds: string[]; pagedAt: Date }>`
      update urgent_pages set due_at = null
      where organization_id = ${organizationId}::uuid and conversation_id = ${conversationId}::uuid
        and owner_version = ${ownerVersion}::int and due_at is not null
      returning member_ids as "memberIds", paged_at as "pagedAt"`.execute(transaction)
    const [page] = marked
    if (!page) return
    // Somebody may have answered by now, or be none of the team any more.
    const { rows } = await sql<{ id: string; email: string; role: Parameters<typeof isAnswering>[0] }>`
      select m.id, m.email, m.role from members m
      join conversations k on k.organization_id = m.organization_id and k.id = ${conversationId}::uuid
      where m.organization_id = ${organizationId}::uuid and m.id = any (${page.memberIds}::uuid[])
        and k.status <> 'resolved' and k.waiting_since <= ${page.pagedAt}::timestamptz
      order by m.id`.execute(transaction)
    const called = rows.filter(({ role }) => isAnswering(role))
    if (called.length === 0) return
    await push(context, transaction, { ...which, memberIds: called.map(({ id }) => id) })
    await mail(context, transaction, { ...which, called })
  })
}

/** To those who have it so; it takes the place of what was to be pushed of the conversation before. */
async function push(
  { clock }: NoticesContext,
  transaction: Kysely<Tables>,
  { organizationId, conversationId, memberIds }: Which & { memberIds: readonly string[] },
): Promise<void> {
  const now = clock()
  await sql`
    insert into push_jobs (organization_id, subscription_id, conversation_id, seq, reason, created_at, due_at)
    select p.organization_id, p.id, k.id, k.head_seq, 'urgent', ${now}::timestamptz, ${now}::timestamptz
    from conversations k
    join push_subscriptions p on p.organization_id = k.organization_id and p.member_id = any (${[...memberIds]}::uuid[])
    join member_notifications n on n.organization_id = p.organization_id and n.member_id = p.member_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
      and n.settings ->> 'push' = 'true'
    on conflict (organization_id, subscription_id, conversation_id) do update
      set seq = greatest(push_jobs.seq, excluded.seq), reason = excluded.reason, attempts = 0,
        created_at = excluded.created_at, due_at = excluded.due_at`.execute(transaction)
}

async function mail(
  { mails, publicUrl, pagesPerMember }: NoticesContext,
  transaction: Kysely<Tables>,
  { organizationId, conversationId, called }: Which & { called: readonly { id: string; email: string }[] },
): Promise<void> {
  if (!mails || !publicUrl) return
  const name = await nameOfVisitor(transaction, { organizationId, conversationId })
  for (const { id: memberId, email: to } of called) {
    if (!(await isFree(pagesPerMember, memberId))) continue
    await mails.add(transaction, {
      ...{ organizationId, memberId, conversationId, kind: 'urgent' },
      mail: noticeMail(publicUrl, {
        ...{ to, conversationId, subject: `Urgent: ${name} needs somebody at once` },
        text: 'The assistant has handed the conversation over at once, because of what was said in it, and nobody has answered yet.',
      }),
    })
  }
}
