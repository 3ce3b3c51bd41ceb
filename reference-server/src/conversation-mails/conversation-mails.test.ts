import { randomBytes, randomUUID } from 'node:crypto'
import { DEFAULT_NOTIFICATIONS } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMailQueue } from '../mail/index.js'
import type { MemberActor, VisitorActor } from '../organizations/actor.js'
import { silentLogger } from '../platform/logger.js'
import { createSmtpMailer } from '../platform/mailer.js'
import { createRateLimit } from '../platform/rate-limit.js'
import { createSealer } from '../platform/sealed.js'
import { createMailSink, headersOf, type MailSink, partsOf } from '../platform/testing/mail-sink.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createMailStops } from './mail-stops.js'
import { mailMissedChats } from './missed-chats.js'
import { mailUnansweredReplies } from './unanswered-replies.js'

const MINUTE_MS = 60_000
const PUBLIC_URL = new URL('https://chat.example/support')

/** What somebody types who would like to write a mail of their own. */
const CORPUS = [
  '\r\nBcc: victim@acme.test',
  '\nBcc: victim@acme.test\n\nbody',
  '\r\n\r\n<script src=//evil.example></script>',
  '\r\n.\r\nMAIL FROM:<a@evil.example>\r\n',
  '\u2028Bcc: victim@acme.test\u2029',
  '\0Bcc: victim@acme.test',
  '"><img src=https://evil.example/x onerror=alert(1)>',
  '=?utf-8?q?=0D=0ABcc:_victim@acme.test?=',
  '<a href="https://evil.example">Your bank</a>',
  '--boundary\r\nContent-Type: text/html\r\n\r\n<b>x</b>',
]

describe.each(TEST_DATABASES)('mails about conversations, on %s', (kind) => {
  let opened: TestDatabase
  let sink: MailSink
  let tenant: Tenant
  let visitor: VisitorActor
  let agent: MemberActor
  let conversationId: string
  let isThere: boolean
  let contexts: { missed: Parameters<typeof mailMissedChats>[0]; replies: Parameters<typeof mailUnansweredReplies>[0] }
  let stops: ReturnType<typeof createMailStops>
  let email: string

  beforeAll(async () => {
    opened = await createTestDatabase(kind)
    sink = await createMailSink()
  })
  afterAll(async () => {
    await sink.close()
    await opened.drop()
  })
  beforeEach(async () => {
    isThere = false
    const { database } = opened
    tenant = await createTenant(database)
    visitor = await tenant.addVisitor()
    agent = await tenant.addMember()
    conversationId = await tenant.addConversation(visitor)
    email = `${randomUUID()}@visitors.test`
    const clock = () => tenant.now.value
    const secrets = [randomBytes(32).toString('base64')]
    stops = createMailStops({ database, clock, secrets })
    const mails = createMailQueue({
      ...{ database, sealer: createSealer(secrets), seals: true, clock, generateId: randomUUID, logger: silentLogger },
      ...{ mailer: createSmtpMailer({ smtpUrl: sink.url, from: 'Acme <help@chat.example>' }), random: Math.random },
      isStopped: stops.isStopped,
    })
    const common = { database, clock, logger: silentLogger, mails, publicUrl: PUBLIC_URL }
    const plenty = () => createRateLimit({ points: 100, seconds: 3_600 })
    contexts = {
      missed: { ...common, noticesPerMember: plenty() },
      replies: { ...common, stops, mailsPerAddress: plenty(), isThere: async () => isThere },
    }
  })
  afterEach(async () => {
    sink.mails.length = 0
    // Each test looks at every organization, and shall find its own.
    await sql`delete from conversations`.execute(opened.database.system)
  })

  const say = (author: VisitorActor | MemberActor, text: string) =>
    tenant.messages.append({
      organizationId: tenant.organizationId,
      conversationId,
      author:
        author.kind === 'visitor'
          ? { kind: 'visitor', id: author.visitorId, name: author.name }
          : { kind: 'agent', id: author.memberId, name: author.name },
      ownerSessionId: null,
      clientMessageId: tenant.clientId(),
      parts: [{ type: 'text', text }],
    })
  const pass = (ms: number) => {
    tenant.now.value = new Date(tenant.now.value.getTime() + ms)
  }
  /** As two nodes do it at the same time. */
  const look = async () => {
    const { missed, replies } = contexts
    const looks = [mailMissedChats, mailMissedChats].map((run) => run(missed))
    await Promise.all([...looks, mailUnansweredReplies(replies), mailUnansweredReplies(replies)])
    await missed.mails.sendDue()
    await missed.mails.idle()
    return sink.mails.splice(0)
  }
  const ask = (member: MemberActor, missed = true) =>
    opened.database.system
      .insertInto('member_notifications')
      .values({
        organization_id: tenant.organizationId,
        member_id: member.memberId,
        settings: JSON.stringify({ ...DEFAULT_NOTIFICATIONS, email: { ...DEFAULT_NOTIFICATIONS.email, missed } }),
      })
      .execute()
  const offer = async (address: string = email) => {
    const { system } = opened.database
    await sql`update widgets set mail_replies = true where organization_id = ${tenant.organizationId}::uuid`.execute(
      system,
    )
    await sql`update visitor_sessions set traits = ${JSON.stringify({ email: address })}::jsonb, origin = 'https://acme.test'
      where id = ${visitor.sessionId}::uuid`.execute(system)
  }

  it('[A3] a chat that nobody answers is mailed once in a wait, to members who asked for it', async () => {
    await ask(agent)
    await ask(await tenant.addMember(), false)
    await tenant.addMember()
    await say(visitor, 'Is anybody <here>?')
    pass(4 * MINUTE_MS)
    expect(await look()).toEqual([])
    pass(MINUTE_MS)
    const [mail, ...more] = await look()
    expect(more).toEqual([])
    expect(mail?.to).toEqual([`${agent.memberId}@acme.test`])
    const parts = partsOf(mail as never)
    expect(parts['text/plain']).toContain('Is anybody <here>?')
    expect(parts['text/plain']).toContain(`https://chat.example/support/console/#/conversations/${conversationId}`)
    expect(parts['text/html']).toContain('Is anybody &#60;here&#62;?')
    await say(visitor, 'Hello?')
    pass(30 * MINUTE_MS)
    expect(await look()).toEqual([])
    await say(agent, 'I am')
    await tenant.messages.move({
      ...{ organizationId: tenant.organizationId, conversationId, move: { to: 'queue' } },
      author: { kind: 'agent', id: agent.memberId, name: agent.name },
    })
    await say(visitor, 'And now?')
    // As after a time in which the server was down: it says how long they have waited, not how long they were to.
    pass(22 * MINUTE_MS)
    const late = await look()
    expect(late).toHaveLength(1)
    expect(partsOf(late[0] as never)['text/plain']).toContain('Nobody has answered for 22 minutes.')
  })

  it('[A3] what was answered or erased before a mail could be sent is mailed no more', async () => {
    await ask(agent)
    await say(visitor, 'Hello?')
    pass(5 * MINUTE_MS)
    await mailMissedChats(contexts.missed)
    await say(agent, 'Yes')
    expect(await look()).toEqual([])
    const jobs = () => opened.database.system.selectFrom('mail_jobs').select('id').execute()
    expect(await jobs()).toEqual([])
  })

  it('[A4] what a visitor who has left does not read is mailed once, until they read or write; mails of one conversation are one thread', async () => {
    await say(visitor, 'Hello?')
    await say(agent, 'Your code is\n4711')
    pass(10 * MINUTE_MS)
    // The widget does not mail.
    expect(await look()).toEqual([])
    await offer()
    isThere = true
    expect(await look()).toEqual([])
    isThere = false
    const [first, ...more] = await look()
    expect(more).toEqual([])
    expect(first?.to).toEqual([email])
    const headers = headersOf(first as never)
    expect(headers.get('subject')).toBe('New message from Acme')
    const parts = partsOf(first as never)
    expect(parts['text/plain']).toContain('  Your code is\r\n  4711')
    expect(parts['text/plain']).toContain('https://acme.test/prices')
    await say(agent, 'Are you there?')
    pass(10 * MINUTE_MS)
    expect(await look()).toEqual([])
    await say(visitor, 'I am')
    await say(agent, 'Good')
    pass(10 * MINUTE_MS)
    const [second] = await look()
    const again = headersOf(second as never)
    expect(again.get('message-id')).not.toBe(headers.get('message-id'))
    expect(again.get('references')).toBe(headers.get('references'))
    expect(again.get('in-reply-to')).toBe(`<conversation-${conversationId}@chat.example>`)
    expect(again.get('subject')).toBe(headers.get('subject'))
    expect(partsOf(second as never)['text/plain']).not.toContain('4711')
    await sql`update conversations set visitor_read_seq = head_seq where id = ${conversationId}::uuid`.execute(
      opened.database.system,
    )
    pass(10 * MINUTE_MS)
    expect(await look()).toEqual([])
  })

  it('[A4] an address that nobody proved gets three mails of a conversation, and none once it wants none', async () => {
    await offer()
    const silence = async () => {
      await say(visitor, 'Hello?')
      await say(agent, 'Yes?')
      pass(10 * MINUTE_MS)
      return look()
    }
    const sent = [await silence(), await silence(), await silence(), await silence()].map(({ length }) => length)
    expect(sent).toEqual([1, 1, 1, 0])
    conversationId = await tenant.addConversation(visitor)
    const [mail] = await silence()
    const unsubscribe = headersOf(mail as never).get('list-unsubscribe') ?? ''
    const link = new URL(unsubscribe.replace(/[<>\s]/g, ''))
    expect(link.href).toMatch(/^https:\/\/chat\.example\/support\/api\/mail\/stop\?/)
    expect(headersOf(mail as never).get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const signed = link.searchParams.get('to') ?? ''
    expect(signed).not.toContain('visitors.test')
    await say(visitor, 'Hello?')
    await say(agent, 'Yes?')
    pass(10 * MINUTE_MS)
    await mailUnansweredReplies(contexts.replies)
    // What is under way already stays here, too.
    await stops.stop(stops.read(signed))
    await stops.stop(stops.read(signed))
    expect(await look()).toEqual([])
    expect(await silence()).toEqual([])
    const [organizationId, hash, signature] = signed.split('.')
    const forged = [
      `${randomUUID()}.${hash}.${signature}`,
      `${organizationId}.AAAA.${signature}`,
      `${organizationId}.${hash}.`,
      '',
    ]
    for (const text of forged) expect(() => stops.read(text)).toThrow('This link is not good.')
  })

  it('threat 57: what visitors and members type writes no header, no markup and no link of a mail', async () => {
    const { system } = opened.database
    await ask(agent)
    for (const attack of CORPUS) {
      const typed = attack.replaceAll('\0', '')
      await offer()
      const named = JSON.stringify({ email, name: `Ann${typed}` })
      await sql`update visitor_sessions set traits = ${named}::jsonb, page_url = ${`https://evil.example/${typed}`}
        where id = ${visitor.sessionId}::uuid`.execute(system)
      await sql`update widgets set name = ${`Acme${typed}`} where organization_id = ${tenant.organizationId}::uuid`.execute(
        system,
      )
      await say(visitor, `Hello${typed}`)
      pass(5 * MINUTE_MS)
      const mails = await look()
      await say({ ...agent, name: `Agent${typed}` }, `Yes${typed}`)
      pass(10 * MINUTE_MS)
      mails.push(...(await look()))
      expect(mails.length).toBeGreaterThanOrEqual(1)
      for (const mail of mails) {
        expect(mail.from).toBe('help@chat.example')
        expect(mail.to).toHaveLength(1)
        expect([email, `${agent.memberId}@acme.test`]).toContain(mail.to[0])
        const names = [...headersOf(mail).keys()]
        expect(
          names.filter(
            (name) =>
              !/^(from|to|subject|message-id|in-reply-to|references|list-unsubscribe(-post)?|date|mime-version|content-type)$/.test(
                name,
              ),
          ),
        ).toEqual([])
        const parts = partsOf(mail)
        expect(Object.keys(parts)).toEqual(['text/plain', 'text/html'])
        const html = parts['text/html'] ?? ''
        expect(html).not.toMatch(/<(script|img|b)\b/i)
        for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https:\/\/chat\.example\//)
      }
      conversationId = await tenant.addConversation(visitor)
    }
    // An address that is none goes into no envelope.
    for (const attack of CORPUS) {
      await offer(`me@visitors.test${attack.replaceAll('\0', '')}`)
      await say(visitor, 'Hello')
      await say(agent, 'Yes')
      pass(10 * MINUTE_MS)
      for (const mail of await look()) expect(mail.to).toEqual([`${agent.memberId}@acme.test`])
    }
  }, 60_000)
})
