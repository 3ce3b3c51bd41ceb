import { createHmac } from 'node:crypto'
import type { ConversationVisitor, InitRequest, InitResponse } from '@chatdesk/protocol'
import { conversationVisitor, createIdentityKeyResponse, visitorExport } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sign } from '../identity-keys/testing/test-issuer.js'
import { createTestServer, TEST_DATABASES, type TestMember, type TestServer } from '../testing/index.js'

const [TAB, OTHER_TAB] = ['tab-00000001', 'tab-00000002']
const NOW = new Date('2026-01-01T00:00:00.000Z')
const PRO = { plan: 'pro', seats: 5, trial: false }

describe.each(TEST_DATABASES)('[S16] what a site signs of an account, on %s', (kind) => {
  let server: TestServer
  let admin: TestMember
  let widgetId: string
  let organizationId: string
  let secrets: Record<'jwt_secret' | 'hmac', string>

  beforeAll(async () => {
    server = await createTestServer({ kind, clock: () => NOW })
    ;({ id: widgetId, organization_id: organizationId } = await server.database.system
      .selectFrom('widgets')
      .select(['id', 'organization_id'])
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow())
    admin = await server.signIn('client_admin')
    await server.chat.api.updateWidget({ organizationId, widgetId, settings: { tabs: 'isolated' } })
    secrets = { jwt_secret: await makeKey('jwt_secret'), hmac: await makeKey('hmac') }
  })
  afterAll(() => server.close())

  const makeKey = async (of: 'jwt_secret' | 'hmac') => {
    const path = `/api/chat-widget/widgets/${widgetId}/identity-keys`
    const answer = await server.post(path, { kind: of }, admin.headers)
    return createIdentityKeyResponse.parse(await answer.json()).secret ?? ''
  }
  const jwtUser = async (sub: string, account?: unknown) => {
    const seconds = NOW.getTime() / 1000
    const claims = { sub, aud: widgetId, iat: seconds, exp: seconds + 600, account }
    return { token: await sign(claims, Buffer.from(secrets.jwt_secret), { alg: 'HS256' }) }
  }
  const hmacUser = (id: string) => ({
    id,
    hash: createHmac('sha256', secrets.hmac).update(`v1|${widgetId}|${id}`).digest('hex'),
  })
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const init = (request: Partial<InitRequest> = {}) => server.initVisitor({ tabId: TAB, ...request })
  const start = async ({ token }: Pick<InitResponse, 'token'>): Promise<string> => {
    const answer = await server.post('/api/widget/conversations', {}, bearer(token))
    return ((await answer.json()) as { conversation: { id: string } }).conversation.id
  }
  /** As agents are shown it. */
  const shown = async (conversationId: string): Promise<ConversationVisitor['account']> => {
    const answer = await server.get(`/api/chat-widget/conversations/${conversationId}/visitor`, admin.headers)
    return conversationVisitor.parse(await answer.json()).account
  }
  /** As it is kept. */
  const kept = async ({ visitorId }: Pick<InitResponse, 'visitorId'>) => {
    const row = await server.database.system
      .selectFrom('visitors')
      .select('account')
      .where('id', '=', visitorId)
      .executeTakeFirst()
    return row?.account
  }

  it('is shown as it is signed, with the conversation', async () => {
    expect(await shown(await start(await init({ user: await jwtUser('asha', PRO) })))).toEqual(PRO)
  })

  it('is what the last verified token says, in whatever browser, and gone where that says nothing', async () => {
    const first = await init({ user: await jwtUser('ravi', PRO) })
    const conversationId = await start(first)
    await init({ user: await jwtUser('ravi', { plan: 'free' }), tabId: OTHER_TAB })
    expect(await shown(conversationId)).toEqual({ plan: 'free' })
    const { token, visitorToken } = first
    await init({ token, visitorToken: visitorToken ?? '', user: await jwtUser('ravi') })
    expect(await shown(conversationId)).toBeNull()
    expect(await kept(first)).toBeNull()
  })

  it('stands when a token is refused for another', async () => {
    const first = await init({ user: await jwtUser('mira', PRO) })
    const user = await jwtUser('mira', { Plan: 'free' })
    const answer = await server.post('/api/widget/init', { widgetKey: 'wk_demo', tabId: TAB, user })
    expect([answer.status, await answer.json()]).toMatchObject([
      401,
      { error: { code: 'UNAUTHENTICATED', field: 'user.token', message: expect.stringContaining('account') } },
    ])
    expect(await kept(first)).toEqual(PRO)
  })

  it('is neither filled nor taken away by a hash, and not shown where a hash is all the proof', async () => {
    const account = { plan: 'forged' } as object
    const hashed = await init({ user: { ...hmacUser('hashed'), ...{ account } } })
    expect(await kept(hashed)).toBeNull()
    const signed = await init({ user: await jwtUser('hashed', PRO), tabId: OTHER_TAB })
    expect(signed.visitorId).toBe(hashed.visitorId)
    await init({ user: hmacUser('hashed') })
    expect(await kept(signed)).toEqual(PRO)
    expect(await shown(await start(hashed))).toBeNull()
    expect(await shown(await start(signed))).toEqual(PRO)
  })

  it('is filled by nothing else that a client says', async () => {
    const said = {
      account: PRO,
      traits: { name: 'Asha', account: PRO, custom: { account: 'pro', plan: 'pro' } },
    } as object
    const visitor = await init(said)
    const conversationId = await start(visitor)
    expect(await shown(conversationId)).toBeNull()
    const user = await init({ ...said, user: await jwtUser('plain'), tabId: OTHER_TAB })
    expect([await kept(visitor), await kept(user)]).toEqual([null, null])
  })

  it('goes to nobody else who sits at the same browser', async () => {
    const asha = await init({ user: await jwtUser('kiosk-asha', PRO) })
    const before = await start(asha)
    const keptBy = { token: asha.token, visitorToken: asha.visitorToken ?? '' }
    const ravi = await init({ ...keptBy, user: await jwtUser('kiosk-ravi') })
    expect(await shown(await start(ravi))).toBeNull()
    const stranger = await init(keptBy)
    expect([await shown(await start(stranger)), await kept(stranger)]).toEqual([null, null])
    await server.post('/api/widget/logout', {}, bearer(asha.token))
    const after = await init(keptBy)
    expect(after.visitorId).not.toBe(asha.visitorId)
    expect(await shown(await start(after))).toBeNull()
    expect(await shown(before)).toEqual(PRO)
  })

  it('[W7, W8] is in the export, and erased even where something of the visitor is left', async () => {
    const user = await init({ user: await jwtUser('leaving', PRO) })
    const answer = await server.get('/api/widget/visitor/export', bearer(user.token))
    expect(visitorExport.parse(await answer.json()).visitor).toMatchObject({ account: PRO })
    const { widgetId: otherId } = await server.chat.api.createWidget({ organizationId, name: 'Another' })
    await server.database.system
      .insertInto('visitor_sessions')
      .values({
        ...{ organization_id: organizationId, id: crypto.randomUUID(), visitor_id: user.visitorId, widget_id: otherId },
        ...{ token_hash: Buffer.from('another'), origin: null, tab_id: null, page_url: null, referrer: null },
        ...{ user_agent: null, created_at: NOW, last_seen_at: NOW, expires_at: new Date(NOW.getTime() + 60_000) },
      })
      .execute()
    const erased = await fetch(`${server.url}/api/widget/visitor`, { method: 'DELETE', headers: bearer(user.token) })
    expect(await erased.json()).toMatchObject({ complete: false })
    expect(await kept(user)).toBeNull()
  })
})
