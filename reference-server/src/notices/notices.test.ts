import { randomUUID } from 'node:crypto'
import type { NotificationSettings } from '@chatdesk/protocol'
import { DEFAULT_NOTIFICATIONS, notificationsResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../demo/seed.js'
import type { Mail } from '../platform/mailer.js'
import { startPushService, type TestPushService } from '../push/testing/push-service.js'
import { connectWebSocket, type TestClient } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestMember, type TestServer } from '../testing/index.js'

describe.each(TEST_DATABASES)('notices to members, on %s', (kind) => {
  let server: TestServer
  let service: TestPushService
  let agent: TestMember
  let admin: TestMember
  let visitor: TestClient
  let conversationId: string
  let path: string
  let mails: Mail[] = []
  let tries = 0

  beforeAll(async () => {
    service = await startPushService()
    server = await createTestServer({
      ...{ kind, allowPrivatePush: true, publicUrl: 'https://chat.example' },
      mail: { send: async (mail: Mail) => void mails.push(mail) },
    })
    admin = await signIn('client_admin')
  })
  afterAll(async () => {
    await server.close()
    await service.close()
  })
  beforeEach(async () => {
    await server.database.system.deleteFrom('push_subscriptions').execute()
    mails = []
    tries++
    path = `/member/${tries}`
    agent = await signIn('agent')
    const tabId = `tab-notices-${tries}`
    const { token } = await server.initVisitor({ tabId })
    visitor = await connectWebSocket(server.url, { origin: server.origin })
    await visitor.start(token, { tabId })
    const started = await visitor.ask({ type: 'conversation.start', clientConversationId: `notices-${tries}` })
    conversationId = (started as { conversationId: string }).conversationId
  })

  /** The server's public address is another one than that at which tests reach it. */
  async function signIn(role: 'agent' | 'client_admin'): Promise<TestMember> {
    const email = { agent: 'agent@demo.test', client_admin: 'owner@demo.test' }[role]
    const answer = await call({ headers: {} }, 'POST', '/api/auth/sign-in', { email, password: DEMO_PASSWORD })
    const current = (await answer.json()) as TestMember['current']
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { cookie, current, headers: { cookie, 'x-chatdesk-csrf': current.csrfToken } }
  }
  function call(as: Pick<TestMember, 'headers'>, method: string, to: string, body?: unknown): Promise<Response> {
    return fetch(`${server.url}${to}`, {
      method,
      headers: { origin: 'https://chat.example', 'content-type': 'application/json', ...as.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
  const settle = async (as: TestMember, more: Partial<NotificationSettings>) => {
    const answer = await call(as, 'PUT', '/api/chat-widget/notifications', { ...DEFAULT_NOTIFICATIONS, ...more })
    expect(answer.status).toBe(200)
  }
  const subscribe = async (as: TestMember) => {
    const answer = await call(as, 'PUT', '/api/chat-widget/notifications/browser', service.subscription(path))
    expect(answer.status).toBe(204)
  }
  const say = (text: string) =>
    visitor.ask({
      type: 'message.send',
      ...{ conversationId, clientMessageId: `message-${randomUUID()}`, parts: [{ type: 'text', text }] },
    })
  const assign = (as: TestMember, agentId: string) =>
    call(as, 'POST', `/api/chat-widget/conversations/${conversationId}/assign`, { agentId })
  const pushed = () =>
    service.received.filter((push) => push.path === path).map((push) => JSON.parse(service.decrypt(push)))
  const subscriptions = () =>
    server.database.system.selectFrom('push_subscriptions').select('id').where('member_id', 'is not', null).execute()

  it('[A1] each member has settings of their own, which hold what the server can do', async () => {
    const read = async (as: TestMember) =>
      notificationsResponse.parse(await (await call(as, 'GET', '/api/chat-widget/notifications')).json())
    expect(await read(admin)).toMatchObject({
      ...{ notifications: DEFAULT_NOTIFICATIONS, sendsMail: true, pushKey: expect.any(String) },
    })
    await settle(agent, { sound: false, quietHours: { from: '22:00', to: '07:00', timeZone: 'Asia/Kolkata' } })
    expect((await read(agent)).notifications).toMatchObject({ sound: false, quietHours: { from: '22:00' } })
    expect((await read(admin)).notifications.sound).toBe(true)
    const bad = { ...DEFAULT_NOTIFICATIONS, newMessage: 'all' }
    expect((await call(agent, 'PUT', '/api/chat-widget/notifications', bad)).status).toBe(422)
  })

  it('[A5] pushes a new conversation, and a message in one of one’s own, to a member who is not there', async () => {
    await settle(agent, { push: true })
    await subscribe(agent)
    await say('Is anybody there?')
    await expect.poll(() => pushed().length, { timeout: 20_000 }).toBe(1)
    expect(pushed()[0]).toMatchObject({
      ...{ title: expect.stringContaining('Visitor'), body: 'Is anybody there?', conversationId },
      tag: `chatdesk-console_${conversationId}`,
    })
    // A further message of the same wait is no new conversation.
    await say('Hello?')
    expect((await assign(admin, agent.current.member.id)).status).toBe(200)
    await expect.poll(() => pushed().at(-1)?.body, { timeout: 20_000 }).toBe('The conversation was given to you.')
    await say('And now?')
    await expect.poll(() => pushed().at(-1)?.body, { timeout: 20_000 }).toBe('And now?')
    expect(pushed()).toHaveLength(3)
  }, 90_000)

  it('[A5] a browser ends with the sign-in, and hears nothing in quiet hours', async () => {
    await subscribe(agent)
    expect(await subscriptions()).toHaveLength(1)
    await settle(agent, { push: true, quietHours: { from: '00:00', to: '23:59', timeZone: 'UTC' } })
    await say('Psst')
    const due = () =>
      server.database.system
        .selectFrom('push_jobs')
        .select('due_at')
        .where('conversation_id', '=', conversationId)
        .execute()
    await expect.poll(due, { timeout: 20_000 }).toEqual([{ due_at: null }])
    expect(pushed()).toEqual([])
    expect((await call(agent, 'POST', '/api/auth/sign-out')).status).toBe(204)
    expect(await subscriptions()).toEqual([])
  }, 60_000)

  it('[B17] tells whom a hand-off has called, by itself', async () => {
    await say('There is an unauthorised charge on my card')
    const { organization, member } = agent.current
    const at = new Date()
    const page = {
      conversation_id: conversationId,
      owner_version: 1,
      member_ids: [member.id],
      paged_at: at,
      due_at: at,
    }
    await server.database.system
      .insertInto('urgent_pages')
      .values({ organization_id: organization.id, ...page })
      .execute()
    await expect
      .poll(() => mails.map(({ subject }) => subject), { timeout: 20_000 })
      .toEqual([expect.stringMatching(/^Urgent: Visitor .* needs somebody at once$/)])
  }, 60_000)

  it('[A6] mails a member what was given to them, and a note that names them, if they want that', async () => {
    await settle(agent, { email: { missed: false, mentioned: true, assigned: true } })
    const agentId = agent.current.member.id
    expect((await assign(admin, agentId)).status).toBe(200)
    await expect
      .poll(() => mails.map(({ subject }) => subject), { timeout: 20_000 })
      .toEqual([expect.stringMatching(/^Visitor .* is yours now$/)])
    const note = { id: randomUUID(), text: 'Can you look at <this>?', mentions: [agentId, admin.current.member.id] }
    const path = `/api/chat-widget/conversations/${conversationId}/notes`
    expect((await call(admin, 'POST', path, note)).status).toBe(201)
    expect((await call(admin, 'POST', path, note)).status).toBe(201)
    await expect.poll(() => mails.length, { timeout: 20_000 }).toBe(2)
    expect(mails[1]).toMatchObject({ to: 'agent@demo.test', thread: `conversation-${conversationId}` })
    expect(mails[1]?.text).toContain('Can you look at <this>?')
    expect(mails[1]?.text).toContain(`https://chat.example/console/#/conversations/${conversationId}`)
  }, 60_000)
})
