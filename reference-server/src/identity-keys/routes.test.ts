import { createIdentityKeyResponse, listIdentityKeysResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, TEST_DATABASES, type TestMember, type TestServer } from '../testing/index.js'
import { createTestIssuer, sign, type TestIssuer } from './testing/test-issuer.js'

const NOBODY = '01890000-0000-7000-8000-000000000000'
const HOUR_MS = 3_600_000

describe.each(TEST_DATABASES)('identity keys on %s', (kind) => {
  let server: TestServer
  let issuer: TestIssuer
  let admin: TestMember
  let path: string
  let widgetId: string
  let now = new Date('2026-01-01T00:00:00.000Z')

  beforeAll(async () => {
    issuer = await createTestIssuer()
    server = await createTestServer({
      kind,
      clock: () => now,
      allowPrivateJwks: true,
      firebaseJwksUrl: issuer.jwksUrl,
    })
    ;({ id: widgetId } = await server.database.system
      .selectFrom('widgets')
      .select('id')
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow())
    path = `/api/chat-widget/widgets/${widgetId}/identity-keys`
    admin = await server.signIn('client_admin')
  })
  afterAll(async () => {
    await server.close()
    await issuer.close()
  })

  const make = (body: unknown, to = path) => server.post(to, body, admin.headers)
  const made = async (body: object) => createIdentityKeyResponse.parse(await (await make(body)).json())
  const end = (keyId: string, body?: object) =>
    fetch(`${server.url}${path}/${keyId}`, {
      method: 'DELETE',
      headers: { ...admin.headers, origin: server.origin, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const list = async () => listIdentityKeysResponse.parse(await (await server.get(path, admin.headers)).json()).keys
  const clear = async () => {
    for (const { id } of await list()) await end(id)
  }

  it('are made, listed without their secrets, and ended now or later', async () => {
    const hmac = await made({ kind: 'hmac' })
    const jwks = await made({ kind: 'jwks', jwksUrl: 'https://issuer.example/keys', issuer: 'https://issuer.example' })
    expect(hmac).toEqual({
      key: { id: expect.any(String), kind: 'hmac', createdAt: now.toISOString(), expiresAt: null },
      secret: expect.stringMatching(/^ik_[\w-]{43}$/),
    })
    expect(jwks.secret).toBeUndefined()
    expect(await list()).toEqual([hmac.key, jwks.key])
    expect((await end(hmac.key.id, { afterHours: 24 })).status).toBe(204)
    const inADay = new Date(now.getTime() + 24 * HOUR_MS).toISOString()
    expect(await list()).toMatchObject([{ id: hmac.key.id, expiresAt: inADay }, { expiresAt: null }])
    // Later never means after it would have ended anyway.
    await end(hmac.key.id, { afterHours: 48 })
    expect((await list())[0]?.expiresAt).toBe(inADay)
    expect((await end(jwks.key.id)).status).toBe(204)
    now = new Date(inADay)
    admin = await server.signIn('client_admin')
    expect(await list()).toEqual([])
    expect((await end(hmac.key.id)).status).toBe(404)
    const audit = (await (await server.get('/api/chat-widget/audit', admin.headers)).json()) as { entries: object[] }
    expect(audit.entries.slice(0, 5)).toMatchObject([
      { action: 'identityKey.revoke', target: { kind: 'identityKey', id: jwks.key.id, name: 'jwks' } },
      { action: 'identityKey.revoke', target: { id: hmac.key.id } },
      { action: 'identityKey.revoke', changes: { expiresAt: { from: null, to: inADay } } },
      { action: 'identityKey.create', target: { id: jwks.key.id } },
      { action: 'identityKey.create', target: { id: hmac.key.id } },
    ])
  })

  it('are at most ten, also of many that come at once', async () => {
    await clear()
    const answers = await Promise.all(Array.from({ length: 14 }, () => make({ kind: 'hmac' })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
    expect(await answers.find(({ status }) => status !== 201)?.json()).toMatchObject({
      error: { code: 'VALIDATION_FAILED', field: 'kind' },
    })
    await clear()
  })

  it.each([
    [{}, 'kind'],
    [{ kind: 'secret' }, 'kind'],
    [{ kind: 'hmac', secret: 'mine' }, ''],
    [{ kind: 'jwt_secret', issuer: '' }, 'issuer'],
    [{ kind: 'jwt_secret', audience: 'x'.repeat(513) }, 'audience'],
    [{ kind: 'jwks', issuer: 'https://a.example' }, 'jwksUrl'],
    [{ kind: 'jwks', jwksUrl: 'https://a.example/keys' }, 'issuer'],
    [{ kind: 'jwks', jwksUrl: 'file:///etc/passwd', issuer: 'a' }, 'jwksUrl'],
    [{ kind: 'jwks', jwksUrl: 'https://user:word@a.example/', issuer: 'a' }, 'jwksUrl'],
    [{ kind: 'firebase', projectId: 'shop.evil.example' }, 'projectId'],
    [{ kind: 'firebase', projectId: "' or 1=1 --" }, 'projectId'],
  ])('[E2] of %j the field is named', async (body, field) => {
    const answer = await make(body)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ error: { code: 'VALIDATION_FAILED', field } })
    expect(await list()).toEqual([])
  })

  it('belong to those who administer, and to widgets and keys that are there', async () => {
    for (const role of ['agent', 'client_user'] as const) {
      const { headers } = await server.signIn(role)
      expect((await server.get(path, headers)).status).toBe(403)
      expect((await server.post(path, { kind: 'hmac' }, headers)).status).toBe(403)
    }
    expect((await server.get(path)).status).toBe(401)
    for (const id of [NOBODY, 'x', '%27'])
      expect((await make({ kind: 'hmac' }, path.replace(widgetId, id))).status).toBe(404)
    for (const id of [NOBODY, 'x']) expect((await end(id)).status).toBe(404)
    const { key } = await made({ kind: 'hmac' })
    expect((await end(key.id, { afterHours: -1 })).status).toBe(422)
    expect((await end(key.id, { afterHours: 1.5 })).status).toBe(422)
    await clear()
  })

  it('of an issuer and of Firebase let their users in', async () => {
    const rsa = await issuer.addKey('RS256', 'rsa')
    await made({ kind: 'jwks', jwksUrl: issuer.jwksUrl, issuer: 'https://issuer.example' })
    await made({ kind: 'firebase', projectId: 'shop-project' })
    const seconds = now.getTime() / 1000
    const claims = { sub: 'asha', iat: seconds, exp: seconds + 3600, auth_time: seconds - 60 }
    const tokens = await Promise.all(
      [
        { ...claims, aud: widgetId, iss: 'https://issuer.example' },
        { ...claims, aud: 'shop-project', iss: 'https://securetoken.google.com/shop-project' },
      ].map((all) => sign(all, rsa, { alg: 'RS256', kid: 'rsa' })),
    )
    const visitors = await Promise.all(tokens.map((token) => server.initVisitor({ user: { token } })))
    expect(new Set(visitors.map(({ visitorId }) => visitorId)).size).toBe(1)
    expect(issuer.asked).toEqual(['/keys'])
    await clear()
  })
})

describe('threat 40: a server without a secret of its own', () => {
  it('keeps none of others, says what is missing, and makes keys that have none', async () => {
    const server = await createTestServer({ secrets: [] })
    const { headers } = await server.signIn('client_admin')
    const { id } = await server.database.system.selectFrom('widgets').select('id').executeTakeFirstOrThrow()
    const path = `/api/chat-widget/widgets/${id}/identity-keys`
    const refused = await server.post(path, { kind: 'hmac' }, headers)
    expect(refused.status).toBe(503)
    expect(await refused.text()).toContain('CHATDESK_SECRET is not set')
    const jwks = { kind: 'jwks', jwksUrl: 'https://issuer.example/keys', issuer: 'https://issuer.example' }
    expect((await server.post(path, jwks, headers)).status).toBe(201)
    for (const jwksUrl of ['http://issuer.example/keys', 'https://127.0.0.1/keys', 'https://[fd00::1]/keys'])
      expect((await server.post(path, { ...jwks, jwksUrl }, headers)).status).toBe(422)
    await server.close()
  })
})
