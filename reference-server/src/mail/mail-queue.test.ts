import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Logger } from '../platform/logger.js'
import { createSmtpMailer, type Mailer } from '../platform/mailer.js'
import { createSealer } from '../platform/sealed.js'
import { createMailSink, headersOf, type MailSink } from '../platform/testing/mail-sink.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import type { MailJob } from './mail-jobs.js'
import { createMailQueue, type MailQueueContext } from './mail-queue.js'

const FROM = 'ChatDesk <help@chat.example>'

describe.each(TEST_DATABASES)('the mail queue, on %s', (kind) => {
  let opened: TestDatabase
  let tenant: Tenant
  let sink: MailSink
  let now: number
  let log: string[]
  const sealer = createSealer([randomBytes(32).toString('base64')])

  beforeAll(async () => {
    opened = await createTestDatabase(kind)
  })
  afterAll(() => opened.drop())
  beforeEach(async () => {
    now = Date.parse('2026-01-01T00:00:00Z')
    log = []
    sink = await createMailSink()
    tenant = await createTenant(opened.database)
  })
  afterEach(async () => {
    await sink.close()
    await sql`delete from mail_jobs`.execute(opened.database.system)
  })

  const logger: Logger = {
    debug() {},
    info() {},
    warn: (fields, message) => log.push(`warn ${message} ${JSON.stringify(fields)}`),
    error: (fields, message) => log.push(`error ${message} ${JSON.stringify(fields)}`),
  }
  const queueOf = (more: Partial<MailQueueContext> = {}) =>
    createMailQueue({
      ...{ database: opened.database, sealer, seals: true, clock: () => new Date(now), generateId: randomUUID, logger },
      ...{ mailer: createSmtpMailer({ smtpUrl: sink.url, from: FROM }), random: () => 0.5 },
      isStopped: async () => false,
      ...more,
    })
  const job = (text: string, more: Partial<MailJob> = {}): MailJob => ({
    ...{ organizationId: tenant.organizationId, kind: 'transcript' },
    mail: { to: 'somebody@acme.test', subject: text, text: `${text}\n`, html: `<p>${text}</p>` },
    ...more,
  })
  const add = (queue: ReturnType<typeof queueOf>, one: MailJob) =>
    opened.database.transaction(one.organizationId, (transaction) => queue.add(transaction, one))
  const jobs = () =>
    opened.database.system.selectFrom('mail_jobs').select(['content', 'attempts', 'due_at']).orderBy('id').execute()
  const subjects = () => sink.mails.map((mail) => headersOf(mail).get('subject')).sort()
  /** As the sweep does it, of as many nodes as there are queues. */
  const pass = async (ms: number, ...queues: ReturnType<typeof queueOf>[]) => {
    const end = now + ms
    while (now < end) {
      now += 30_000
      await Promise.all(queues.map((queue) => queue.sendDue()))
      await Promise.all(queues.map((queue) => queue.idle()))
    }
  }

  it('[A2] loses no mail and sends none twice when no server takes any for an hour, from two nodes', async () => {
    const [queue, other] = [queueOf(), queueOf()]
    await sink.stop()
    const wanted = Array.from({ length: 12 }, (_, index) => `mail ${String(index).padStart(2, '0')}`)
    for (const text of wanted.slice(0, 6)) await add(queue, job(text))
    await pass(1_800_000, queue, other)
    for (const text of wanted.slice(6)) expect(await other.deliver(job(text))).toBe('later')
    await pass(1_800_000, queue, other)
    expect(sink.mails).toEqual([])
    expect(await jobs()).toHaveLength(12)

    await sink.start()
    sink.refuse(451)
    await pass(600_000, queue, other)
    expect(sink.mails).toEqual([])
    sink.accept()
    await pass(3_600_000, queue, other)
    expect(subjects()).toEqual(wanted)
    expect(new Set(sink.mails.map((mail) => headersOf(mail).get('message-id'))).size).toBe(12)
    expect(await jobs()).toEqual([])
  }, 60_000)

  it('promises with the transaction that causes it, or not at all', async () => {
    const queue = queueOf()
    const failing = opened.database.transaction(tenant.organizationId, async (transaction) => {
      await queue.add(transaction, job('never'))
      throw new Error('the cause was refused')
    })
    await expect(failing).rejects.toThrow('the cause was refused')
    await pass(60_000, queue)
    expect(sink.mails).toEqual([])
  })

  it('a repetition after a crash bears the same Message-ID, and only then is there one', async () => {
    const smtp = createSmtpMailer({ smtpUrl: sink.url, from: FROM })
    // The next server has it, and this process dies before it could write that down.
    const dying: Mailer = {
      async send(mail) {
        await smtp.send(mail)
        await new Promise(() => {})
      },
    }
    const [dead, alive] = [queueOf({ mailer: dying }), queueOf()]
    await add(alive, job('once or twice'))
    now += 1_000
    await dead.sendDue()
    await expect.poll(() => sink.mails.length).toBe(1)
    await pass(90_000, alive)
    expect(sink.mails).toHaveLength(1)
    await pass(60_000, alive)
    const ids = sink.mails.map((mail) => headersOf(mail).get('message-id'))
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).toMatch(/^<[\w-]{36}@chat\.example>$/)
    await pass(3_600_000, alive)
    expect(sink.mails).toHaveLength(2)
  })

  it('a refusal for good is one, and is logged without the address', async () => {
    const queue = queueOf()
    sink.refuse(550)
    expect(await queue.deliver(job('to nobody'))).toBe('refused')
    expect(await jobs()).toEqual([])
    expect(log).toEqual([expect.stringContaining('a mail was refused for good')])
    expect(log.join()).not.toContain('acme.test')
  })

  it('gives up after three days, or when nobody needs it any more, and says so', async () => {
    const queue = queueOf()
    await sink.stop()
    await add(queue, job('for an hour', { keptMs: 3_600_000 }))
    await pass(3_600_000, queue)
    expect(await jobs()).toEqual([])
    await add(queue, job('for three days'))
    now += 2 * 24 * 3_600_000
    await pass(60_000, queue)
    expect(await jobs()).toHaveLength(1)
    now += 24 * 3_600_000
    await pass(60_000, queue)
    expect(await jobs()).toEqual([])
    expect(log.filter((line) => line.startsWith('error a mail was given up'))).toHaveLength(2)
    await sink.start()
  })

  it('threat 40: what a job says is sealed; without a secret, what lets somebody in is tried once and written nowhere', async () => {
    await sink.stop()
    const invite = job('https://chat.example/console/invite#iv_secret', { kind: 'invite' })
    expect(await queueOf().deliver(invite)).toBe('later')
    expect(JSON.stringify(await jobs())).not.toMatch(/iv_secret|acme\.test/)
    await sql`delete from mail_jobs`.execute(opened.database.system)
    expect(await queueOf({ seals: false }).deliver(invite)).toBe('later')
    expect(await jobs()).toEqual([])
    expect(await queueOf({ seals: false }).deliver(job('plain'))).toBe('later')
    expect(await jobs()).toHaveLength(1)
    await sink.start()
  })

  it('an organization whose recipients are slow keeps its own mail waiting, and nobody else’s', async () => {
    const waiting: (() => void)[] = []
    const began: string[] = []
    const mailer: Mailer = {
      async send({ subject }) {
        began.push(subject)
        if (subject.startsWith('slow')) await new Promise<void>((resolve) => waiting.push(resolve))
      },
    }
    const queue = queueOf({ mailer })
    for (let n = 0; n < 8; n++) await add(queue, job(`slow ${n}`))
    const { organizationId } = await createTenant(opened.database)
    await add(queue, job('other', { organizationId }))
    await queue.sendDue()
    await queue.sendDue()
    await expect.poll(() => began.length).toBe(6)
    expect(began).toContain('other')
    while (waiting.length > 0 || began.length < 9) {
      for (const go of waiting.splice(0)) go()
      await queue.sendDue()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(began).toHaveLength(9)
  })
})
