import type { FollowUp, LogEvent } from '@chatdesk/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, MemberActor, VisitorActor } from '../organizations/actor.js'
import { silentLogger } from '../platform/logger.js'
import { authorOf } from '../realtime/index.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createWidget, updateWidget } from '../widgets/index.js'
import { sendDueFollowUps } from './follow-ups.js'

const MINUTE = 60_000
const FOLLOW_UP: FollowUp = { afterMinutes: 10, text: 'Are you still there?' }

describe.each(TEST_DATABASES)('follow-ups on %s', (kind) => {
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
    await set(FOLLOW_UP)
  })

  const set = (followUp: FollowUp | null) =>
    test.database.transaction(tenant.organizationId, async (transaction) => {
      const { organizationId, now } = tenant
      await updateWidget(transaction, { organizationId, widgetId: visitor.widgetId, now: now.value }, { followUp })
    })
  const say = async (actor: Actor, text = 'Hello') => {
    tenant.now.value = new Date(tenant.now.value.getTime() + 1)
    const parts = [{ type: 'text' as const, text }]
    return tenant.backend.appendMessage(actor, { conversationId, clientMessageId: tenant.clientId(), parts })
  }
  const sweep = () =>
    sendDueFollowUps({
      database: test.database,
      messages: tenant.messages,
      clock: () => tenant.now.value,
      logger: silentLogger,
    })
  const pass = async (minutes: number) => {
    tenant.now.value = new Date(tenant.now.value.getTime() + minutes * MINUTE)
    await sweep()
  }
  const log = async (): Promise<LogEvent[]> =>
    (await tenant.backend.loadHistory(await tenant.addMember(), { conversationId, limit: 100 })).events
  const followUps = async () => (await log()).filter(({ author }) => author.kind === 'system')

  it('[N2] says it once, in the name of the widget, behind what is followed', async () => {
    await say(visitor)
    const followed = await say(agent)
    await pass(9.99)
    expect(await followUps()).toEqual([])
    await pass(0.01)
    await pass(60)
    expect(await followUps()).toEqual([
      {
        type: 'message.created',
        id: expect.any(String),
        conversationId,
        seq: followed.seq + 1,
        createdAt: new Date(tenant.now.value.getTime() - 60 * MINUTE).toISOString(),
        author: { kind: 'system', id: visitor.widgetId, name: 'Acme' },
        clientMessageId: `follow_up:${followed.id}`,
        parts: [{ type: 'text', text: FOLLOW_UP.text }],
      },
    ])
    const [row] = await tenant.backend.loadSummaries(tenant.organizationId, [conversationId])
    expect(row).toMatchObject({
      headSeq: followed.seq + 1,
      waitingSince: null,
      lastMessage: { text: FOLLOW_UP.text, author: { kind: 'system' } },
    })
  })

  it('[N2] tells it like any other event, in the order of the log', async () => {
    await say(agent)
    await pass(10)
    const told = tenant.changes.flatMap(({ events }) => events)
    expect(told.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(told).toEqual(await log())
  })

  it('[N2] once in each silence: what the team adds sets no second timer, until the visitor was there', async () => {
    await say(agent)
    await pass(10)
    await say(agent, 'One more thing')
    await pass(60)
    expect(await followUps()).toHaveLength(1)
    await say(visitor)
    await say(agent)
    await pass(10)
    expect(await followUps()).toHaveLength(2)
  })

  it('[N2] counts from the last that the team said', async () => {
    await say(agent)
    await pass(9)
    await say(agent, 'And this')
    await pass(9)
    expect(await followUps()).toEqual([])
    await pass(1)
    expect(await followUps()).toHaveLength(1)
  })

  it.each<[string, () => Promise<unknown>]>([
    ['a message', () => say(visitor)],
    ['a message in one batch with an answer to it', () => Promise.all([say(agent, 'a'), say(visitor)])],
    ['a sign', () => tenant.backend.noteVisitorSign(visitor, { conversationId })],
    ['the end, by the visitor', () => tenant.backend.endConversation(visitor, { conversationId })],
    ['the end, by the team', () => tenant.backend.endConversation(agent, { conversationId })],
  ])('[N3] is cancelled by %s', async (_name, act) => {
    await say(agent)
    await pass(5)
    await act()
    await pass(60)
    expect(await followUps()).toEqual([])
  })

  it('[N3] a visitor who was there between two messages of one batch may be followed again', async () => {
    await say(agent)
    await pass(10)
    // Past the look at a member's sign-in, which lets visitors go before.
    const append = (author: Actor) =>
      tenant.messages.append({
        ...{ organizationId: tenant.organizationId, conversationId, author: authorOf(author), ownerSessionId: null },
        ...{ clientMessageId: tenant.clientId(), parts: [{ type: 'text', text: 'Hello' }] },
      })
    tenant.now.value = new Date(tenant.now.value.getTime() + 1)
    await Promise.all([append(visitor), append(agent)])
    await pass(10)
    expect(await followUps()).toHaveLength(2)
  })

  it('[N3] is not cancelled by a read mark, which an open panel sets by itself, nor by the sign of another session', async () => {
    await say(visitor)
    await say(agent)
    for (const reader of [agent, visitor]) await tenant.backend.markRead(reader, { conversationId, upToSeq: 99 })
    await tenant.backend.noteVisitorSign(await tenant.addVisitor(), { conversationId })
    await pass(10)
    expect(await followUps()).toHaveLength(1)
  })

  it('[N2] a resolved conversation is not followed, whatever the team adds', async () => {
    await say(agent)
    await tenant.backend.endConversation(agent, { conversationId })
    await say(agent, 'Goodbye')
    await pass(60)
    expect(await followUps()).toEqual([])
  })

  it('[N2] a widget that wants none has none, also when it stops wanting them', async () => {
    await set(null)
    await say(agent)
    await pass(60)
    await set(FOLLOW_UP)
    await say(agent)
    await set(null)
    await pass(60)
    await set(FOLLOW_UP)
    await pass(60)
    expect(await followUps()).toEqual([])
  })

  it('[N2] many nodes say it once', async () => {
    await say(agent)
    tenant.now.value = new Date(tenant.now.value.getTime() + 10 * MINUTE)
    await Promise.all(Array.from({ length: 8 }, sweep))
    expect(await followUps()).toHaveLength(1)
  })

  it('[N2] [N3] whoever speaks between the look and the word is not overtaken', async () => {
    await say(agent)
    const { organizationId, messages } = tenant
    const author = { kind: 'system' as const, id: visitor.widgetId, name: 'Acme' }
    const request = { organizationId, conversationId, author, parts: [{ type: 'text' as const, text: 'Hello?' }] }
    const dueAt = new Date(tenant.now.value.getTime() + 10 * MINUTE)
    tenant.now.value = dueAt
    await say(agent, 'Sorry, there is more')
    await messages.followUp({ ...request, dueAt })
    expect(await followUps()).toEqual([])
    const moved = new Date(tenant.now.value.getTime() + 10 * MINUTE)
    await say(visitor)
    await messages.followUp({ ...request, dueAt: moved })
    expect(await followUps()).toEqual([])
  })

  it('[N4] waits for the end of quiet hours, and is cancelled meanwhile like any other', async () => {
    // The tenant's day begins at midnight UTC.
    await set({ ...FOLLOW_UP, quietHours: { from: '23:00', to: '06:00', timeZone: 'UTC' } })
    await say(agent)
    await pass(10)
    await pass(5 * 60 + 49)
    expect(await followUps()).toEqual([])
    await pass(1)
    expect(await followUps()).toHaveLength(1)
    await say(visitor)
    tenant.now.value = new Date('2026-01-01T22:55:00.000Z')
    // A sign-in ends after eight idle hours.
    await say(await tenant.addMember())
    await pass(10)
    await say(visitor)
    await pass(24 * 60)
    expect(await followUps()).toHaveLength(1)
  })

  it('[N2] one that cannot be said holds up no other, and has its turn again', async () => {
    const other = await createTenant(test.database)
    const waiting = await other.addVisitor()
    const theirs = await other.addConversation(waiting)
    // Of a node that knows more time zones than this one.
    const quietHours = { from: '23:00', to: '06:00', timeZone: 'Mars/Olympus' }
    const unknown = JSON.stringify({ ...FOLLOW_UP, quietHours })
    const setTheirs = (follow_up: string) =>
      test.database.system.updateTable('widgets').set({ follow_up }).where('id', '=', waiting.widgetId).execute()
    await setTheirs(unknown)
    const parts = [{ type: 'text' as const, text: 'Hello' }]
    const message = { conversationId: theirs, clientMessageId: other.clientId(), parts }
    await other.backend.appendMessage(await other.addMember(), message)
    await say(agent)
    await pass(11)
    expect(await followUps()).toHaveLength(1)
    await setTheirs(JSON.stringify(FOLLOW_UP))
    await pass(1)
    const { events } = await other.backend.loadHistory(waiting, { conversationId: theirs, limit: 100 })
    expect(events.at(-1)).toMatchObject({ author: { kind: 'system' } })
  })

  it('[N2] a database that is away is said in the log, and no more', async () => {
    const broken = await createTestDatabase(kind)
    await broken.drop()
    const warnings: (string | undefined)[] = []
    const logger = { ...silentLogger, warn: (_fields: object, message?: string) => void warnings.push(message) }
    const { messages, now } = tenant
    await sendDueFollowUps({ database: broken.database, messages, clock: () => now.value, logger })
    expect(warnings).toEqual(['not every due follow-up could be said'])
  })

  it('[N2] is stored with the widget, checked', async () => {
    const context = { clock: () => tenant.now.value, generateId: crypto.randomUUID.bind(crypto) }
    const { organizationId } = tenant
    const create = (followUp: FollowUp) =>
      test.database.transaction(organizationId, (transaction) =>
        createWidget(transaction, context, { organizationId, name: 'Acme', followUp }),
      )
    await create(FOLLOW_UP)
    await expect(create({ ...FOLLOW_UP, text: ' ' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      field: 'followUp.text',
    })
    await expect(set({ ...FOLLOW_UP, afterMinutes: 0 })).rejects.toMatchObject({ field: 'followUp.afterMinutes' })
  })
})
