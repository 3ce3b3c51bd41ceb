import { randomUUID } from 'node:crypto'
import { type ConversationSync, type LogEvent, type SaidPart, textOf } from '@chatdesk/protocol'
import { sql, type Transaction } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Tables } from '../database/index.js'
import type { Actor, MemberActor, VisitorActor } from '../organizations/actor.js'
import { authorOf } from '../realtime/index.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { appendBatch, encodeDraft } from './append.js'

describe.each(TEST_DATABASES)('append on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  let visitor: VisitorActor
  let agent: MemberActor
  let conversationId: string

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
    visitor = await tenant.addVisitor()
    agent = await tenant.addMember()
    conversationId = await tenant.addConversation(visitor)
    tenant.changes.length = 0
  })

  const say = (actor: Actor, text: string, clientMessageId = tenant.clientId(), to = conversationId) =>
    tenant.backend.appendMessage(actor, { conversationId: to, clientMessageId, parts: [{ type: 'text', text }] })
  const sync = (): Promise<ConversationSync> => tenant.backend.syncConversation(agent, { conversationId })
  const kinds = (events: readonly LogEvent[]) =>
    events.map((event) => (event.type === 'message.created' ? textOf(event.parts) : `${event.status}`))

  it('[Q1] numbers the log 1, 2, 3… and tells every event once, in that order', async () => {
    const texts = ['one', 'two', 'three', 'four']
    await Promise.all(texts.map((text) => say(visitor, text)))
    const { events, headSeq } = await sync()
    expect(kinds(events)).toEqual(texts)
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(headSeq).toBe(4)
    expect(tenant.changes.flatMap((change) => change.events)).toEqual(events)
  })

  it('[Q3] answers a repeated send with the message that stands in the log', async () => {
    const first = await say(visitor, 'hello', 'client-id-1')
    tenant.now.value = new Date('2026-01-01T01:00:00.000Z')
    const told = tenant.changes.length
    expect(await say(visitor, 'hello', 'client-id-1')).toEqual(first)
    expect(tenant.changes.slice(told).flatMap((change) => change.events)).toEqual([])
    expect((await sync()).headSeq).toBe(1)
  })

  it('[Q3] appends once when the same send comes many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => say(visitor, 'hello', 'client-id-1')))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect((await sync()).headSeq).toBe(1)
  })

  it('[Q3] refuses an id that has other content, before and after the commit', async () => {
    const [first, second] = await Promise.allSettled([
      say(visitor, 'hello', 'client-id-1'),
      say(visitor, 'something else', 'client-id-1'),
    ])
    expect(first).toMatchObject({ status: 'fulfilled' })
    expect(second).toMatchObject({ reason: { code: 'ID_REUSED', field: 'clientMessageId' } })
    await expect(say(visitor, 'a third', 'client-id-1')).rejects.toMatchObject({ code: 'ID_REUSED' })
    expect((await sync()).headSeq).toBe(1)
  })

  it('[X8] takes choices and cards of the team, the same again as the same, and none of a visitor', async () => {
    const choices = [{ id: 'yes', text: 'Yes' }]
    const parts: SaidPart[] = [
      { type: 'choices', text: 'Shall we?', choices },
      { type: 'card', title: 'Title', text: 'Words', imagePath: '/a.png', buttons: choices },
    ]
    const send = (actor: Actor) =>
      tenant.backend.appendMessage(actor, { conversationId, clientMessageId: 'client-id-1', parts })
    expect((await send(agent)).parts).toEqual(parts)
    expect((await send(agent)).parts).toEqual(parts)
    await expect(send(visitor)).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'parts.0.type' })
    const answer: SaidPart[] = [{ type: 'text', text: 'Yes', choiceId: 'yes' }]
    const input = { conversationId, clientMessageId: 'client-id-2', parts: answer }
    expect((await tenant.backend.appendMessage(visitor, input)).parts).toEqual(answer)
    const said = (await sync()).events.flatMap((event) => (event.type === 'message.created' ? [event.parts] : []))
    expect(said).toEqual([parts, answer])
  })

  it('[Q3] refuses an id that was used in another conversation', async () => {
    const other = await tenant.addConversation(visitor)
    await say(visitor, 'hello', 'client-id-1')
    await expect(say(visitor, 'hello', 'client-id-1', other)).rejects.toMatchObject({ code: 'ID_REUSED' })
  })

  it('[Q3] lets two authors use the same id', async () => {
    await say(visitor, 'hello', 'client-id-1')
    await expect(say(agent, 'hello', 'client-id-1')).resolves.toMatchObject({ author: { kind: 'agent' } })
  })

  it('[C1] finds no conversation of another session, organization, or none', async () => {
    const stranger = await tenant.addVisitor()
    const elsewhere = await createTenant(test.database)
    const foreignAgent = await elsewhere.addMember()
    for (const attempt of [
      () => say(stranger, 'hello'),
      () => say(foreignAgent, 'hello'),
      () => say(visitor, 'hello', tenant.clientId(), '01890000-0000-7000-8000-000000000000'),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await sync()).headSeq).toBe(0)
  })

  it('[C1] a refused message fails alone, not its batch', async () => {
    const stranger = await tenant.addVisitor()
    const outcomes = await Promise.allSettled([say(visitor, 'one'), say(stranger, 'no'), say(visitor, 'two')])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(kinds((await sync()).events)).toEqual(['one', 'two'])
  })

  it('[C3] the first reply assigns, and the change stands before it', async () => {
    await say(visitor, 'help')
    await say(agent, 'sure')
    await say(await tenant.addMember(), 'me too')
    const { events, status, agent: inCharge } = await sync()
    expect(kinds(events)).toEqual(['help', 'assigned', 'sure', 'me too'])
    expect(events[1]).toMatchObject({ agent: { kind: 'agent', id: agent.memberId, name: agent.name }, seq: 2 })
    expect({ status, id: inCharge?.id }).toEqual({ status: 'assigned', id: agent.memberId })
    expect(tenant.changes.flatMap((change) => change.events)).toEqual(events)
  })

  it('[C3] holds inside one batch too', async () => {
    const other = await tenant.addMember()
    // Past the look at a member's sign-in, which lets visitors go before.
    const append = (author: Actor, text: string) =>
      tenant.messages.append({
        ...{ organizationId: tenant.organizationId, conversationId, author: authorOf(author) },
        ...{ ownerSessionId: null, clientMessageId: tenant.clientId(), parts: [{ type: 'text', text }] },
      })
    const said: [Actor, string][] = [
      [visitor, 'a'],
      [visitor, 'b'],
      [agent, 'c'],
      [other, 'd'],
      [visitor, 'e'],
    ]
    await Promise.all(said.map(([author, text]) => append(author, text)))
    const { events, agent: inCharge } = await sync()
    expect(kinds(events)).toEqual(['a', 'b', 'assigned', 'c', 'd', 'e'])
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
    expect(inCharge?.id).toBe(agent.memberId)
  })

  it('[C4] the end is an event; ending again changes nothing', async () => {
    await say(visitor, 'bye')
    await tenant.backend.endConversation(visitor, { conversationId })
    await tenant.backend.endConversation(agent, { conversationId })
    const { events, status } = await sync()
    expect(kinds(events)).toEqual(['bye', 'resolved'])
    expect(status).toBe('resolved')
    const stranger = await tenant.addVisitor()
    await expect(tenant.backend.endConversation(stranger, { conversationId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it.each([
    { assigned: true, status: 'assigned' },
    { assigned: false, status: 'waiting' },
  ])('[C5] a visitor reopens: $status when assigned is $assigned', async ({ assigned, status }) => {
    if (assigned) await say(agent, 'hello')
    await tenant.backend.endConversation(agent, { conversationId })
    await Promise.all([say(visitor, 'one more thing'), say(visitor, 'and another')])
    const after = await sync()
    expect(kinds(after.events).slice(-3)).toEqual([status, 'one more thing', 'and another'])
    expect(after.events.at(-3)).toMatchObject({ agent: assigned ? { id: agent.memberId, name: agent.name } : null })
    expect(after.status).toBe(status)
  })

  it('[C5] an end between two messages stays between them', async () => {
    await Promise.all([
      say(visitor, 'before'),
      tenant.backend.endConversation(visitor, { conversationId }),
      say(visitor, 'after'),
    ])
    expect(kinds((await sync()).events)).toEqual(['before', 'resolved', 'waiting', 'after'])
  })

  it('[C6] a member who only reads cannot write', async () => {
    const viewer = await tenant.addMember('client_user')
    await expect(say(viewer, 'hello')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(tenant.backend.endConversation(viewer, { conversationId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(tenant.backend.markRead(viewer, { conversationId, upToSeq: 1 })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect((await tenant.backend.syncConversation(viewer, { conversationId })).headSeq).toBe(0)
  })

  it('[I1] keeps the summary: unread, last message, who waits since when', async () => {
    const summary = async () => (await tenant.backend.loadSummaries(tenant.organizationId, [conversationId]))[0]
    await say(visitor, 'x'.repeat(300))
    tenant.now.value = new Date('2026-01-01T00:01:00.000Z')
    await say(visitor, 'two')
    expect(await summary()).toMatchObject({
      status: 'waiting',
      unread: 2,
      headSeq: 2,
      lastMessage: { text: 'two', author: { kind: 'visitor' } },
      waitingSince: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:01:00.000Z',
      pageUrl: 'https://acme.test/prices',
      visitor: { id: visitor.visitorId, name: visitor.name, identified: false },
    })
    const before = (await summary())?.version ?? 0
    await say(agent, 'three')
    expect(await summary()).toMatchObject({ status: 'assigned', waitingSince: null, agent: { id: agent.memberId } })
    expect((await summary())?.version).toBeGreaterThan(before)
  })

  it('threat 51: what looks like SQL or JSON is text', async () => {
    const text = `'; drop table events; -- "}]\\u0000 \${1} $1 {"o":null}`
    await say(visitor, text, "id'--id_")
    expect(kinds((await sync()).events)).toEqual([text])
  })

  it('what Postgres cannot store fails alone', async () => {
    const outcomes = await Promise.allSettled([say(visitor, 'one'), say(visitor, 'nul \u0000'), say(visitor, 'two')])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(kinds((await sync()).events)).toEqual(['one', 'two'])
  })

  it('within a minute a message touches no index of its conversation', async () => {
    const append = (query: Transaction<Tables>) => {
      const author = { kind: 'visitor', id: visitor.visitorId, name: 'Visitor' } as const
      const { organizationId, now } = tenant
      const clientMessageId = tenant.clientId()
      const parts = [{ type: 'text', text: 'hello' }] as const
      const id = randomUUID()
      const draft = { id, organizationId, conversationId, author, ownerSessionId: null, clientMessageId, parts }
      return appendBatch({ system: query }, [{ draft, json: encodeDraft(draft) }], now.value)
    }
    const updates = async (query: Transaction<Tables>) => {
      const { rows } = await sql<{ all: number; heap_only: number }>`
        select n_tup_upd::int as all, n_tup_hot_upd::int as heap_only from pg_stat_xact_user_tables
        where relname = 'conversations'`.execute(query)
      return rows[0] ?? { all: 0, heap_only: 0 }
    }
    // In one transaction, where it is always the same minute.
    await test.database.transaction('system', async (query) => {
      await append(query)
      const before = await updates(query)
      await append(query)
      expect(await updates(query)).toEqual({ all: before.all + 1, heap_only: before.heap_only + 1 })
    })
  })

  it('a read of one conversation uses the keys, however many rows there are', async () => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select * from events e
      where e.organization_id = ${tenant.organizationId}::uuid and e.conversation_id = ${conversationId}::uuid
      order by e.seq desc limit 50`.execute(test.database.system)
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('events_pkey')
  })
})

describe('append on Postgres, beside other writers', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await createTestDatabase('Postgres')
  })
  afterAll(() => test.drop())

  it('threat 52: a held conversation fails alone and holds up no other', async () => {
    const tenant = await createTenant(test.database, { patienceMs: 100 })
    const visitor = await tenant.addVisitor()
    const [held, free] = [await tenant.addConversation(visitor), await tenant.addConversation(visitor)]
    const say = (conversationId: string, text: string) =>
      tenant.backend.appendMessage(visitor, {
        conversationId,
        clientMessageId: tenant.clientId(),
        parts: [{ type: 'text', text }],
      })
    const intruder = new Client({ connectionString: test.url })
    await intruder.connect()
    await intruder.query('begin')
    await intruder.query('select 1 from conversations where id = $1 for update', [held])
    const [stuck, passed] = await Promise.allSettled([say(held, 'no'), say(free, 'yes')])
    await intruder.end()
    expect(passed).toMatchObject({ status: 'fulfilled' })
    expect(stuck).toMatchObject({ reason: { code: 'UNAVAILABLE', retryAfterMs: expect.any(Number) } })
    await expect(say(held, 'now')).resolves.toMatchObject({ seq: 1 })
  })

  it('[Q1] [Q3] two servers write the same conversations: no hole, no double, no deadlock', async () => {
    const one = await createTenant(test.database, { patienceMs: 20_000 })
    const visitor = await one.addVisitor()
    const conversations = await Promise.all(Array.from({ length: 4 }, () => one.addConversation(visitor)))
    const two = await createTenant(test.database, { patienceMs: 20_000 })
    const sends = Array.from({ length: 400 }, (_, n) => ({
      conversationId: conversations[n % 4] ?? '',
      clientMessageId: `message-${n}`,
      parts: [{ type: 'text' as const, text: String(n) }],
    }))
    const [first, second] = await Promise.all(
      [one, two].map(({ backend }) => Promise.all(sends.map((send) => backend.appendMessage(visitor, send)))),
    )
    expect(first?.map(({ id, seq }) => [id, seq])).toEqual(second?.map(({ id, seq }) => [id, seq]))
    for (const conversationId of conversations) {
      const { events } = await one.backend.loadHistory(visitor, { conversationId, limit: 100 })
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    }
  })
})
