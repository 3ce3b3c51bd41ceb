import type { ApiToken } from '@chatdesk/protocol'
import { createApiTokenResponse, listApiTokensResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TEST_DATABASES } from '../testing/index.js'
import { listRoutes } from '../testing/list-routes.js'
import { createMembersScene, type MembersScene } from './testing/members-scene.js'

const TOKENS = '/api/chat-widget/api-tokens'
const DAY = 86_400_000
type Joined = Awaited<ReturnType<MembersScene['join']>>

describe.each(TEST_DATABASES)('API tokens on %s', (kind) => {
  let scene: MembersScene
  let organizationId: string
  let admin: Joined
  const now = { value: new Date('2026-01-01T00:00:00.000Z') }
  beforeAll(async () => {
    scene = await createMembersScene({ kind, clock: () => now.value })
  })
  afterAll(() => scene.close())
  beforeEach(async () => {
    organizationId = (await scene.found()).organizationId
    admin = await scene.join(organizationId, 'client_admin')
  })

  const create = (as: Joined, body: object) =>
    scene.call<{ token: ApiToken; secret: string }>('POST', TOKENS, { as, body })
  const secretFor = async (...scopes: string[]) => (await create(admin, { name: 'Script', scopes })).body.secret
  /** As a program: no cookie, no origin, no CSRF header. */
  const callAs = (secret: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    scene.call(method, path, {
      headers: { authorization: `Bearer ${secret}`, ...headers },
      ...(body === undefined ? {} : { body }),
    })
  const list = async () =>
    listApiTokensResponse.parse((await scene.call<object>('GET', TOKENS, { as: admin })).body).tokens

  it('let a program read and write in its member’s name, and are seen only once', async () => {
    const made = await create(admin, {
      name: 'Script',
      scopes: ['organization:write', 'organization:read', 'organization:read'],
    })
    expect(made.status).toBe(201)
    const { token, secret } = createApiTokenResponse.parse(made.body)
    expect(secret).toMatch(/^cp_[\w-]{43}$/)
    expect(token).toMatchObject({
      ...{ name: 'Script', scopes: ['organization:read', 'organization:write'], lastUsedAt: null, expiresAt: null },
      member: { id: admin.id, name: 'A client_admin' },
    })
    expect((await callAs(secret, 'GET', '/api/chat-widget/organization')).body).toMatchObject({
      organization: { id: organizationId },
    })
    expect((await callAs(secret, 'PATCH', '/api/chat-widget/organization', { name: 'By a program' })).status).toBe(200)
    expect((await scene.trail(organizationId))[0]).toMatchObject({
      action: 'organization.update',
      actor: { id: admin.id },
    })
    expect((await scene.trail(organizationId))[1]).toMatchObject({ action: 'apiToken.create' })
    const text = JSON.stringify([await list(), await scene.trail(organizationId)])
    expect(text).not.toContain(secret)
    const rows = await scene.server.database.system.selectFrom('api_tokens').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('threat 31: may what their scopes name and their member may, and no more', async () => {
    const secret = await secretFor('organization:read')
    expect((await callAs(secret, 'GET', '/api/chat-widget/organization')).status).toBe(200)
    for (const [method, path, body] of [
      ['PATCH', '/api/chat-widget/organization', { name: 'X' }],
      ['GET', '/api/chat-widget/members'],
      ['GET', '/api/chat-widget/audit'],
      ['GET', '/api/chat-widget/organizations'],
    ] as const)
      expect(await callAs(secret, method, path, body)).toMatchObject({
        status: 403,
        body: { error: { code: 'FORBIDDEN' } },
      })
  })

  it.each([['organization:admin'], ['x'], [''], ['widget.read'], ['widget:read', 'nonsense']])(
    'threat 31: are given no scope that there is not: %j',
    async (...scopes) => {
      expect(await create(admin, { name: 'T', scopes })).toMatchObject({ status: 422 })
    },
  )

  it('threat 31: give no more than their member or they themselves have', async () => {
    expect(await create(admin, { name: 'T', scopes: ['audit:read'] })).toMatchObject({ status: 201 })
    for (const role of ['agent', 'client_user'] as const)
      expect(
        await create(await scene.join(organizationId, role), { name: 'T', scopes: ['widget:read'] }),
      ).toMatchObject({
        status: 403,
      })
    const secret = await secretFor('apiToken:write', 'widget:read')
    expect((await callAs(secret, 'POST', TOKENS, { name: 'T', scopes: ['widget:read'] })).status).toBe(201)
    expect(await callAs(secret, 'POST', TOKENS, { name: 'T', scopes: ['member:write'] })).toMatchObject({
      status: 422,
      body: { error: { field: 'scopes.0' } },
    })
  })

  it('threat 33: end with their member, and shrink with their role', async () => {
    const other = await scene.join(organizationId, 'client_admin')
    const secret = (await create(other, { name: 'T', scopes: ['audit:read', 'widget:read'] })).body.secret
    const read = async () => (await callAs(secret, 'GET', '/api/chat-widget/audit')).status
    const path = `/api/chat-widget/members/${other.id}`
    expect(await read()).toBe(200)
    await scene.call('PATCH', path, { as: admin, body: { role: 'agent' } })
    expect(await read()).toBe(403)
    await scene.call('DELETE', path, { as: admin })
    expect(await read()).toBe(401)
  })

  it('threat 37: end when they are revoked, or on their day', async () => {
    const { token, secret } = (await create(admin, { name: 'T', scopes: ['audit:read'], expiresInDays: 2 })).body
    const read = async () => (await callAs(secret, 'GET', '/api/chat-widget/audit')).status
    expect(await read()).toBe(200)
    const start = now.value
    now.value = new Date(start.getTime() + 2 * DAY)
    expect(await read()).toBe(401)
    now.value = start
    expect((await scene.call('DELETE', `${TOKENS}/${token.id}`, { as: admin })).status).toBe(204)
    expect(await read()).toBe(401)
    expect((await scene.trail(organizationId))[0]).toMatchObject({
      action: 'apiToken.revoke',
      target: { id: token.id },
    })
    expect((await scene.call('DELETE', `${TOKENS}/${token.id}`, { as: admin })).status).toBe(404)
  })

  it('say when they were used, to the minute', async () => {
    const secret = await secretFor('audit:read')
    const usedAt = async () => (await list())[0]?.lastUsedAt
    const start = now.value
    for (const [seconds, seen] of [
      [0, 0],
      [59, 0],
      [60, 60],
    ] as const) {
      now.value = new Date(start.getTime() + seconds * 1000)
      await callAs(secret, 'GET', '/api/chat-widget/audit')
      expect(await usedAt()).toBe(new Date(start.getTime() + seen * 1000).toISOString())
    }
    now.value = start
  })

  it('threat 16: a page of another site gains nothing by one, and a cookie beside it counts for nothing', async () => {
    const secret = await secretFor('organization:read')
    // With a wrong token the cookie of whoever is signed in does not stand in for it.
    for (const wrong of [`${secret}x`, 'cp_', 'cp_x'])
      expect((await callAs(wrong, 'GET', '/api/chat-widget/members', undefined, admin.headers)).status).toBe(
        wrong === 'cp_' ? 200 : 401,
      )
    expect((await callAs(secret, 'GET', '/api/chat-widget/members', undefined, admin.headers)).status).toBe(403)
    expect(
      (
        await scene.call('PATCH', '/api/chat-widget/organization', {
          as: admin,
          body: { name: 'X' },
          headers: { origin: 'https://evil.example', authorization: 'Basic eDp5' },
        })
      ).status,
    ).toBe(403)
  })

  it('threat 31: open nothing that concerns sign-ins', async () => {
    const secret = await secretFor('organization:read', 'organization:write', 'member:read', 'member:write')
    const routes = listRoutes(scene.server.chat.router).filter(
      ({ path, access }) => path.startsWith('/api/auth/') && access?.for === 'member',
    )
    expect(routes.map(({ path }) => path)).toContain('/api/auth/visit')
    for (const { method, path } of routes) {
      const body =
        method === 'get' ? undefined : { organizationId, reason: 'a reason that is long', current: 'x', next: 'y' }
      const { status } = await callAs(secret, method.toUpperCase(), path.replace(':id', organizationId), body, {
        origin: scene.server.origin,
      })
      expect([path, status]).toEqual([path, path === '/api/auth/sign-out' ? 204 : 401])
    }
  })

  it('nobody sees or revokes those of another organization', async () => {
    const { token } = (await create(admin, { name: 'T', scopes: ['audit:read'] })).body
    const rival = await scene.join((await scene.found()).organizationId, 'super_admin')
    expect((await scene.call('GET', TOKENS, { as: rival })).body).toEqual({ tokens: [] })
    for (const id of [token.id, 'nonsense'])
      expect((await scene.call('DELETE', `${TOKENS}/${id}`, { as: rival })).status).toBe(404)
    expect(await list()).toHaveLength(1)
  })

  it.each([
    { name: '', scopes: ['audit:read'] },
    { name: 'T', scopes: [] },
    { name: 'T', scopes: 'audit:read' },
    { name: 'T', scopes: ['audit:read'], expiresInDays: 0 },
    { name: 'T', scopes: ['audit:read'], expiresInDays: 1e9 },
    { name: 'T', scopes: ['audit:read'], memberId: 'x' },
  ])('threat 32: refuses %j', async (body) => {
    expect(await create(admin, body)).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_FAILED' } } })
  })
})
