import type { Kysely } from 'kysely'
import type { MailKind, Tables } from '../database/index.js'
import type { Logger } from '../platform/logger.js'
import { type Mail, type Mailer, mailFailure } from '../platform/mailer.js'
import {
  addJob,
  type MailJob,
  type MailJobsContext,
  postponeJob,
  readJob,
  removeJob,
  type TakenJob,
  takeJobs,
} from './mail-jobs.js'
import { type MailOutcome, outcomeOfFailure, waitAfter } from './mail-pace.js'

/** Mails under way at a time; of these, one organization has so many. */
const MOST = 10
const SHARE = 5

/** Whoever reads such a mail is let in. */
const LETS_IN: ReadonlySet<MailKind> = new Set<MailKind>(['invite', 'reset'])

/** What the queue needs. */
export interface MailQueueContext extends MailJobsContext {
  logger: Logger
  mailer: Mailer
  /** From 0 to 1. */
  random: () => number
  /** Whether whoever has this address has said that they want no more of what nobody asked for. */
  isStopped: (organizationId: string, address: string) => Promise<boolean>
}

/** Mails that this server has promised to send, and sends once it can. */
export interface MailQueue {
  /** Promises a mail, in the transaction of what causes it. */
  add(transaction: Kysely<Tables>, job: MailJob): Promise<void>
  /**
   * Promises a mail, tries it at once, and says what became of that: `later` is tried again without anybody asking. But a link
   * that lets somebody in is written nowhere in plain: on a server without a secret it has this one attempt.
   */
  deliver(job: MailJob): Promise<MailOutcome>
  /** Begins to send what is due; rejects never. Any number of nodes may do it at the same time. */
  sendDue(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

/**
 * One queue for a process. A job is deleted once the next server has said that it has the mail: where a process dies between
 * the two, or its database does, the mail is sent again, with the same `Message-ID`, by which whoever gets it twice can
 * tell. There is no third way: to delete first would lose it.
 */
export function createMailQueue(context: MailQueueContext): MailQueue {
  const { logger, mailer, clock, random, isStopped } = context
  const underWay = new Set<Promise<unknown>>()
  /** By organization: one whose recipients are slow keeps its own waiting. */
  const counts = new Map<string, number>()
  const track = async <T>(organizationId: string, work: Promise<T>): Promise<T> => {
    const count = (more: number) => counts.set(organizationId, (counts.get(organizationId) ?? 0) + more)
    count(1)
    underWay.add(work)
    try {
      return await work
    } finally {
      underWay.delete(work)
      count(-1)
      if (counts.get(organizationId) === 0) counts.delete(organizationId)
    }
  }

  async function send(
    { organizationId, kind, attempts }: { organizationId: string; kind: MailKind; attempts: number },
    read: () => Mail,
  ): Promise<MailOutcome> {
    try {
      const mail = read()
      // Nobody has asked for such a one at this moment, and whoever gets it may stop them all, also what is under way.
      if (kind === 'reply' && (await isStopped(organizationId, mail.to))) return 'refused'
      await mailer.send(mail)
      return 'sent'
    } catch (error) {
      const outcome = outcomeOfFailure(error)
      const facts = { ...mailFailure(error), kind, attempts }
      logger.warn(facts, outcome === 'refused' ? 'a mail was refused for good' : 'a mail could not be sent yet')
      return outcome
    }
  }
  async function attempt(job: TakenJob): Promise<MailOutcome> {
    // One whose time has passed leads nowhere any more.
    const isLate = clock() >= job.give_up_at
    const tried = async () =>
      isLate ? 'later' : send({ ...job, organizationId: job.organization_id }, () => readJob(context, job))
    const outcome = job.is_wanted ? await tried() : 'refused'
    const dueAt = new Date(clock().getTime() + waitAfter(job.attempts, random()))
    if (outcome === 'later' && dueAt < job.give_up_at) await postponeJob(context, job, dueAt)
    else {
      await removeJob(context, job)
      if (outcome === 'later')
        logger.error({ kind: job.kind, attempts: job.attempts }, 'a mail was given up: nobody took it in time')
    }
    return outcome
  }
  return {
    async add(transaction, job) {
      await addJob(context, transaction, job)
    },
    async deliver(job) {
      const { organizationId, kind, mail } = job
      if (LETS_IN.has(kind) && !context.seals)
        return track(
          organizationId,
          send({ organizationId, kind, attempts: 1 }, () => mail),
        )
      const id = await addJob(context, context.database.of(organizationId), job)
      const [taken] = await takeJobs(context, { only: { organizationId, id } })
      // A sweep was faster.
      return taken ? track(organizationId, attempt(taken)) : 'later'
    },
    async sendDue() {
      const most = MOST - underWay.size
      if (most <= 0) return
      const full = [...counts].flatMap(([organizationId, mails]) => (mails < SHARE ? [] : organizationId))
      try {
        for (const job of await takeJobs(context, { most, share: SHARE, full }))
          track(job.organization_id, attempt(job)).catch((error) =>
            logger.warn({ err: error, kind: job.kind }, 'what became of a mail could not be written down'),
          )
      } catch (error) {
        logger.warn({ err: error }, 'which mails are due could not be read')
      }
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}
