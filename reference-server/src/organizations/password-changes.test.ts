import type { SignInSession } from '@chatdesk/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Mail } from '../platform/mailer.js'
import { createRateLimit } from '../platform/rate-limit.js'
import { TEST_DATABASES, type TestMember } from '../testing/index.js'
import type { MemberActor } from './actor.js'
import { changePassword } from './password-changes.js'
import { createPasswords } from './passwords.js'
import { createMembersScene, type MembersScene, PASSWORD } from './testing/members-scene.js'

const NEXT = 'four other plain words'
const PUBLIC_URL = 'http://localhost:3001/desk'

describe.each(TEST_DATABASES)('passwords on %s', (kind) => {
  let scene: MembersScene
  let organizationId: string
  let member: TestMember & { email: string; id: string }
  let mails: Mail[] = []
  let failing = false
  const now = { value: new Date('2026-01-01T00:00:00.000Z') }
  const lines: string[] = []
  const log = (fields: object, message?: string) => lines.push(`${JSON.stringify(fields)} ${message}`)
  beforeAll(async () => {
    const send = async (mail: Mail) => {
      if (failing) throw Object.assign(new Error(`${mail.to} ${mail.text}`), { code: 'ECONNECTION' })
      mails.push(mail)
    }
    scene = await createMembersScene({
      kind,
      clock: () => now.value,
      mail: { send },
      publicUrl: PUBLIC_URL,
      logger: { debug: log, info: log, warn: log, error: log },
    })
    const call = scene.call
    scene.call = (method, path, options = {}) =>
      call(method, path, { ...options, headers: { origin: new URL(PUBLIC_URL).origin, ...options.headers } })
  })
  afterAll(() => scene.close())
  beforeEach(async () => {
    mails = []
    lines.length = 0
    failing = false
    organizationId = (await scene.found()).organizationId
    member = await join()
  })

  /** `scene.join` signs in from an origin that is not the public one. */
  async function join() {
    const email = `${crypto.randomUUID()}@acme.test`
    const facts = { organizationId, email, name: 'Noor', role: 'agent' as const, password: PASSWORD }
    const { memberId: id } = await scene.server.chat.api.createMember(facts)
    return { email, id, ...(await signIn(email)) }
  }
  async function signIn(email: string, password = PASSWORD, userAgent = 'A browser') {
    const headers = { 'user-agent': userAgent }
    const answer = await scene.call<TestMember['current']>('POST', '/api/auth/sign-in', {
      body: { email, password },
      headers,
    })
    const cookie = answer.cookies[0]?.split(';')[0] ?? ''
    return {
      status: answer.status,
      cookie,
      current: answer.body,
      headers: { cookie, 'x-chatdesk-csrf': answer.body.csrfToken },
    }
  }
  const me = async (as: Pick<TestMember, 'headers'>) => (await scene.call('GET', '/api/auth/me', { as })).status
  const forgot = (email: string) => scene.call('POST', '/api/auth/forgot', { body: { email } })
  const reset = (token: string, password = NEXT) => scene.call('POST', '/api/auth/reset', { body: { token, password } })
  const mailed = async () => {
    await expect.poll(() => mails.length).toBe(1)
    const [mail] = mails.splice(0)
    return mail as Mail
  }
  const tokenIn = (mail: Mail) => /reset#(pr_[\w-]{43})\n/.exec(mail.text)?.[1] ?? ''

  it('threat 37: another password ends every other sign-in, and not this one', async () => {
    const other = await signIn(member.email)
    const change = (body: object) => scene.call('POST', '/api/auth/password', { as: member, body })
    expect(await change({ current: 'wrong', next: NEXT })).toMatchObject({
      status: 422,
      body: { error: { field: 'current' } },
    })
    expect(await change({ current: PASSWORD, next: 'qwertyuiop12' })).toMatchObject({
      status: 422,
      body: { error: { field: 'next' } },
    })
    expect(await me(other)).toBe(200)
    expect((await change({ current: PASSWORD, next: NEXT })).status).toBe(204)
    expect([await me(member), await me(other)]).toEqual([200, 401])
    expect((await signIn(member.email)).status).toBe(401)
    expect((await signIn(member.email, NEXT)).status).toBe(200)
  })

  it('threat 35: who sits at an open session guesses no oftener than at the door', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 11; n++)
      statuses.push(
        (await scene.call('POST', '/api/auth/password', { as: member, body: { current: 'no', next: NEXT } })).status,
      )
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429])
  })

  it('threat 37: a link for a new password works once, and ends every sign-in', async () => {
    expect((await forgot(member.email.toUpperCase())).status).toBe(204)
    const mail = await mailed()
    expect(mail.to).toBe(member.email)
    expect(mail.text).toContain(`${PUBLIC_URL}/console/reset#pr_`)
    const token = tokenIn(mail)
    const rows = await scene.server.database.system.selectFrom('password_resets').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(await reset(token, 'password1234')).toMatchObject({ status: 422, body: { error: { field: 'password' } } })
    expect((await reset(token)).status).toBe(204)
    expect(await me(member)).toBe(401)
    expect((await signIn(member.email, NEXT)).status).toBe(200)
    expect((await reset(token, PASSWORD)).status).toBe(404)
  })

  it('threat 37: such a link ends after an hour, with the next one, and with a change', async () => {
    await forgot(member.email)
    const first = tokenIn(await mailed())
    await forgot(member.email)
    const second = tokenIn(await mailed())
    expect((await reset(first)).status).toBe(404)
    await scene.call('POST', '/api/auth/password', { as: member, body: { current: PASSWORD, next: NEXT } })
    expect((await reset(second)).status).toBe(404)
    await forgot(member.email)
    const third = tokenIn(await mailed())
    const start = now.value
    now.value = new Date(start.getTime() + 3_600_000)
    expect((await reset(third)).status).toBe(404)
    now.value = start
    expect((await reset(third)).status).toBe(204)
  })

  it('threat 37: whoever knew the password before does not set back one that was set by a link meanwhile', async () => {
    await forgot(member.email)
    const token = tokenIn(await mailed())
    const passwords = createPasswords()
    const context = {
      ...{ database: scene.server.database, clock: () => now.value, generateId: () => crypto.randomUUID() },
      changes: { emit() {}, onChange: () => () => {} },
      passwords: {
        ...passwords,
        async hash(password: string) {
          expect((await reset(token)).status).toBe(204)
          return passwords.hash(password)
        },
      },
    }
    const actor = { kind: 'member', organizationId, memberId: member.id, memberSessionId: crypto.randomUUID() }
    const perAccount = createRateLimit({ points: 10, seconds: 1 })
    const input = { current: PASSWORD, next: 'what somebody else wants' }
    await expect(changePassword(context, { perAccount }, actor as MemberActor, input)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      field: 'current',
    })
    expect((await signIn(member.email, NEXT)).status).toBe(200)
  })

  it('threat 35: asking for a link tells nothing of who exists, and mails nobody else', async () => {
    const answers = await Promise.all(
      [
        member.email,
        'nobody@acme.test',
        "' or 1=1 --",
        member.email,
        member.email,
        member.email,
        member.email,
        member.email,
      ].map(forgot),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveProperty('size', 1)
    expect(answers[0]).toMatchObject({ status: 204, cookies: [] })
    // However often somebody asks.
    await expect.poll(() => lines.join('\n')).toContain('could not be mailed')
    await expect.poll(() => mails.map(({ to }) => to)).toEqual(Array.from({ length: 5 }, () => member.email))
  })

  it('threat 35: whoever asks for links without end does not end the one that was mailed last', async () => {
    // One after the other: each is answered before it is mailed.
    for (let n = 1; n <= 10; n++) {
      await forgot(member.email)
      await expect.poll(() => mails.length).toBe(Math.min(n, 5))
    }
    await expect.poll(() => lines.filter((line) => line.includes('RATE_LIMITED'))).toHaveLength(5)
    expect((await reset(tokenIn(mails[4] as Mail))).status).toBe(204)
  })

  it('threat 57: the Host of a request is in no mail', async () => {
    const { port } = new URL(scene.server.url)
    const { request } = await import('node:http')
    const body = JSON.stringify({ email: member.email })
    await new Promise((resolve) => {
      const headers = { host: 'evil.example', 'content-type': 'application/json', 'content-length': body.length }
      request({ port, host: '127.0.0.1', path: '/api/auth/forgot', method: 'POST', headers }, resolve).end(body)
    })
    const mail = await mailed()
    expect(mail.text + mail.html).not.toContain('evil.example')
  })

  it('threat 40: a mail that fails is in the log without address and without secret', async () => {
    failing = true
    await forgot(member.email)
    await expect
      .poll(() => lines)
      .toEqual(['{"reason":"ECONNECTION","kind":"reset","attempts":1} a mail could not be sent yet'])
    const admin = await scene.server.chat.api
      .createMember({
        organizationId,
        email: `${crypto.randomUUID()}@x.test`,
        name: 'A',
        role: 'client_admin',
        password: PASSWORD,
      })
      .then(({ memberId }) =>
        scene.server.database.system
          .selectFrom('members')
          .select('email')
          .where('id', '=', memberId)
          .executeTakeFirstOrThrow(),
      )
    const as = await signIn(admin.email)
    const sent = await scene.call<{ mailed: boolean; link: string }>('POST', '/api/chat-widget/invites', {
      as,
      body: { email: 'new@acme.test', role: 'agent' },
    })
    expect(sent).toMatchObject({ status: 201, body: { mailed: false } })
    expect(sent.body.link).toMatch(new RegExp(`^${PUBLIC_URL}/console/invite#`))
    expect(lines.join('\n')).not.toMatch(/iv_|pr_|acme\.test/)
  })

  it('threat 55: names in an invite are text, in both forms', async () => {
    const name = '<img src=x onerror=alert(1)> & "Co"'
    const { organizationId: id } = await scene.server.chat.api.createOrganization({ name })
    organizationId = id
    const email = `${crypto.randomUUID()}@acme.test`
    await scene.server.chat.api.createMember({ organizationId, email, name, role: 'client_admin', password: PASSWORD })
    await scene.call('POST', '/api/chat-widget/invites', {
      as: await signIn(email),
      body: { email: 'new@acme.test', role: 'agent' },
    })
    const mail = await mailed()
    expect(mail.text).toContain(name)
    expect(mail.html).not.toContain('<img')
    expect(mail.html).toContain('&#60;img src=x onerror=alert(1)&#62; &#38; &#34;Co&#34;')
  })

  it('shows where one is signed in, and ends that, one or all', async () => {
    const other = await signIn(member.email, PASSWORD, 'Another browser')
    const third = await signIn(member.email)
    const list = async () =>
      (await scene.call<{ sessions: SignInSession[] }>('GET', '/api/auth/sessions', { as: member })).body.sessions
    const sessions = await list()
    expect(sessions).toHaveLength(3)
    expect(sessions.filter(({ current }) => current)).toHaveLength(1)
    const another = sessions.find(({ userAgent }) => userAgent === 'Another browser')
    const end = (as: Pick<TestMember, 'headers'>, id = '') => scene.call('DELETE', `/api/auth/sessions/${id}`, { as })
    // Nobody's but one's own.
    expect((await end(await join(), another?.id)).status).toBe(404)
    expect((await end(member, 'nonsense')).status).toBe(404)
    expect((await end(member, another?.id)).status).toBe(204)
    expect([await me(other), await me(third), (await list()).length]).toEqual([401, 200, 2])
    const everywhere = await scene.call('POST', '/api/auth/sign-out-everywhere', { as: member })
    expect(everywhere).toMatchObject({ status: 204, cookies: [expect.stringContaining('Max-Age=0')] })
    expect([await me(member), await me(third)]).toEqual([401, 401])
  })
})

it('threat 35: without a mailer a link is asked for in vain, and nobody can tell', async () => {
  const scene = await createMembersScene()
  const answers = await Promise.all(
    ['agent@demo.test', 'nobody@demo.test'].map((email) => scene.call('POST', '/api/auth/forgot', { body: { email } })),
  )
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]?.status).toBe(204)
  expect(await scene.server.database.system.selectFrom('password_resets').selectAll().execute()).toEqual([])
  await scene.close()
})
