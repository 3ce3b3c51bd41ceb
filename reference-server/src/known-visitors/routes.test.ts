import { randomUUID } from 'node:crypto'
import type { ConversationSummary, KnownVisitor } from '@chatdesk/protocol'
import { contactVisitorResponse, listVisitorsResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPushService, type TestPushService } from '../push/testing/push-service.js'
import { connectWebSocket } from '../realtime/testing/test-client.js'
import {
  createTestServer,
  TEST_DATABASES,
  type TestMember,
  type TestServer,
  type TestVisitor,
} from '../testing/index.js'

const VISITORS = '/api/chat-widget/visitors'

describe.each(TEST_DATABASES)('conversations that the team begins, on %s', (kind) => {
  let service: TestPushService
  let server: TestServer
  /** Another node. */
  let other: TestServer
  let agent: TestMember
  let admin: TestMember
  let reader: TestMember
  let tabs = 0

  beforeAll(async () => {
    const plenty = { points: 1e6, seconds: 1 }
    service = await startPushService()
    const limits = { initPerAddress: plenty, callsPerAddress: plenty }
    // Either of them may take what is to be pushed.
    const nodes = { allowPrivatePush: true, sweepMs: 100, limits }
    other = await createTestServer({ kind, ...nodes })
    // Pages are of its address.
    server = await createTestServer({ beside: other, ...nodes })
    ;[agent, admin, reader] = await Promise.all([
      server.signIn('agent'),
      server.signIn('client_admin'),
      server.signIn('client_user'),
    ])
  })
  afterAll(async () => {
    await server.close()
    await other.close()
    await service.close()
  })

  /** A visitor with a page of their own, and a name that only this one has. */
  const arrive = async (said: object = {}) => {
    tabs += 1
    const tabId = `tab-begun-${tabs}`
    const visitor = await server.initVisitor({ tabId, traits: { name: `Person ${tabs} of ${kind}` }, ...said })
    return { ...visitor, tabId }
  }
  type Arrived = TestVisitor & { tabId: string }
  const open = async ({ token, tabId }: Arrived, at: TestServer = server) => {
    const client = await connectWebSocket(at.url, { origin: server.origin })
    return { client, ready: await client.start(token, { tabId }) }
  }
  const contact = (visitorId: string, said: object = {}, member = agent) =>
    server.post(
      `${VISITORS}/${visitorId}/conversations`,
      { clientConversationId: randomUUID(), text: 'Your parcel is here.', ...said },
      member.headers,
    )
  const begin = async (visitorId: string, said: object = {}): Promise<ConversationSummary> => {
    const answer = await contact(visitorId, said)
    expect(answer.status).toBe(201)
    return contactVisitorResponse.parse(await answer.json()).conversation
  }
  const codeOf = async (answer: Response) => ((await answer.json()) as { error?: { code: string } }).error?.code
  const listOf = async ({ token }: Arrived) => {
    const answer = await server.get('/api/widget/conversations', { authorization: `Bearer ${token}` })
    return ((await answer.json()) as { conversations: { id: string; live: boolean; unread: number }[] }).conversations
  }
  const say = (conversationId: string, text: string) => ({
    type: 'message.send',
    conversationId,
    clientMessageId: randomUUID(),
    parts: [{ type: 'text', text }],
  })

  it('[C25] are assigned to whoever begins them, with their words, and once however often it is asked', async () => {
    const visitor = await arrive()
    const said = { clientConversationId: randomUUID() }
    const begun = await begin(visitor.visitorId, said)
    const { member } = agent.current
    expect(begun).toMatchObject({
      status: 'assigned',
      agent: { id: member.id },
      headSeq: 2,
      waitingSince: null,
      lastMessage: { text: 'Your parcel is here.', author: { kind: 'agent', id: member.id } },
      visitor: { id: visitor.visitorId },
    })
    const again = await Promise.all([1, 2, 3].map(() => begin(visitor.visitorId, said)))
    expect(again.map(({ id, headSeq }) => [id, headSeq])).toEqual(again.map(() => [begun.id, 2]))
    expect(await listOf(visitor)).toMatchObject([{ id: begun.id, live: true, unread: 1 }])
    const other = await arrive()
    expect(await codeOf(await contact(other.visitorId, said))).toBe('ID_REUSED')
    expect(await codeOf(await contact(visitor.visitorId, { ...said, text: 'Something else' }))).toBe('ID_REUSED')
    // The same id by somebody else is another one.
    expect((await contact(other.visitorId, said, admin)).status).toBe(201)
  })

  it('[C25] of many at once, under one id, there is one', async () => {
    const visitor = await arrive()
    const said = { clientConversationId: randomUUID() }
    const begun = await Promise.all(Array.from({ length: 5 }, () => begin(visitor.visitorId, said)))
    expect(new Set(begun.map(({ id }) => id)).size).toBe(1)
    expect(await listOf(visitor)).toHaveLength(1)
  })

  it('[C25] threat 24: reach nobody who is not there, is erased or gone, or another organization’s', async () => {
    const visitor = await arrive()
    expect(await codeOf(await contact(randomUUID()))).toBe('NOT_FOUND')
    const { organizationId } = await server.chat.api.createOrganization({ name: 'Another' })
    const { key } = await server.chat.api.createWidget({
      organizationId,
      name: 'Another',
      allowedOrigins: [server.origin],
    })
    const foreign = await server.initVisitor({ widgetKey: key })
    expect(await codeOf(await contact(foreign.visitorId))).toBe('NOT_FOUND')
    const widget = server.database.system.selectFrom('widgets').select('id').where('key', '=', key)
    const widgetId = (await widget.executeTakeFirstOrThrow()).id
    expect(await codeOf(await contact(visitor.visitorId, { widgetId }))).toBe('NOT_FOUND')
    const gone = await arrive()
    await server.database.system
      .updateTable('visitor_sessions')
      .set({ expires_at: new Date(0) })
      .where('visitor_id', '=', gone.visitorId)
      .execute()
    expect(await codeOf(await contact(gone.visitorId))).toBe('FORBIDDEN')
    await fetch(`${server.url}/api/widget/visitor`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${visitor.token}`, origin: server.origin },
    })
    expect(await codeOf(await contact(visitor.visitorId))).toBe('NOT_FOUND')
    expect(await codeOf(await contact((await arrive()).visitorId, {}, reader))).toBe('FORBIDDEN')
  })

  it('[C26] [C27] are shown at once on an open page that showed nothing, with the words and whose they are', async () => {
    const visitor = await arrive()
    const { client, ready } = await open(visitor)
    expect(ready).toMatchObject({ conversations: [] })
    const begun = await begin(visitor.visitorId)
    const shown = await client.next('session.ready')
    expect(shown.conversations).toMatchObject([
      { conversationId: begun.id, status: 'assigned', agent: { id: agent.current.member.id }, headSeq: 2 },
    ])
    expect(shown.conversations[0]?.events.at(-1)).toMatchObject({ parts: [{ text: 'Your parcel is here.' }] })
    // From here on it is a conversation as any other.
    expect(await client.ask(say(begun.id, 'Thank you!'))).toMatchObject({ ok: true, seq: 3 })
    expect(await client.next('message.created')).toMatchObject({ conversationId: begun.id, seq: 3 })
    client.close()
  })

  it('[C26] leave a visitor alone who is in the midst of another one: the list tells of them', async () => {
    const visitor = await arrive()
    const { client } = await open(visitor)
    const started = await client.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
    const { conversationId } = started as { conversationId: string }
    await client.ask(say(conversationId, 'A question'))
    const begun = await begin(visitor.visitorId)
    expect(await listOf(visitor)).toMatchObject([
      { id: begun.id, live: false, unread: 1 },
      { id: conversationId, live: true },
    ])
    expect(await client.ask(say(conversationId, 'Still here'))).toMatchObject({ ok: true })
    expect(client.frames.filter(({ type }) => type === 'session.ready')).toHaveLength(1)
    // The visitor opens it from there.
    const opened = await client.ask({ type: 'conversation.open', conversationId: begun.id })
    expect(opened).toMatchObject({ type: 'session.ready', conversations: [{ conversationId: begun.id }] })
    client.close()
  })

  it('[C26] [C27] take the place of one that has ended, which an open page is sent before it', async () => {
    const visitor = await arrive()
    const { client } = await open(visitor)
    const started = await client.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
    const { conversationId } = started as { conversationId: string }
    await client.ask(say(conversationId, 'Bye'))
    await client.ask({ type: 'conversation.end', conversationId })
    const begun = await begin(visitor.visitorId)
    const shown = await client.next('session.ready')
    expect(shown.conversations.map((sync) => sync.conversationId)).toEqual([conversationId, begun.id])
    const again = await open(visitor)
    expect(again.ready).toMatchObject({ conversations: [{ conversationId: begun.id }] })
    client.close()
    again.client.close()
  })

  it.runIf(kind === 'Postgres')('[C27] are shown on a page that is connected to another node', async () => {
    const visitor = await arrive()
    const { client } = await open(visitor, other)
    const begun = await begin(visitor.visitorId)
    expect((await client.next('session.ready')).conversations).toMatchObject([{ conversationId: begun.id }])
    client.close()
  })

  it('are pushed to a browser whose page is closed', async () => {
    const visitor = await arrive()
    const path = `/push/begun-${kind}`
    const subscribed = await fetch(`${server.url}/api/widget/push`, {
      method: 'PUT',
      headers: {
        origin: server.origin,
        'content-type': 'application/json',
        authorization: `Bearer ${visitor.token}`,
      },
      body: JSON.stringify({ ...service.subscription(path), label: 'A new message' }),
    })
    expect(subscribed.status).toBe(204)
    await begin(visitor.visitorId)
    await expect.poll(() => service.received.filter((push) => push.path === path).length, { timeout: 50_000 }).toBe(1)
  })

  const list = async (query = '', member = reader) => {
    const answer = await server.get(`${VISITORS}${query}`, member.headers)
    return listVisitorsResponse.parse(await answer.json())
  }
  const listAll = async (query: string) => {
    const found: KnownVisitor[] = []
    let cursor: string | null = ''
    do {
      const page = await list(`?${query}${cursor ? `&cursor=${cursor}` : ''}`)
      found.push(...page.visitors)
      cursor = page.nextCursor
    } while (cursor)
    return found
  }

  it('lists visitors, who was seen last first, and finds them by a part of name or address', async () => {
    const mark = `Zephyrine-${kind}`
    const said = [
      { name: `${mark} One` },
      { name: 'Somebody', email: `${mark.toLowerCase()}@example.test` },
      { name: `${mark} 100%_` },
    ]
    const made: Arrived[] = []
    for (const traits of said) {
      made.push(await arrive({ traits }))
      await server.database.system
        .updateTable('visitors')
        .set({ last_seen_at: new Date(Date.now() + made.length * 1_000) })
        .where('id', '=', made.at(-1)?.visitorId ?? '')
        .execute()
    }
    const ids = made.map(({ visitorId }) => visitorId).reverse()
    expect((await listAll(`q=${mark.toUpperCase()}`)).map(({ id }) => id)).toEqual(ids)
    expect((await listAll(`q=${mark}&limit=1`)).map(({ id }) => id)).toEqual(ids)
    expect((await listAll(`q=${encodeURIComponent('100%_')}`)).map(({ id }) => id)).toContain(ids[0])
    expect(await listAll('q=nobody-has-this-name')).toEqual([])
    const { visitors } = await list('?limit=3')
    expect(visitors.map(({ id }) => id)).toEqual(ids)
    expect(visitors[1]).toMatchObject({ email: `${mark.toLowerCase()}@example.test`, emailClaimed: true })
    expect(visitors[2]).toMatchObject({ name: `${mark} One`, nameClaimed: true, identified: false, reachable: true })
    const begun = await begin(ids[0] ?? '')
    expect((await list('?limit=1')).visitors[0]?.conversationId).toBe(begun.id)
    const all = await listAll('limit=2')
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.map(({ lastSeenAt }) => lastSeenAt)).toEqual(
      all
        .map(({ lastSeenAt }) => lastSeenAt)
        .sort()
        .reverse(),
    )
    expect(await codeOf(await server.get(`${VISITORS}?cursor=x`, reader.headers))).toBe('VALIDATION_FAILED')
  })
})
