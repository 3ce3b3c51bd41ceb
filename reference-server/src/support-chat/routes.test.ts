import { LIMITS } from '@chatdesk/protocol'
import { createIdentityKeyResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sign } from '../identity-keys/testing/test-issuer.js'
import { createTestServer, TEST_DATABASES, type TestMember, type TestServer } from '../testing/index.js'

const SESSIONS = '/api/support/chat/sessions'

/** What the seed says of it, and no schema of ours. */
interface Said {
  session?: {
    id: string
    status: string
    userId: string | null
    agentId: string | null
    agentName: string | null
  } | null
  sessions?: { id: string; status: string }[]
  nextCursor?: string | null
  message?: { id: string; senderId: string; senderType: string; content: string; isRead: boolean }
  messages?: { content: string; senderType: string; isRead: boolean }[]
  reachedStart?: boolean
  error?: { code: string; field?: string }
}

/** Only what `curl` would send: a method, an address, a token, perhaps a body. */
async function curl(
  server: TestServer,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Said & { http: number; head: Headers }> {
  const answer = await fetch(server.url + path, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { ...((await answer.json()) as Said), http: answer.status, head: answer.headers }
}

describe.each(TEST_DATABASES)('seed C, /api/support/chat, on %s', (kind) => {
  let server: TestServer
  let widgetId: string
  let secret: string
  let agent: TestMember
  let reader: TestMember

  beforeAll(async () => {
    const plenty = { points: 1e6, seconds: 1 }
    server = await createTestServer({
      kind,
      limits: { initPerAddress: plenty, callsPerAddress: plenty, messagesPerSession: { points: 20, seconds: 60 } },
    })
    const row = server.database.system.selectFrom('widgets').select('id').where('key', '=', 'wk_demo')
    widgetId = (await row.executeTakeFirstOrThrow()).id
    const admin = await server.signIn('client_admin')
    const made = await server.post(
      `/api/chat-widget/widgets/${widgetId}/identity-keys`,
      { kind: 'jwt_secret' },
      admin.headers,
    )
    secret = createIdentityKeyResponse.parse(await made.json()).secret ?? ''
    agent = await server.signIn('agent')
    reader = await server.signIn('client_user')
  })
  afterAll(() => server.close())

  const tokenOf = async (sub: string, claims: object = {}) => {
    const seconds = Math.floor(Date.now() / 1000)
    const all = { sub, aud: widgetId, iat: seconds, exp: seconds + 600, ...claims }
    return sign(all, Buffer.from(secret), { alg: 'HS256' })
  }
  const userOf = async (sub: string, claims: object = {}) => ({ authorization: `Bearer ${await tokenOf(sub, claims)}` })
  const asTeam = ({ headers }: TestMember) => ({ origin: server.origin, ...headers })
  const start = async (user: Record<string, string>) => {
    const { session } = await curl(server, 'POST', `${SESSIONS}/user`, user, {})
    return session as NonNullable<Said['session']>
  }

  it('POST sessions/user creates a session for an authenticated user, and GET sessions/active finds it', async () => {
    const user = await userOf('uid-1', { name: 'Ada' })
    expect((await curl(server, 'GET', `${SESSIONS}/active`, user)).session).toBeNull()
    const made = await curl(server, 'POST', `${SESSIONS}/user`, user)
    expect(made.http).toBe(201)
    expect(made.session).toMatchObject({ status: 'WAITING', userId: 'uid-1', userName: 'Ada', agentId: null })
    const active = await curl(server, 'GET', `${SESSIONS}/active`, user)
    expect(active.session).toEqual(made.session)
    const again = await curl(server, 'POST', `${SESSIONS}/user`, user, {})
    expect([again.http, again.session?.id]).toEqual([200, made.session?.id])
  })

  it('makes one session of many calls at once, and another one only after the end', async () => {
    const user = await userOf('uid-many')
    const made = await Promise.all(Array.from({ length: 6 }, () => start(user)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    const id = made[0]?.id ?? ''
    const ended = await curl(server, 'POST', `${SESSIONS}/${id}/end`, asTeam(agent))
    expect([ended.http, ended.session?.status]).toEqual([200, 'ENDED'])
    expect((await curl(server, 'GET', `${SESSIONS}/active`, user)).session).toBeNull()
    const next = await Promise.all(Array.from({ length: 6 }, () => start(user)))
    expect(new Set(next.map((session) => session.id)).size).toBe(1)
    expect(next[0]?.id).not.toBe(id)
    expect(next[0]?.status).toBe('WAITING')
  })

  it('carries a session from the queue to an agent, through messages of both, to its end', async () => {
    const user = await userOf('uid-2')
    const { id } = await start(user)
    const inQueue = async () => {
      const { sessions = [] } = await curl(server, 'GET', '/api/support/chat/queue', asTeam(reader))
      return sessions.some((session) => session.id === id)
    }
    // Nobody waits who has said nothing.
    expect(await inQueue()).toBe(false)
    const sent = await curl(server, 'POST', `${SESSIONS}/${id}/messages`, user, { content: 'Where is my money?' })
    expect(sent.http).toBe(201)
    expect(sent.message).toMatchObject({ senderId: 'uid-2', senderType: 'user', isRead: false })
    expect(await inQueue()).toBe(true)
    const { sessions = [] } = await curl(server, 'GET', SESSIONS, asTeam(reader))
    expect(sessions.find((session) => session.id === id)?.status).toBe('WAITING')

    const assigned = await curl(server, 'POST', `${SESSIONS}/${id}/assign`, asTeam(agent), {})
    const { member } = agent.current
    expect(assigned.session).toMatchObject({ status: 'ACTIVE', agentId: member.id, agentName: member.name })
    expect(await inQueue()).toBe(false)
    const reply = await curl(server, 'POST', `${SESSIONS}/${id}/messages`, asTeam(agent), { content: 'On its way.' })
    expect(reply.message).toMatchObject({ senderId: member.id, senderType: 'agent', content: 'On its way.' })

    for (const who of [user, asTeam(reader)]) {
      const read = await curl(server, 'GET', `${SESSIONS}/${id}`, who)
      expect(read.session?.id).toBe(id)
      expect(read.messages?.map(({ content }) => content)).toEqual(['Where is my money?', 'On its way.'])
      expect(read.reachedStart).toBe(true)
    }
    const ended = await curl(server, 'POST', `${SESSIONS}/${id}/end`, asTeam(agent))
    expect(ended.session?.status).toBe('ENDED')
    expect((await curl(server, 'POST', `${SESSIONS}/${id}/end`, asTeam(agent))).session?.status).toBe('ENDED')
  })

  it('assigns to whom it is told to, and to nobody who does not answer', async () => {
    const { id } = await start(await userOf('uid-3'))
    const admin = await server.signIn('client_admin')
    const assign = (agentId: string) => curl(server, 'POST', `${SESSIONS}/${id}/assign`, asTeam(agent), { agentId })
    expect((await assign(admin.current.member.id)).session?.agentId).toBe(admin.current.member.id)
    expect((await assign(reader.current.member.id)).error).toMatchObject({
      code: 'VALIDATION_FAILED',
      field: 'agentId',
    })
  })

  it('takes the same message once where it is named, and each one where it is not', async () => {
    const user = await userOf('uid-4')
    const { id } = await start(user)
    const send = (body: object) => curl(server, 'POST', `${SESSIONS}/${id}/messages`, user, body)
    const named = { content: 'Once', clientMessageId: 'message-0001' }
    expect([(await send(named)).http, (await send(named)).http]).toEqual([201, 200])
    expect((await send({ ...named, content: 'Other' })).error?.code).toBe('ID_REUSED')
    expect([(await send({ content: 'A' })).http, (await send({ content: 'A' })).http]).toEqual([201, 201])
    const { messages } = await curl(server, 'GET', `${SESSIONS}/${id}`, user)
    expect(messages?.map(({ content }) => content)).toEqual(['Once', 'A', 'A'])
    const last = await curl(server, 'GET', `${SESSIONS}/${id}?limit=1`, user)
    expect([last.messages?.map(({ content }) => content), last.reachedStart]).toEqual([['A'], false])
  })

  it('refuses as everything else does: empty words, too many, unknown ones, no token, a bad one', async () => {
    const user = await userOf('uid-5')
    const { id } = await start(user)
    const send = (content: unknown, headers: Record<string, string> = user) =>
      curl(server, 'POST', `${SESSIONS}/${id}/messages`, headers, { content })
    for (const content of ['', ' \n ', 'x'.repeat(LIMITS.textLength + 1), 7, null])
      expect((await send(content)).error).toMatchObject({ code: 'VALIDATION_FAILED', field: 'content' })
    const bad: Record<string, Record<string, string>> = {
      nobody: {},
      'an old token': await userOf('uid-5', { exp: Math.floor(Date.now() / 1000) - 5 }),
      'a token for somebody else': await userOf('uid-5', { aud: 'another' }),
      'a token of ours': { authorization: `Bearer ${(await server.initVisitor()).token}` },
      'a token without a signature': {
        authorization: `Bearer ${(await tokenOf('uid-5')).replace(/\.[^.]*$/, '.')}`,
      },
    }
    const codes = async (headers: Record<string, string>) => [
      (await curl(server, 'POST', `${SESSIONS}/user`, headers, {})).error?.code,
      (await curl(server, 'GET', `${SESSIONS}/active`, headers)).error?.code,
      (await curl(server, 'GET', `${SESSIONS}/${id}`, headers)).error?.code,
      (await send('Hello', { origin: server.origin, ...headers })).error?.code,
    ]
    for (const [name, headers] of Object.entries(bad))
      expect([name, ...new Set(await codes(headers))]).toEqual([name, 'UNAUTHENTICATED'])
    for (const path of ['', '/not-an-id', '/01900000-0000-7000-8000-000000000001'])
      expect((await curl(server, 'GET', `${SESSIONS}${path}`, asTeam(reader))).error?.code ?? 'fine').toBe(
        path === '' ? 'fine' : 'NOT_FOUND',
      )
  })

  it("threat 24: a user's session is nobody else's, and the queue and the ends are the team's", async () => {
    const owner = await userOf('uid-6')
    const other = await userOf('uid-7')
    const { id } = await start(owner)
    await start(other)
    expect((await curl(server, 'GET', `${SESSIONS}/${id}`, other)).error?.code).toBe('NOT_FOUND')
    const send = { content: 'I am not them' }
    expect((await curl(server, 'POST', `${SESSIONS}/${id}/messages`, other, send)).error?.code).toBe('NOT_FOUND')
    for (const [method, path] of [
      ['GET', SESSIONS],
      ['GET', '/api/support/chat/queue'],
      ['POST', `${SESSIONS}/${id}/assign`],
      ['POST', `${SESSIONS}/${id}/end`],
    ] as const)
      expect((await curl(server, method, path, { origin: server.origin, ...owner })).error?.code).toBe(
        'UNAUTHENTICATED',
      )
    expect((await curl(server, 'POST', `${SESSIONS}/${id}/messages`, asTeam(reader), send)).error?.code).toBe(
      'FORBIDDEN',
    )
    expect((await curl(server, 'POST', `${SESSIONS}/user`, asTeam(agent), {})).error?.code).toBe('UNAUTHENTICATED')
  })

  it('threat 16: what comes with a cookie comes from an own page, with its token', async () => {
    const { id } = await start(await userOf('uid-8'))
    const body = { content: 'Forged' }
    const { cookie, ...rest } = asTeam(agent) as Record<string, string>
    const send = async (headers: Record<string, string>) =>
      (await curl(server, 'POST', `${SESSIONS}/${id}/messages`, headers, body)).error?.code
    expect(await send({ ...rest, cookie: cookie ?? '', origin: 'https://elsewhere.test' })).toBe('FORBIDDEN')
    expect(await send({ origin: server.origin, cookie: cookie ?? '' })).toBe('FORBIDDEN')
  })

  it('threat 23: a page that the widget does not name is refused, and may not read why', async () => {
    const user = await userOf('uid-9')
    const foreign = await curl(server, 'POST', `${SESSIONS}/user`, { ...user, origin: 'https://elsewhere.test' }, {})
    expect(foreign.error?.code).toBe('FORBIDDEN_ORIGIN')
    expect(foreign.head.get('access-control-allow-origin')).toBeNull()
    const own = await curl(server, 'POST', `${SESSIONS}/user`, { ...user, origin: server.origin }, {})
    expect([own.http, own.head.get('access-control-allow-origin')]).toEqual([201, server.origin])
  })

  it('is one conversation with the widget: what its browser shows, and what the console answers', async () => {
    const sub = 'uid-10'
    const { token } = await server.initVisitor({ user: { token: await tokenOf(sub) } })
    const bearer = { authorization: `Bearer ${token}` }
    const { id } = await start(await userOf(sub))
    const list = await curl(server, 'GET', '/api/widget/conversations', bearer)
    expect((list as unknown as { conversations: { id: string; live: boolean }[] }).conversations).toMatchObject([
      { id, live: true },
    ])
    const said = { clientMessageId: crypto.randomUUID(), text: 'From the widget' }
    await server.post(`/api/widget/conversations/${id}/messages`, said, bearer)
    const { messages } = await curl(server, 'GET', `${SESSIONS}/${id}`, await userOf(sub))
    expect(messages?.map(({ content }) => content)).toEqual(['From the widget'])
    // Ended, it is followed by another one in the same browser.
    await curl(server, 'POST', `${SESSIONS}/${id}/end`, asTeam(agent))
    const next = await start(await userOf(sub))
    expect(next.id).not.toBe(id)
  })

  it('counts messages as everywhere', async () => {
    const user = await userOf('uid-11')
    const { id } = await start(user)
    const sends = Array.from({ length: 25 }, () =>
      curl(server, 'POST', `${SESSIONS}/${id}/messages`, user, { content: 'Again' }),
    )
    const codes = (await Promise.all(sends)).map(({ http }) => http)
    expect(codes.filter((http) => http === 201)).toHaveLength(20)
    expect(codes.filter((http) => http === 429)).toHaveLength(5)
  })

  it('pages the list and the queue, each session once', async () => {
    for (let n = 0; n < 5; n++) {
      const user = await userOf(`uid-page-${n}`)
      const { id } = await start(user)
      await curl(server, 'POST', `${SESSIONS}/${id}/messages`, user, { content: 'I wait' })
    }
    for (const path of [SESSIONS, '/api/support/chat/queue']) {
      const seen: string[] = []
      let cursor: string | null | undefined
      do {
        const query: string = cursor ? `&cursor=${cursor}` : ''
        const page = await curl(server, 'GET', `${path}?limit=2${query}`, asTeam(reader))
        seen.push(...(page.sessions ?? []).map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor)
      const whole = await curl(server, 'GET', `${path}?limit=100`, asTeam(reader))
      expect(seen).toHaveLength(whole.sessions?.length ?? -1)
      expect(new Set(seen)).toEqual(new Set(whole.sessions?.map(({ id }) => id)))
    }
    expect((await curl(server, 'GET', '/api/support/chat/queue?cursor=x', asTeam(reader))).error?.field).toBe('cursor')
  })

  it('asks which widget is meant where the server has several', async () => {
    const { organizationId } = await server.chat.api.createOrganization({ name: 'Another' })
    await server.chat.api.createWidget({ organizationId, name: 'Another', allowedOrigins: [server.origin] })
    const user = await userOf('uid-12')
    expect((await curl(server, 'POST', `${SESSIONS}/user`, user, {})).error).toMatchObject({ field: 'widgetKey' })
    const made = await curl(server, 'POST', `${SESSIONS}/user`, user, { widgetKey: 'wk_demo' })
    expect(made.http).toBe(201)
    const byHeader = await curl(server, 'GET', `${SESSIONS}/active`, { ...user, 'x-widget-key': 'wk_demo' })
    const byQuery = await curl(server, 'GET', `${SESSIONS}/active?widgetKey=wk_demo`, user)
    expect([byHeader.session?.id, byQuery.session?.id]).toEqual([made.session?.id, made.session?.id])
  })
})
