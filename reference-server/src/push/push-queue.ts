import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Logger } from '../platform/logger.js'
import type { Change } from '../realtime/backend.js'
import { type LoadMemberContent, loadVisitorContent, type PushContent } from './push-content.js'
import type { PushJob } from './push-job.js'
import { type PushOutcome, type PushTarget, sendPush } from './send-push.js'
import type { ServerKey } from './server-key.js'
import { openSubscription, type PushContext } from './subscriptions.js'

/** Jobs of one look; the others come with the next. */
const BATCH = 50
/** Of these, one organization has so many, and begins no further ones while so many are under way. */
const SHARE = 10
/** How long a node may take for a job before another one tries, in milliseconds. */
const LEASE_MS = 60_000
/** How long a connection that has broken still counts; who is there for longer has the message on a page. */
const LINGER_MS = 20_000
const LOOK_AGAIN_MS = 5_000
/** The first wait after a push service could not be reached; each further one is twice as long. */
const RETRY_MS = 15_000
const MOST_ATTEMPTS = 8
/** How long the end of a server waits for push services, in milliseconds: anybody's, and they may never answer. */
const LAST_MS = 1_000

/** What the queue needs beside the use cases. */
export interface PushQueueContext extends PushContext {
  logger: Logger
  serverKey: () => Promise<ServerKey>
  /** Who answers for what is pushed: an address of the server, or of its host's. */
  contact: string
  /** Whether anybody, or this person, is connected in a place, to any node. */
  isThere: (place: { organizationId: string; id: string }, personId?: string) => Promise<boolean>
  loadMemberContent: LoadMemberContent
}

/** For one attempt; `signal` gives it up. */
type AttemptContext = PushQueueContext & { signal: AbortSignal }

/** What is to be pushed, and is being pushed by this process. */
export interface PushQueue {
  /** Notes that the browsers of its visitor are to hear of a message of the team's. */
  note(change: Change): void
  /**
   * Begins to push what is due, each message once to each browser: whoever takes a job has it for a minute, on whatever node.
   * Rejects never, and waits for no push service: what could not be pushed is due again.
   */
  sendDue(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Gives up what no push service takes in time, which is due again; resolves when nothing is under way. */
  close(): Promise<void>
}

/** One queue for a process. */
export function createPushQueue(context: PushQueueContext): PushQueue {
  const { clock, logger } = context
  const closing = new AbortController()
  const underWay = new Set<Promise<void>>()
  /** Pushes under way, by organization: one whose push services hang keeps its own waiting, and nobody else's. */
  const counts = new Map<string, number>()
  const track = (work: Promise<void>, failure: string) => {
    const tracked = work.catch((error) => logger.warn({ err: error }, failure)).finally(() => underWay.delete(tracked))
    underWay.add(tracked)
  }
  const count = (organizationId: string, more: number) => {
    const left = (counts.get(organizationId) ?? 0) + more
    if (left > 0) counts.set(organizationId, left)
    else counts.delete(organizationId)
  }
  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay)
  }
  return {
    note: (change) => track(note(context, change), 'a push could not be noted'),
    async sendDue() {
      const now = clock()
      const full = [...counts].flatMap(([organizationId, pushes]) => (pushes < SHARE ? [] : organizationId))
      try {
        for (const due of await takeDue(context, now, full)) {
          count(due.organization_id, 1)
          const attempted = attempt({ ...context, signal: closing.signal }, due, now)
          track(
            attempted.finally(() => count(due.organization_id, -1)),
            'a push that is due could not be sent',
          )
        }
      } catch (error) {
        logger.warn({ err: error }, 'what is to be pushed could not be read')
      }
    },
    idle,
    async close() {
      const giveUp = setTimeout(() => closing.abort(), LAST_MS)
      await idle()
      clearTimeout(giveUp)
    },
  }
}

/** An answer, or how a payment stands (P6). */
function isForVisitor(event: Change['events'][number]): boolean {
  if (event.type !== 'message.created') return false
  return /^(agent|assistant)$/.test(event.author.kind) || event.parts.some(({ type }) => type === 'payment')
}

async function note({ database, clock }: PushQueueContext, change: Change): Promise<void> {
  const { organizationId, conversationId, events } = change
  const { seq } = events.filter(isForVisitor).at(-1) ?? {}
  if (seq === undefined) return
  const now = clock()
  await sql`
    insert into push_jobs (organization_id, subscription_id, conversation_id, seq, created_at, due_at)
    select p.organization_id, p.id, k.id, ${seq}::int, ${now}::timestamptz, ${now}::timestamptz
    from conversations k join push_subscriptions p on p.organization_id = k.organization_id and p.visitor_id = k.visitor_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
    on conflict (organization_id, subscription_id, conversation_id) do update
      set seq = excluded.seq, attempts = 0, created_at = excluded.created_at, due_at = excluded.due_at
      where push_jobs.seq < excluded.seq`.execute(database.of(organizationId))
}

/** Takes jobs of all organizations but the full ones, of each no more than its share. */
async function takeDue(
  { database }: PushQueueContext,
  now: Date,
  full: readonly string[],
): Promise<(PushJob & { is_members: boolean })[]> {
  const { rows } = await sql<PushJob & { is_members: boolean }>`
    with shares as (
      select organization_id, subscription_id, conversation_id, due_at,
        row_number() over (partition by organization_id order by due_at) as place
      from push_jobs where due_at <= ${now}::timestamptz and organization_id <> all (${full}::uuid[])
    ), due as (
      select j.organization_id, j.subscription_id, j.conversation_id from push_jobs j
      join shares s using (organization_id, subscription_id, conversation_id)
      where s.place <= ${SHARE} and j.due_at <= ${now}::timestamptz
      order by s.due_at limit ${BATCH}::int for update of j skip locked
    )
    update push_jobs j set due_at = ${new Date(now.getTime() + LEASE_MS)}::timestamptz from due
    where j.organization_id = due.organization_id and j.subscription_id = due.subscription_id
      and j.conversation_id = due.conversation_id
    returning j.organization_id, j.subscription_id, j.conversation_id, j.seq, j.reason, j.attempts, j.created_at,
      exists (select from push_subscriptions p where p.organization_id = j.organization_id and p.id = j.subscription_id
        and p.member_id is not null) as is_members`.execute(database.system)
  return rows
}

async function attempt(context: AttemptContext, due: PushJob & { is_members: boolean }, now: Date): Promise<void> {
  const content = await (due.is_members ? context.loadMemberContent(due) : loadVisitorContent(context, due))
  if (!content || content.isObsolete) return settle(context, due, null)
  if (content.place && (await context.isThere(content.place, content.personId))) {
    const hasLingered = now.getTime() - due.created_at.getTime() >= LINGER_MS
    return settle(context, due, hasLingered ? null : new Date(now.getTime() + LOOK_AGAIN_MS))
  }
  const outcome = await push(context, due, content)
  if (outcome === 'gone') return forget(context, due)
  const attempts = due.attempts + 1
  const again = outcome === 'later' && attempts < MOST_ATTEMPTS
  await settle(context, due, again ? new Date(now.getTime() + RETRY_MS * 2 ** due.attempts) : null, attempts)
}

async function push(context: AttemptContext, due: PushJob, content: PushContent): Promise<PushOutcome> {
  const { logger, sealer, serverKey, contact, allowPrivatePush, signal } = context
  // A push service keeps the newest of a topic alone for a browser that is off.
  const topic = createHash('sha256').update(due.conversation_id).digest('base64url').slice(0, 32)
  try {
    const target: PushTarget = openSubscription(sealer, due.organization_id, content)
    const identity = { ...(await serverKey()), subject: contact }
    return await sendPush(target, content.payload, { topic, identity, allowPrivate: allowPrivatePush, signal })
  } catch (error) {
    logger.warn({ err: error, conversationId: due.conversation_id }, 'a message could not be pushed')
    return 'later'
  }
}

/** Says when to look at a job again; null: it is done. A later message has made another one of it. */
async function settle(
  { database }: PushQueueContext,
  due: PushJob,
  dueAt: Date | null,
  attempts = due.attempts,
): Promise<void> {
  await sql`update push_jobs set due_at = ${dueAt}::timestamptz, attempts = ${attempts}::int
    where organization_id = ${due.organization_id}::uuid and subscription_id = ${due.subscription_id}::uuid
      and conversation_id = ${due.conversation_id}::uuid and seq = ${due.seq}::int
      and created_at = ${due.created_at}::timestamptz`.execute(database.of(due.organization_id))
}

async function forget({ database }: PushQueueContext, due: PushJob): Promise<void> {
  await database
    .of(due.organization_id)
    .deleteFrom('push_subscriptions')
    .where('organization_id', '=', due.organization_id)
    .where('id', '=', due.subscription_id)
    .execute()
}
