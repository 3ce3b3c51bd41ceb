import { randomBytes, randomUUID } from 'node:crypto'
import type { WebhookEventType, WebhookPayload } from '@chatdesk/protocol'
import { webhookPayload } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadAudit } from '../audit/index.js'
import { rateConversation } from '../conversations/index.js'
import type { MemberActor, VisitorActor } from '../organizations/actor.js'
import { silentLogger } from '../platform/logger.js'
import { createSealer } from '../platform/sealed.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { listDeliveries, replayDelivery } from './deliveries.js'
import { signWebhook } from './sign-webhook.js'
import { startReceiver, type TestReceiver } from './testing/receiver.js'
import { createWebhookQueue, type WebhookQueueContext } from './webhook-queue.js'
import { createWebhook, listWebhooks, rotateSecret, updateWebhook } from './webhooks.js'

const SECOND = 1_000
const HOUR = 3_600_000
const ALL: WebhookEventType[] = [
  'conversation.started',
  'conversation.waiting',
  'conversation.assigned',
  'conversation.resolved',
  'conversation.reopened',
  'conversation.rated',
  'message.created',
]

describe.each(TEST_DATABASES)('webhooks, on %s', (kind) => {
  let opened: TestDatabase
  let receiver: TestReceiver
  let tenant: Tenant
  let visitor: VisitorActor
  let member: MemberActor
  let conversationId: string
  const sealer = createSealer([randomBytes(32).toString('base64')])
  beforeAll(async () => {
    opened = await createTestDatabase(kind)
  })
  afterAll(() => opened.drop())
  beforeEach(async () => {
    receiver = await startReceiver()
    tenant = await createTenant(opened.database)
    visitor = await tenant.addVisitor()
    member = await tenant.addMember()
    // What other tests have left behind is none of this one's.
    await sql`update webhooks set enabled = false`.execute(opened.database.system)
    return () => receiver.close()
  })

  const context = (): WebhookQueueContext => ({
    ...{ database: opened.database, sealer, logger: silentLogger, random: () => 0 },
    ...{ clock: () => tenant.now.value, allowPrivateWebhooks: true },
  })
  const pass = (ms: number) => {
    tenant.now.value = new Date(tenant.now.value.getTime() + ms)
  }
  const add = (events: readonly WebhookEventType[] = ALL, url = `${receiver.url}/hook`) =>
    opened.database.transaction(tenant.organizationId, (transaction) =>
      createWebhook(
        transaction,
        { sealer, allowPrivateWebhooks: true },
        { organizationId: tenant.organizationId, id: uuidV7(), url, events, now: tenant.now.value },
      ),
    )
  const say = (author: 'visitor' | 'agent', text: string) =>
    tenant.messages.append({
      ...{ organizationId: tenant.organizationId, conversationId, ownerSessionId: null },
      author: { kind: author, id: author === 'visitor' ? visitor.visitorId : member.memberId, name: member.name },
      ...{ clientMessageId: tenant.clientId(), parts: [{ type: 'text', text }] },
    })
  const author = () => ({ kind: 'agent' as const, id: member.memberId, name: member.name })
  const which = () => ({ organizationId: tenant.organizationId, conversationId, author: author() })
  /** Sends whatever is due, and what follows. */
  const send = async (queue = createWebhookQueue(context())) => {
    await queue.sendDue()
    await queue.idle()
  }
  const payloads = (): WebhookPayload[] => receiver.received.map(({ body }) => webhookPayload.parse(JSON.parse(body)))
  const ids = () => receiver.received.map(({ headers }) => headers['webhook-id'])
  const deliveries = async (webhookId: string, state?: 'pending' | 'delivered' | 'failed') => {
    const page = { limit: 100, state }
    const of = { organizationId: tenant.organizationId, webhookId }
    return (await listDeliveries(opened.database.of(tenant.organizationId), of, page)).deliveries
  }
  const webhooks = () =>
    listWebhooks(opened.database.of(tenant.organizationId), tenant.organizationId, tenant.now.value)

  it('[Z1] [Z2] tells of each thing that happens, once, with what it says and whose it is', async () => {
    await add()
    conversationId = await tenant.addConversation(visitor)
    await say('visitor', 'Hello?')
    await say('agent', 'Good morning')
    await tenant.messages.move({ ...which(), move: { to: 'queue' } })
    await tenant.messages.end({ ...which(), ownerSessionId: null })
    await say('visitor', 'One more thing')
    const rating = { score: 5 as const, comment: 'Quick' }
    const rated = { database: opened.database, clock: () => tenant.now.value, generateId: randomUUID }
    await rateConversation(
      { ...rated, changes: { emit() {}, onChange() {} } as never },
      visitor,
      conversationId,
      rating,
    )
    await send()
    const told = payloads().map((payload) => [payload.type, wordsIn(payload)])
    expect(told.sort()).toEqual(
      [
        ['conversation.started', undefined],
        ['message.created', 'Hello?'],
        ['conversation.assigned', 'assigned'],
        ['message.created', 'Good morning'],
        ['conversation.waiting', 'waiting'],
        ['conversation.resolved', 'resolved'],
        ['conversation.reopened', 'waiting'],
        ['message.created', 'One more thing'],
        ['conversation.rated', rating],
      ].sort(),
    )
    for (const { data } of payloads())
      expect(data).toMatchObject({
        conversation: { id: conversationId, widgetId: visitor.widgetId, visitor: { id: visitor.visitorId } },
      })
    expect(new Set(ids()).size).toBe(told.length)
  })

  it('[Z1] threat 30: tells nobody else, and of nothing else than was asked for', async () => {
    const { webhook } = await add(['conversation.resolved'])
    const own = conversationId
    const other = await createTenant(opened.database)
    const theirs = await other.addVisitor()
    await other.addConversation(theirs)
    conversationId = await tenant.addConversation(visitor)
    await say('visitor', 'Hello?')
    await tenant.messages.end({ ...which(), ownerSessionId: null })
    expect(own).not.toBe(conversationId)
    expect((await deliveries(webhook.id)).map(({ type }) => type)).toEqual(['conversation.resolved'])
    const { rows } =
      await sql`select from webhook_deliveries where organization_id = ${other.organizationId}::uuid`.execute(
        opened.database.system,
      )
    expect(rows).toHaveLength(0)
  })

  it('[Z3] signs with the secret, and for a day after its replacement with both', async () => {
    const { webhook, secret } = await add(['message.created'])
    conversationId = await tenant.addConversation(visitor)
    await say('visitor', 'Hello?')
    await send()
    const of = { organizationId: tenant.organizationId, webhookId: webhook.id }
    const rotate = () =>
      opened.database.transaction(tenant.organizationId, (transaction) =>
        rotateSecret(transaction, { sealer }, of, tenant.now.value),
      )
    const { secret: next } = await rotate()
    await say('visitor', 'Are you there?')
    await send()
    pass(24 * HOUR)
    await say('visitor', 'Good night')
    await send()
    const signedWith = (place: number, secrets: string[]) => {
      const { headers, body } = receiver.received[place] ?? { headers: {} as Record<string, string>, body: '' }
      const at = new Date(Number(headers['webhook-timestamp']) * SECOND)
      const expected = signWebhook({ id: String(headers['webhook-id']), body, at }, secrets)
      expect(headers).toMatchObject(expected)
    }
    signedWith(0, [secret])
    signedWith(1, [next, secret])
    signedWith(2, [next])
    const { rows } = await sql<{
      text: string
    }>`select w::text as text from webhooks w where id = ${webhook.id}::uuid`.execute(opened.database.system)
    expect(rows[0]?.text).not.toContain(secret.slice(6))
    expect(rows[0]?.text).not.toContain(next.slice(6))
  })

  it('[Z4] a receiver that fails at first gets it in the end, the same under the same id', async () => {
    const { webhook } = await add(['message.created'])
    conversationId = await tenant.addConversation(visitor)
    await say('visitor', 'Hello?')
    receiver.answer(500, { body: 'not now' })
    await send()
    expect(await deliveries(webhook.id)).toMatchObject([
      { state: 'pending', attempts: 1, status: 500, error: 'status', response: 'not now' },
    ])
    expect((await webhooks())[0]?.failingSince).toBe(tenant.now.value.toISOString())
    await send()
    expect(receiver.received).toHaveLength(1)
    receiver.answer(429)
    pass(5 * SECOND)
    await send()
    receiver.answer(204)
    pass(300 * SECOND)
    await send()
    await send()
    expect(receiver.received).toHaveLength(3)
    expect(new Set(ids()).size).toBe(1)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    expect(await deliveries(webhook.id)).toMatchObject([{ state: 'delivered', attempts: 3, nextAt: null, error: null }])
    expect((await webhooks())[0]).toMatchObject({ failingSince: null, enabled: true })
  })

  it('[Z4] what nobody takes is given up after the last attempt, and sent again when somebody says so', async () => {
    const { webhook } = await add(['message.created'])
    conversationId = await tenant.addConversation(visitor)
    await say('visitor', 'Hello?')
    receiver.answer(500)
    for (;;) {
      await send()
      const [delivery] = await deliveries(webhook.id, 'pending')
      if (!delivery?.nextAt) break
      tenant.now.value = new Date(delivery.nextAt)
      // The webhook as a whole rests as well.
      pass(60 * SECOND)
    }
    const [given] = await deliveries(webhook.id, 'failed')
    expect(given).toMatchObject({ attempts: 10, nextAt: null })
    expect(receiver.received).toHaveLength(10)
    receiver.answer(204)
    pass(60 * SECOND)
    const of = { organizationId: tenant.organizationId, webhookId: webhook.id, deliveryId: given?.id ?? '' }
    await opened.database.transaction(tenant.organizationId, (transaction) =>
      replayDelivery(transaction, { ...of, now: tenant.now.value }),
    )
    await send()
    expect(await deliveries(webhook.id, 'delivered')).toHaveLength(1)
    expect(new Set(ids()).size).toBe(1)
  })

  const switchOn = (webhookId: string) =>
    opened.database.transaction(tenant.organizationId, (transaction) => {
      const of = { organizationId: tenant.organizationId, webhookId }
      return updateWebhook(transaction, { allowPrivateWebhooks: true }, of, { enabled: true }, tenant.now.value)
    })

  it('[Z4] a process that dies between the answer and its note sends it once more, under the same id', async () => {
    await add(['message.created'])
    conversationId = await tenant.addConversation(visitor)
    await say('visitor', 'Hello?')
    const release = receiver.hold()
    const dying = createWebhookQueue({ ...context(), database: dyingAfterTaking(opened.database) })
    await dying.sendDue()
    await expect.poll(() => receiver.received.length).toBe(1)
    // While it may live, nobody else takes it.
    await createWebhookQueue(context()).sendDue()
    release()
    await send()
    expect(receiver.received).toHaveLength(1)
    pass(61 * SECOND)
    await send()
    expect(receiver.received).toHaveLength(2)
    expect(new Set(ids()).size).toBe(1)
    pass(HOUR)
    await send()
    expect(receiver.received).toHaveLength(2)
  })

  it('[Z4] threat 82: no more than four at a time to one receiver, over all nodes, and to one that fails a single one', async () => {
    const { webhook } = await add(['message.created'])
    conversationId = await tenant.addConversation(visitor)
    for (let n = 0; n < 12; n++) await say('visitor', `${n}`)
    const nodes = [createWebhookQueue(context()), createWebhookQueue(context())]
    const look = () => Promise.all(nodes.map(({ sendDue }) => sendDue()))
    const idle = () => Promise.all(nodes.map((node) => node.idle()))
    const release = receiver.hold()
    await look()
    await look()
    await expect.poll(() => receiver.received.length).toBe(4)
    receiver.answer(503)
    release()
    await idle()
    expect(receiver.received).toHaveLength(4)
    await look()
    await idle()
    expect(receiver.received).toHaveLength(4)
    pass(61 * SECOND)
    const releaseOne = receiver.hold()
    await look()
    await look()
    await expect.poll(() => receiver.received.length).toBe(5)
    receiver.answer(204)
    releaseOne()
    await idle()
    // Well again: what waits behind it follows at once, but for what has to wait for its own next attempt.
    await look()
    await idle()
    pass(301 * SECOND)
    await look()
    await idle()
    expect(new Set(payloads().map(wordsIn)).size).toBe(12)
    expect(await deliveries(webhook.id, 'delivered')).toHaveLength(12)
  })

  it('[Z5] 410 switches it off, and its trail says why', async () => {
    const { webhook } = await add(['message.created'])
    conversationId = await tenant.addConversation(visitor)
    await say('visitor', 'Hello?')
    receiver.answer(410)
    await send()
    await say('visitor', 'Are you there?')
    pass(24 * HOUR)
    await send()
    expect(receiver.received).toHaveLength(1)
    expect(await webhooks()).toMatchObject([{ enabled: false, disabledReason: 'gone' }])
    expect(await deliveries(webhook.id)).toMatchObject([{ state: 'failed', status: 410 }])
    const { organizationId } = tenant
    const [entry] = await loadAudit(opened.database.of(organizationId), { organizationId, limit: 1 })
    expect(entry).toMatchObject({
      actor: null,
      action: 'webhook.update',
      target: { kind: 'webhook', id: webhook.id },
      changes: { enabled: { from: true, to: false }, disabledReason: { from: null, to: 'gone' } },
    })
    await switchOn(webhook.id)
    expect(await webhooks()).toMatchObject([{ enabled: true, disabledReason: null, failingSince: null }])
  })

  it('[Z5] threat 82: five days without an answer switch it off', async () => {
    await add(['message.created'])
    conversationId = await tenant.addConversation(visitor)
    receiver.answer(500)
    await say('visitor', 'Hello?')
    await send()
    pass(121 * HOUR)
    await send()
    expect(await webhooks()).toMatchObject([{ enabled: false, disabledReason: 'failing' }])
    await say('visitor', 'Are you there?')
    pass(HOUR)
    await send()
    expect(receiver.received).toHaveLength(2)
  })

  it('[Z6] threat 85: nothing of an erased conversation is sent any more, or kept', async () => {
    const { webhook } = await add()
    conversationId = await tenant.addConversation(visitor)
    await say('visitor', 'Hello?')
    receiver.answer(500)
    await send()
    await opened.database
      .of(tenant.organizationId)
      .deleteFrom('conversations')
      .where('id', '=', conversationId)
      .execute()
    expect(await deliveries(webhook.id)).toEqual([])
    const sent = receiver.received.length
    pass(HOUR)
    await send()
    expect(receiver.received).toHaveLength(sent)
  })

  it('[Z1] what is not committed is told to nobody', async () => {
    const { webhook } = await add()
    conversationId = await tenant.addConversation(visitor)
    const before = await deliveries(webhook.id)
    const failing = opened.database.transaction(tenant.organizationId, async (transaction) => {
      await sql`insert into events (organization_id, conversation_id, seq, id, type, author_id, body, created_at)
        values (${tenant.organizationId}::uuid, ${conversationId}::uuid, 1, ${uuidV7()}::uuid, 'message.created',
          ${visitor.visitorId}::uuid, '{"author":{"kind":"visitor"},"parts":[]}', ${tenant.now.value}::timestamptz)`.execute(
        transaction,
      )
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect(await deliveries(webhook.id)).toEqual(before)
  })
})

/** What the body of a payload says, in a word. */
function wordsIn(payload: WebhookPayload): unknown {
  if (payload.type === 'message.created') return payload.data.message.parts[0]?.text
  if (payload.type === 'conversation.rated') return payload.data.rating
  return 'change' in payload.data ? payload.data.change.status : undefined
}

/** A database that the process loses once it has read what it sends: nothing is noted any more. */
function dyingAfterTaking(database: TestDatabase['database']): TestDatabase['database'] {
  return {
    ...database,
    transaction: (of, run) => (of === 'system' ? database.transaction(of, run) : new Promise(() => {})),
  }
}

function uuidV7(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
