import { createHmac } from 'node:crypto'
import { type CreateIdentityKeyResponse, LIMITS } from '@chatdesk/protocol'
import { createIdentityKeyResponse, listVisitorConversationsResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pdfOf } from '../files/testing/sample-files.js'
import { uploadClient } from '../files/testing/upload-client.js'
import { sign } from '../identity-keys/testing/test-issuer.js'
import type { Mail } from '../platform/mailer.js'
import { connectWebSocket } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestServer } from '../testing/index.js'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe.each(TEST_DATABASES)('conversations of a verified user, on %s', (kind) => {
  let server: TestServer
  let mailing: TestServer
  let widgetId: string
  let jwt: CreateIdentityKeyResponse
  let hmac: CreateIdentityKeyResponse
  const mails: Mail[] = []

  beforeAll(async () => {
    const mail = { send: async (one: Mail) => void mails.push(one) }
    mailing = await createTestServer({ kind, mail, publicUrl: 'https://chat.example' })
    // A page of the console is one of the address that mails name: the team uses another node.
    server = await createTestServer({ beside: mailing })
    const row = server.database.system.selectFrom('widgets').select('id').where('key', '=', 'wk_demo')
    widgetId = (await row.executeTakeFirstOrThrow()).id
    const { headers } = await server.signIn('client_admin')
    const make = async (body: object) => {
      const answer = await server.post(`/api/chat-widget/widgets/${widgetId}/identity-keys`, body, headers)
      return createIdentityKeyResponse.parse(await answer.json())
    }
    jwt = await make({ kind: 'jwt_secret' })
    hmac = await make({ kind: 'hmac' })
  })
  afterAll(async () => {
    await server.close()
    await mailing.close()
  })
  beforeEach(() => {
    mails.length = 0
  })

  const byJwt = async (sub: string, claims: object = {}) => {
    const seconds = Math.floor(Date.now() / 1000)
    const all = { sub, aud: widgetId, iat: seconds, exp: seconds + 600, ...claims }
    return { token: await sign(all, Buffer.from(jwt.secret ?? ''), { alg: 'HS256' }) }
  }
  const byHmac = (id: string) => ({
    id,
    hash: createHmac('sha256', hmac.secret ?? '')
      .update(`v1|${widgetId}|${id}`)
      .digest('hex'),
  })
  let tabs = 0
  const signIn = async (user: object) => {
    tabs += 1
    const tabId = `tab-${String(tabs).padStart(8, '0')}`
    const { token, visitorId } = await server.initVisitor({ tabId, user: user as never })
    const client = await connectWebSocket(server.url, { origin: server.origin })
    await client.start(token, { tabId })
    return { token, visitorId, client }
  }
  type Signed = Awaited<ReturnType<typeof signIn>>
  const begin = async ({ client }: Signed, text: string) => {
    const answer = await client.ask({ type: 'conversation.start', clientConversationId: crypto.randomUUID() })
    const { conversationId } = answer as { conversationId: string }
    const message = { clientMessageId: crypto.randomUUID(), parts: [{ type: 'text' as const, text }] }
    await client.ask({ type: 'message.send', conversationId, ...message })
    return conversationId
  }
  const list = async ({ token }: Signed) => {
    const answer = await server.get('/api/widget/conversations', bearer(token))
    return listVisitorConversationsResponse.parse(await answer.json()).conversations
  }
  const mailTo = async ({ token }: Signed, conversationId: string, email: string) => {
    const answer = await fetch(`${mailing.url}/api/widget/conversations/${conversationId}/transcript`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(token) },
      body: JSON.stringify({ email }),
    })
    return answer.status === 204 ? 'sent' : ((await answer.json()) as { error: { code: string } }).error.code
  }

  /** The team has spoken. */
  const answered = async (conversationId: string) => {
    const agent = await connectWebSocket(server.url, { origin: server.origin })
    await agent.start(await server.ticket(await server.signIn('agent')))
    const parts = [{ type: 'text' as const, text: 'hi' }]
    const sent = { type: 'message.send' as const, conversationId, clientMessageId: crypto.randomUUID(), parts }
    expect(await agent.ask(sent)).toMatchObject({ ok: true })
  }

  it('[C11] all of theirs are listed in every browser where they have signed in, and nobody else’s', async () => {
    const [here, there] = [await signIn(await byJwt('asha')), await signIn(await byJwt('asha'))]
    const [first, second] = [await begin(here, 'from here'), await begin(there, 'from there')]
    for (const [one, live] of [
      [here, first],
      [there, second],
    ] as const) {
      const listed = await list(one)
      expect(listed.map(({ id }) => id).sort()).toEqual([first, second].sort())
      expect(listed.filter((row) => row.live).map(({ id }) => id)).toEqual([live])
    }
    const stranger = await signIn(await byJwt('ravi'))
    expect(await list(stranger)).toEqual([])
    const foreign = await stranger.client.ask({ type: 'conversation.open', conversationId: first })
    expect(foreign).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  it('[C10] [C11] one of another browser moves into this session when it is opened, and is read before as a list row alone', async () => {
    const here = await signIn(await byJwt('meera'))
    const conversationId = await begin(here, 'hello')
    const there = await signIn(await byJwt('meera'))
    const unread = await there.client.ask({ type: 'history.load', conversationId, limit: LIMITS.historyPage })
    expect(unread).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await there.client.ask({ type: 'conversation.open', conversationId })).toMatchObject({
      type: 'session.ready',
      conversations: [{ conversationId, headSeq: 1 }],
    })
    expect((await list(there)).map(({ id, live }) => ({ id, live }))).toEqual([{ id: conversationId, live: true }])
    expect((await list(here)).map(({ id, live }) => ({ id, live }))).toEqual([{ id: conversationId, live: false }])
  })

  it('[C14] a transcript goes to the address that the site has proved, and to no other', async () => {
    const asha = await signIn(await byJwt(`proved-${kind}`, { email: `Asha-${kind}@a.test` }))
    const conversationId = await begin(asha, 'hello')
    await answered(conversationId)
    expect(await mailTo(asha, conversationId, 'else@a.test')).toBe('FORBIDDEN')
    expect(await mailTo(asha, conversationId, `asha-${kind}@a.test`.toLowerCase())).toBe('sent')
    expect(mails.map(({ to }) => to)).toEqual([`asha-${kind}@a.test`.toLowerCase()])
  })

  it('[C14] [S13] whom an HMAC has proved has no proved address: the first one that is named counts', async () => {
    const id = `hashed-${kind}`
    await signIn(await byJwt(id, { email: 'proved@a.test' }))
    const visitor = await signIn(byHmac(id))
    const conversationId = await begin(visitor, 'hello')
    await answered(conversationId)
    expect(await mailTo(visitor, conversationId, `named-${kind}@a.test`.toLowerCase())).toBe('sent')
    expect(await mailTo(visitor, conversationId, 'proved@a.test')).toBe('FORBIDDEN')
  })

  it('[W7] [W8] what was said and done before signing in is given out, and deleted, with the rest', async () => {
    const tabId = `before-${kind}-000001`
    const before = await server.initVisitor({ tabId })
    const client = await connectWebSocket(server.url, { origin: server.origin })
    await client.start(before.token, { tabId })
    await client.ask({ type: 'visitor.update', facts: { traits: { name: 'Said before' } } })
    await server.post('/api/widget/events', { events: [{ name: 'looked before' }] }, bearer(before.token))
    const files = uploadClient(server, bearer(before.token))
    const { upload } = await files.form({ name: 'never-sent.pdf', bytes: pdfOf() })
    await begin({ ...before, client }, 'written before')
    const user = (await byJwt(`erased-${kind}`)) as never
    const after = await server.initVisitor({ tabId, token: before.token, visitorToken: before.visitorToken, user })
    const given = await (await server.get('/api/widget/visitor/export', bearer(after.token))).text()
    for (const trace of ['Said before', 'looked before', 'written before']) expect(given).toContain(trace)
    const answer = await fetch(`${server.url}/api/widget/visitor`, { method: 'DELETE', headers: bearer(after.token) })
    expect(await answer.json()).toMatchObject({ conversations: 1, complete: true })
    for (const table of [
      'conversations',
      'events',
      'visitor_sessions',
      'visitor_events',
      'visitors',
      'files',
    ] as const) {
      const rows = JSON.stringify(await server.database.system.selectFrom(table).selectAll().execute())
      for (const trace of [before.sessionId, before.visitorId, after.visitorId, upload?.id])
        expect(rows, table).not.toContain(trace)
    }
  })
})
