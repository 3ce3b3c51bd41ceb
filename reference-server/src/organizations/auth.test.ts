import type { MemberRole, SessionStart } from '@chatdesk/protocol'
import { currentMember, ticketResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '../demo/seed.js'
import { createChangeFeed, createMessageLog } from '../messages/index.js'
import { createIdGenerator } from '../platform/ids.js'
import { createBackend } from '../server-backend.js'
import { createTestServer, TEST_DATABASES, type TestServer } from '../testing/index.js'
import { createWidgetFeed } from '../widgets/index.js'

const CREDENTIALS = { email: 'agent@demo.test', password: DEMO_PASSWORD }

describe.each(TEST_DATABASES)('signing in on %s', (kind) => {
  let server: TestServer
  const now = { value: new Date('2026-01-01T00:00:00.000Z') }
  beforeAll(async () => {
    server = await createTestServer({
      kind,
      clock: () => now.value,
      limits: { signInPerAddress: { points: 1_000, seconds: 60 } },
    })
  })
  afterAll(() => server.close())

  const codeOf = async (answer: Response) => [answer.status, JSON.parse(await answer.text()).error.code]
  const signIn = (body: object = CREDENTIALS, headers?: Record<string, string>) =>
    server.post('/api/auth/sign-in', body, headers)

  it.each(DEMO_SIGN_INS)('lets $email in as $role', async ({ email, name, role }) => {
    const answer = await signIn({ email: email.toUpperCase(), password: DEMO_PASSWORD })
    expect(answer.status).toBe(200)
    expect(currentMember.parse(await answer.json())).toMatchObject({
      member: { email, name, role },
      organization: { name: 'Demo' },
    })
    const [cookie = ''] = answer.headers.getSetCookie()
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(attribute)
    expect(cookie).not.toContain('Secure')
  })

  it('threat 37: every sign-in is a new session; signing out ends it at once', async () => {
    const first = await server.signIn('agent')
    const answer = await signIn(CREDENTIALS, { cookie: first.cookie })
    expect(answer.headers.getSetCookie()[0]).not.toContain(first.cookie)
    expect((await server.get('/api/auth/me', first.headers)).status).toBe(200)
    expect((await server.post('/api/auth/sign-out', undefined, first.headers)).status).toBe(204)
    expect(await codeOf(await server.get('/api/auth/me', first.headers))).toEqual([401, 'UNAUTHENTICATED'])
    expect(await codeOf(await server.post('/api/auth/ticket', undefined, first.headers))).toEqual([
      401,
      'UNAUTHENTICATED',
    ])
  })

  it('signing out of a session that has ended takes its cookie away', async () => {
    const { headers } = await server.signIn('agent')
    await server.post('/api/auth/sign-out', undefined, headers)
    const again = await server.post('/api/auth/sign-out', undefined, headers)
    expect(again.status).toBe(204)
    expect(again.headers.getSetCookie()[0]).toContain('Max-Age=0')
  })

  it('threat 37: the database holds neither password nor usable token', async () => {
    const { cookie } = await server.signIn('agent')
    const token = cookie.split('=')[1] ?? ''
    expect(token).toHaveLength(46)
    const sessions = JSON.stringify(await server.database.system.selectFrom('member_sessions').selectAll().execute())
    const members = JSON.stringify(await server.database.system.selectFrom('members').selectAll().execute())
    for (const secret of [token, DEMO_PASSWORD]) expect(sessions + members).not.toContain(secret)
    expect(sessions).not.toContain(JSON.stringify([...Buffer.from(token)]))
    expect(members).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  })

  it('threat 35: a wrong password and an unknown e-mail get the same answer', async () => {
    const answers = await Promise.all(
      [
        { ...CREDENTIALS, password: 'wrong' },
        { ...CREDENTIALS, email: 'nobody@demo.test' },
      ].map(async (body) => {
        const answer = await signIn(body)
        return { status: answer.status, body: await answer.text(), cookies: answer.headers.getSetCookie() }
      }),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ status: 401, cookies: [] })
  })

  it.each(['owner@demo.test', 'nobody-at-all@demo.test'])(
    'threat 35: after ten failures for %s even the right password waits',
    async (email) => {
      const statuses: number[] = []
      for (let n = 0; n < 11; n++) statuses.push((await signIn({ email, password: 'wrong' })).status)
      expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
      const answer = await signIn({ email, password: DEMO_PASSWORD })
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await codeOf(answer)).toEqual([429, 'RATE_LIMITED'])
    },
  )

  it.each([{}, { email: 7, password: 'x' }, { email: 'a@b.test' }, { email: 'a@b.test', password: 'x'.repeat(300) }])(
    '[E2] refuses %j',
    async (body) => {
      expect(await codeOf(await signIn(body))).toEqual([422, 'VALIDATION_FAILED'])
    },
  )

  it('threat 51: SQL in the e-mail finds nobody', async () => {
    expect(await codeOf(await signIn({ email: "' or 1=1 --", password: 'x' }))).toEqual([401, 'UNAUTHENTICATED'])
  })

  it.each(['/api/auth/sign-in', '/api/auth/sign-out', '/api/auth/ticket'])(
    'threat 16: no page of another site reaches %s, whatever it sends',
    async (path) => {
      const member = await server.signIn('agent')
      const types = [
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]
      const foreign: Record<string, string>[] = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `${server.origin}.evil.example` },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]
      for (const type of types)
        for (const headers of foreign) {
          const all = { ...member.headers, 'content-type': type, origin: server.origin, ...headers }
          const answer = await fetch(`${server.url}${path}`, {
            method: 'POST',
            headers: all,
            body: JSON.stringify(CREDENTIALS),
          })
          expect(await codeOf(answer)).toEqual([403, 'FORBIDDEN'])
          expect(answer.headers.getSetCookie()).toEqual([])
        }
      expect((await server.get('/api/auth/me', member.headers)).status).toBe(200)
    },
  )

  it.each(['/api/auth/sign-out', '/api/auth/ticket'])(
    'threat 16: %s needs the header that only our page knows',
    async (path) => {
      const { cookie, current } = await server.signIn('agent')
      const other = await server.signIn('agent')
      for (const given of [
        {},
        { 'x-chatdesk-csrf': '' },
        { 'x-chatdesk-csrf': `${current.csrfToken}x` },
        { 'x-chatdesk-csrf': other.current.csrfToken },
      ])
        expect(await codeOf(await server.post(path, undefined, { cookie, ...given }))).toEqual([403, 'FORBIDDEN'])
      const form = { cookie, 'x-chatdesk-csrf': current.csrfToken, 'content-type': 'text/plain', origin: server.origin }
      const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers: form, body: '{}' })
      expect(await codeOf(answer)).toEqual([400, 'BAD_FRAME'])
    },
  )

  it('a sign-in ends 8 hours after the last request, and 24 hours after it began', async () => {
    const start = Date.UTC(2026, 1, 1)
    const at = (hours: number) => {
      now.value = new Date(start + hours * 3_600_000)
    }
    at(0)
    const idle = await server.signIn('agent')
    const busy = await server.signIn('agent')
    for (const hours of [7, 14, 21]) {
      at(hours)
      expect((await server.get('/api/auth/me', busy.headers)).status).toBe(200)
    }
    expect((await server.get('/api/auth/me', idle.headers)).status).toBe(401)
    at(24.01)
    expect((await server.get('/api/auth/me', busy.headers)).status).toBe(401)
  })

  describe('tickets', () => {
    const start = (token: string): SessionStart => ({
      type: 'session.start',
      commandId: 'command-1',
      protocolVersion: 1,
      token,
      cursors: [],
    })
    const backend = () => backendOver(server, () => now.value)

    it('[S3] threat 15: opens one connection, from the origin that fetched it, within 30 seconds', async () => {
      const member = await server.signIn('agent')
      const fetchTicket = async () => {
        const answer = await server.post('/api/auth/ticket', undefined, member.headers)
        expect(answer.headers.get('cache-control')).toBe('no-store')
        return ticketResponse.parse(await answer.json()).ticket
      }
      const { authenticate } = backend()
      const first = await fetchTicket()
      const actor = await authenticate(start(first), server.origin)
      expect(actor).toMatchObject({ kind: 'member', role: 'agent', memberId: member.current.member.id })
      await expect(authenticate(start(first), server.origin)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
      for (const origin of ['https://evil.example', undefined, 'null'])
        await expect(authenticate(start(await fetchTicket()), origin)).rejects.toMatchObject({
          code: 'FORBIDDEN_ORIGIN',
        })
      const late = await fetchTicket()
      now.value = new Date(now.value.getTime() + 30_000)
      await expect(authenticate(start(late), server.origin)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
      const orphan = await fetchTicket()
      await server.post('/api/auth/sign-out', undefined, member.headers)
      await expect(authenticate(start(orphan), server.origin)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    })

    it('threat 15: neither cookie nor sign-in token opens a connection', async () => {
      const { cookie, current } = await server.signIn('agent')
      const { authenticate } = backend()
      for (const token of [cookie.split('=')[1] ?? '', current.csrfToken, 'ct_', ''])
        await expect(authenticate(start(token), server.origin)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    })

    it('[S4] [S7] a visitor connects with its own token, tab and origin only', async () => {
      const { token, visitorToken, visitorId } = await server.initVisitor({ tabId: 'tab-00000001' })
      const { authenticate } = backend()
      const frame = { ...start(token), tabId: 'tab-00000001' }
      expect(await authenticate(frame, server.origin)).toMatchObject({ kind: 'visitor', visitorId })
      const refused = async (attempt: Promise<unknown>, code: string) =>
        await expect(attempt).rejects.toMatchObject({ code })
      await refused(authenticate(frame, 'https://evil.example'), 'FORBIDDEN_ORIGIN')
      await refused(authenticate(frame, undefined), 'UNAUTHENTICATED')
      await refused(authenticate({ ...frame, tabId: 'tab-00000002' }, server.origin), 'UNAUTHENTICATED')
      await refused(authenticate(start(token), server.origin), 'UNAUTHENTICATED')
      await refused(authenticate({ ...frame, token: visitorToken }, server.origin), 'UNAUTHENTICATED')
      now.value = new Date(now.value.getTime() + 31 * 24 * 3_600_000)
      await refused(authenticate(frame, server.origin), 'UNAUTHENTICATED')
    })
  })
})

/** The use cases over the test server's database, without a socket in between. */
function backendOver({ database }: TestServer, clock: () => Date) {
  const changes = createChangeFeed(() => {})
  const generateId = createIdGenerator()
  const messages = createMessageLog({ database, changes, clock, generateId })
  return createBackend({ database, changes, clock, generateId, messages, widgetFeed: createWidgetFeed() })
}

describe('over https', () => {
  it('the cookie is bound to this host and to https', async () => {
    const server = await createTestServer({ publicUrl: 'https://chat.example.com' })
    const answer = await server.post('/api/auth/sign-in', CREDENTIALS, { origin: 'https://chat.example.com' })
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-chatdesk=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=')
    const elsewhere = await server.post('/api/auth/sign-in', CREDENTIALS)
    expect(elsewhere.status).toBe(403)
    await server.close()
  })

  it('threat 35: one address may try only so often', async () => {
    const server = await createTestServer({ limits: { signInPerAddress: { points: 3, seconds: 60 } } })
    const roles: MemberRole[] = ['super_admin', 'client_admin', 'agent']
    for (const role of roles) await server.signIn(role)
    expect((await server.post('/api/auth/sign-in', CREDENTIALS)).status).toBe(429)
    await server.close()
  })
})
