import { type Kysely, sql } from 'kysely'
import type { Database, MailKind, Tables } from '../database/index.js'
import type { Mail } from '../platform/mailer.js'
import type { Sealer } from '../platform/sealed.js'
import { KEPT_MS } from './mail-pace.js'

/** A mail that is to be sent. */
export interface MailJob {
  organizationId: string
  kind: MailKind
  /** Without its id, which is the job's. */
  mail: Omit<Mail, 'id'>
  /** Whose it is, and goes with. */
  memberId?: string
  /** Of which it tells, and with which it goes. */
  conversationId?: string
  /** The newest event that it tells of: once that was read, nobody needs the mail. */
  seq?: number
  /** After so many milliseconds nobody needs it any more; three days by default. */
  keptMs?: number
}

/** A job that this process has taken: nobody else sends it until the lease ends. */
export interface TakenJob {
  organization_id: string
  id: string
  kind: MailKind
  content: string
  /** With the one that begins now. */
  attempts: number
  give_up_at: Date
  /** What it tells of still holds. */
  is_wanted: boolean
}

/** What the jobs are kept with. */
export interface MailJobsContext {
  database: Database
  sealer: Sealer
  /** Whether the server has a secret to seal with. */
  seals: boolean
  clock: () => Date
  generateId: () => string
}

/**
 * How long a node may take for a mail before another one tries, in milliseconds: above all time-outs of an attempt together.
 */
const LEASE_MS = 120_000

const placeOf = (organizationId: string, id: string) => ({ organizationId, field: `mail_jobs.content/${id}` })

/** Writes a job in the transaction of what causes it; answers with its id. */
export async function addJob(context: MailJobsContext, transaction: Kysely<Tables>, job: MailJob): Promise<string> {
  const { organizationId, kind, mail, memberId = null, conversationId = null, seq = null, keptMs = KEPT_MS } = job
  const now = context.clock()
  const id = context.generateId()
  const plain = JSON.stringify(mail)
  await transaction
    .insertInto('mail_jobs')
    .values({
      ...{ organization_id: organizationId, id, kind, member_id: memberId, conversation_id: conversationId, seq },
      content: context.seals ? context.sealer.seal(plain, placeOf(organizationId, id)) : plain,
      ...{ created_at: now, due_at: now, give_up_at: new Date(now.getTime() + keptMs) },
    })
    .execute()
  return id
}

/** What a job says. Throws `UNAVAILABLE` when this server was not given the secret that sealed it. */
export function readJob({ sealer }: Pick<MailJobsContext, 'sealer'>, job: TakenJob): Mail {
  const { organization_id: organizationId, id, content } = job
  const plain = content.startsWith('{') ? content : sealer.open(content, placeOf(organizationId, id))
  return { ...(JSON.parse(plain) as Omit<Mail, 'id'>), id }
}

/**
 * Takes what is due: at most so many, of each organization no more than its share and none of the `full` ones. `only`: that job
 * alone, if nobody has it.
 */
export async function takeJobs(
  { database, clock }: MailJobsContext,
  of: { most: number; share: number; full: readonly string[] } | { only: { organizationId: string; id: string } },
): Promise<TakenJob[]> {
  const now = clock()
  const due =
    'only' in of
      ? sql`select j.organization_id, j.id from mail_jobs j
          where j.organization_id = ${of.only.organizationId}::uuid and j.id = ${of.only.id}::uuid
            and j.due_at <= ${now}::timestamptz for update of j skip locked`
      : sql`select j.organization_id, j.id from mail_jobs j join (
            select organization_id, id, due_at, row_number() over (partition by organization_id order by due_at, id) as place
            from mail_jobs where due_at <= ${now}::timestamptz and organization_id <> all (${[...of.full]}::uuid[])
          ) s using (organization_id, id)
          where s.place <= ${of.share}::int and j.due_at <= ${now}::timestamptz
          order by s.due_at limit ${of.most}::int for update of j skip locked`
  const query = 'only' in of ? database.of(of.only.organizationId) : database.system
  const { rows } = await sql<TakenJob>`
    with due as (${due})
    update mail_jobs j set due_at = ${new Date(now.getTime() + LEASE_MS)}::timestamptz, attempts = j.attempts + 1
    from due left join mail_jobs old on old.organization_id = due.organization_id and old.id = due.id
      left join conversations k on k.organization_id = old.organization_id and k.id = old.conversation_id
    where j.organization_id = due.organization_id and j.id = due.id
    returning j.organization_id, j.id, j.kind, j.content, j.attempts, j.give_up_at,
      coalesce(case j.kind
        when 'missed' then k.status = 'waiting' and k.waiting_since is not null
        when 'urgent' then k.status <> 'resolved' and k.waiting_since <= j.created_at
        when 'reply' then k.visitor_read_seq < j.seq and k.last_message_author ->> 'kind' <> 'visitor'
        else true end, false) as is_wanted`.execute(query)
  return rows
}

/** It is done, whatever became of it. */
export async function removeJob({ database }: MailJobsContext, job: TakenJob): Promise<void> {
  await database
    .of(job.organization_id)
    .deleteFrom('mail_jobs')
    .where('organization_id', '=', job.organization_id)
    .where('id', '=', job.id)
    .execute()
}

/** It is tried again then; not if another node has taken it since. */
export async function postponeJob({ database }: MailJobsContext, job: TakenJob, dueAt: Date): Promise<void> {
  await database
    .of(job.organization_id)
    .updateTable('mail_jobs')
    .set({ due_at: dueAt })
    .where('organization_id', '=', job.organization_id)
    .where('id', '=', job.id)
    .where('attempts', '=', job.attempts)
    .execute()
}
