import { createIdentityKeyResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sign } from '../identity-keys/testing/test-issuer.js'
import { connectWebSocket, type TestClient } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestServer, type TestVisitor } from '../testing/index.js'
import { isSignedBy, startPushService, type TestPushService } from './testing/push-service.js'

describe.each(TEST_DATABASES)('Web Push, on %s', (kind) => {
  let server: TestServer
  let service: TestPushService
  let visitor: TestVisitor
  let client: TestClient
  let agent: TestClient
  let conversationId: string
  let path: string
  let said = 0
  let now = Date.parse('2026-11-21T12:00:00.000Z')

  beforeAll(async () => {
    service = await startPushService()
    server = await createTestServer({ kind, allowPrivatePush: true, clock: () => new Date(now) })
    agent = await connectWebSocket(server.url, { origin: server.origin })
    await agent.start(await server.ticket(await server.signIn('agent')))
  })
  afterAll(async () => {
    await server.close()
    await service.close()
  })

  beforeEach(async () => {
    service.answer(201)
    path = `/push/${++said}`
    const tabId = `tab-push-${said}`
    visitor = await server.initVisitor({ tabId })
    client = await connectWebSocket(server.url, { origin: server.origin })
    await client.start(visitor.token, { tabId })
    const started = await client.ask({ type: 'conversation.start', clientConversationId: `conversation-${said}` })
    conversationId = (started as { conversationId: string }).conversationId
  })

  const call = (method: string, to: string, body: unknown, token = visitor.token) =>
    fetch(`${server.url}/api/widget${to}`, {
      method,
      headers: { origin: server.origin, 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
  const subscribe = (at = path) => call('PUT', '/push', { ...service.subscription(at), label: 'Neue Nachricht' })
  const answer = (text: string) =>
    agent.ask({
      type: 'message.send',
      conversationId,
      clientMessageId: `answer-${++said}-${kind}`,
      parts: [{ type: 'text', text }],
    })
  /** The page is closed, and its connection counts no more. */
  const leave = async () => {
    await client.close()
    const presence = async () =>
      ((await agent.ask({ type: 'conversation.watch', conversationId })) as { presence?: string }).presence
    await expect.poll(presence, { timeout: 25_000 }).toBe('offline')
  }
  const pushes = (at = path) => service.received.filter((push) => push.path === at)
  const read = (at = path) => pushes(at).map((push) => JSON.parse(service.decrypt(push)))
  const jobs = () =>
    server.database.system
      .selectFrom('push_jobs')
      .select(['seq', 'attempts', 'due_at'])
      .where('conversation_id', '=', conversationId)
      .execute()
  const subscriptions = () =>
    server.database.system
      .selectFrom('push_subscriptions')
      .selectAll()
      .where('visitor_id', '=', visitor.visitorId)
      .execute()
  const pushKey = async () => {
    const config = await fetch(`${server.url}/api/chat-widget/public/widget/wk_demo/config`)
    return ((await config.json()) as { pushKey: string }).pushKey
  }

  const setWords = async (notificationWords: boolean) => {
    const { organization_id: organizationId, id: widgetId } = await server.database.system
      .selectFrom('widgets')
      .select(['organization_id', 'id'])
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow()
    await server.chat.api.updateWidget({ organizationId, widgetId, settings: { notificationWords } })
  }

  it('[O1] keeps a subscription sealed, once for a browser, and forgets it when it is told to', async () => {
    expect((await subscribe()).status).toBe(204)
    expect((await subscribe()).status).toBe(204)
    const rows = await subscriptions()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(path)
    const { endpoint } = service.subscription(path)
    expect((await call('DELETE', '/push', { endpoint })).status).toBe(204)
    expect(await subscriptions()).toEqual([])
  })

  it('[O1] forgets a browser whose visitor signs out, and one whose visitor wants to be forgotten', async () => {
    await subscribe()
    expect((await call('POST', '/logout', {})).status).toBe(204)
    expect(await subscriptions()).toEqual([])
    visitor = await server.initVisitor({ tabId: 'tab-to-erase' })
    await subscribe()
    expect(await subscriptions()).toHaveLength(1)
    expect((await call('DELETE', '/visitor', {})).status).toBe(200)
    expect(await subscriptions()).toEqual([])
  })

  it('[O1] [S13] threat 13: a browser hears of a verified user’s messages while they are named there, and their key stands', async () => {
    const { headers } = await server.signIn('client_admin')
    const { id: widgetId } = await server.database.system
      .selectFrom('widgets')
      .select('id')
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow()
    const keys = `/api/chat-widget/widgets/${widgetId}/identity-keys`
    const made = await server.post(keys, { kind: 'jwt_secret' }, headers)
    const { key, secret } = createIdentityKeyResponse.parse(await made.json())
    const seconds = Math.floor(now / 1000)
    const claims = { sub: `pushed-${kind}`, aud: widgetId, iat: seconds, exp: seconds + 600 }
    const user = { token: await sign(claims, Buffer.from(secret ?? ''), { alg: 'HS256' }) }
    const tabId = `tab-user-${kind}-1`
    visitor = await server.initVisitor({ tabId, user })
    await subscribe()
    expect(await subscriptions()).toHaveLength(1)
    expect((await server.initVisitor({ tabId, token: visitor.token })).visitorId).not.toBe(visitor.visitorId)
    expect(await subscriptions()).toEqual([])

    visitor = await server.initVisitor({ tabId, user })
    const started = await call('POST', '/conversations', {})
    conversationId = ((await started.json()) as { conversation: { id: string } }).conversation.id
    await subscribe()
    await answer('Hello')
    await expect.poll(() => pushes().length, { timeout: 15_000 }).toBe(1)
    await server.database.system.deleteFrom('identity_keys').where('id', '=', key.id).execute()
    await answer('Nobody knows who you are')
    await expect.poll(jobs, { timeout: 15_000 }).toEqual([{ seq: 3, attempts: 0, due_at: null }])
    expect(pushes()).toHaveLength(1)
  }, 60_000)

  it('[O2] pushes a message to a visitor who is not there, once, signed and encrypted, without its words', async () => {
    await subscribe()
    await leave()
    await answer('Your code is 4711')
    await expect.poll(() => pushes().length, { timeout: 15_000 }).toBe(1)
    const [push] = pushes()
    expect(push?.body.toString('latin1')).not.toContain('4711')
    expect(isSignedBy(await pushKey(), push as never)).toBe(true)
    expect(read()).toEqual([{ title: expect.any(String), body: 'Neue Nachricht', tag: 'chatdesk_wk_demo' }])
    await expect.poll(jobs).toEqual([{ seq: 2, attempts: 1, due_at: null }])

    // Where the owner wants it, with the words; what was pushed is not pushed again.
    await setWords(true)
    await answer('It is valid for a day')
    await expect
      .poll(() => read().map(({ body }) => body), { timeout: 15_000 })
      .toEqual(['Neue Nachricht', 'It is valid for a day'])
    await setWords(false)
  }, 60_000)

  it('[O2] pushes nothing to a visitor who is there', async () => {
    await subscribe()
    await answer('Hello')
    // It is looked at again, until it is clear that the page is no mere remnant.
    const due = async () => (await jobs())[0]?.due_at?.getTime() ?? 0
    await expect.poll(due, { timeout: 15_000 }).toBe(now + 5_000)
    now += 30_000
    await expect.poll(jobs, { timeout: 15_000 }).toEqual([{ seq: 2, attempts: 0, due_at: null }])
    expect(pushes()).toEqual([])
  }, 60_000)

  it('[O3] tries again while the service is not to be had, and forgets a browser that is gone', async () => {
    await subscribe()
    await leave()
    service.answer(503)
    await answer('Are you there?')
    await expect.poll(() => pushes().length, { timeout: 15_000 }).toBe(1)
    const due = async () => (await jobs())[0]?.due_at?.getTime()
    await expect.poll(due, { timeout: 15_000 }).toBe(now + 15_000)
    service.answer(410)
    now += 15_000
    await expect.poll(subscriptions, { timeout: 15_000 }).toEqual([])
    expect(pushes()).toHaveLength(2)
  }, 60_000)
})

it('[O1] an endpoint within the host’s own network is refused, and nothing is kept that could be asked later', async () => {
  const service = await startPushService()
  const server = await createTestServer()
  const visitor = await server.initVisitor({ tabId: 'tab-00000001' })
  const put = (endpoint: string) =>
    fetch(`${server.url}/api/widget/push`, {
      method: 'PUT',
      headers: {
        origin: server.origin,
        'content-type': 'application/json',
        authorization: `Bearer ${visitor.token}`,
      },
      body: JSON.stringify({ ...service.subscription('/'), endpoint, label: 'New message' }),
    })
  for (const endpoint of [
    service.subscription('/').endpoint,
    'http://push.example/1',
    'https://127.0.0.1/1',
    'https://[::ffff:10.0.0.1]/1',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/1',
    'https://user:secret@push.example/1',
  ])
    expect((await put(endpoint)).status, endpoint).toBe(422)
  const kept = () => server.database.system.selectFrom('push_subscriptions').select('id').execute()
  expect(await kept()).toEqual([])
  expect((await put('https://push.example/1')).status).toBe(204)
  expect(await kept()).toHaveLength(1)
  await server.close()
  await service.close()
})
