import { createHmac } from 'node:crypto'
import { Writable } from 'node:stream'
import type { ConversationSummary, CreateIdentityKeyResponse, InitRequest, InitResponse } from '@chatdesk/protocol'
import { createIdentityKeyResponse, initResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadSummaries } from '../conversations/index.js'
import { uploadClient } from '../files/testing/upload-client.js'
import { sign } from '../identity-keys/testing/test-issuer.js'
import { createLogger } from '../platform/logger.js'
import { connectWebSocket } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestMember, type TestServer } from '../testing/index.js'

const [TAB, OTHER_TAB] = ['tab-00000001', 'tab-00000002']
const HOUR_MS = 3_600_000
const SERVER_SECRET = 'a canary that stands in the environment'

describe.each(TEST_DATABASES)('verified users on %s', (kind) => {
  let server: TestServer
  let admin: TestMember
  let widgetId: string
  let organizationId: string
  let now = new Date('2026-01-01T00:00:00.000Z')
  let logged = ''
  let jwtSecret: CreateIdentityKeyResponse
  let hmacSecret: CreateIdentityKeyResponse

  beforeAll(async () => {
    const destination = new Writable({
      write(chunk, _encoding, done) {
        logged += chunk
        done()
      },
    })
    const logger = createLogger({ level: 'debug', destination })
    server = await createTestServer({ kind, clock: () => now, logger, secrets: [SERVER_SECRET] })
    ;({ id: widgetId, organization_id: organizationId } = await server.database.system
      .selectFrom('widgets')
      .select(['id', 'organization_id'])
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow())
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    // A sign-in of a member does not last for all the days of this file.
    admin = await server.signIn('client_admin')
    await server.chat.api.updateWidget({ organizationId, widgetId, settings: { tabs: 'isolated' } })
    await server.database.system.deleteFrom('identity_keys').execute()
    ;[jwtSecret, hmacSecret] = await Promise.all([makeKey({ kind: 'jwt_secret' }), makeKey({ kind: 'hmac' })])
  })

  const later = (ms: number) => {
    now = new Date(now.getTime() + ms)
  }
  const keysPath = () => `/api/chat-widget/widgets/${widgetId}/identity-keys`
  const makeKey = async (body: object): Promise<CreateIdentityKeyResponse> => {
    const answer = await server.post(keysPath(), body, admin.headers)
    expect(answer.status).toBe(201)
    return createIdentityKeyResponse.parse(await answer.json())
  }
  const endKey = async (keyId: string, body: object = {}) => {
    const answer = await fetch(`${server.url}${keysPath()}/${keyId}`, {
      method: 'DELETE',
      headers: { ...admin.headers, origin: server.origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(204)
  }
  const tokenOf = (sub: string, claims: object = {}, by = jwtSecret) => {
    const seconds = Math.floor(now.getTime() / 1000)
    const all = { sub, aud: widgetId, iat: seconds, exp: seconds + 600, ...claims }
    return sign(all, Buffer.from(by.secret ?? ''), { alg: 'HS256' })
  }
  const jwtUser = async (sub: string, claims: object = {}) => ({ token: await tokenOf(sub, claims) })
  const hmacUser = (id: string, by = hmacSecret) => ({
    id,
    hash: createHmac('sha256', by.secret ?? '')
      .update(`v1|${widgetId}|${id}`)
      .digest('hex'),
  })
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const init = async (request: Partial<InitRequest> = {}): Promise<InitResponse & { visitorToken: string }> => {
    const answer = await server.initVisitor({ tabId: TAB, ...request })
    initResponse.parse(answer)
    return answer
  }
  const refused = async (request: Partial<InitRequest>): Promise<{ code: string; field?: string }> => {
    const answer = await server.post('/api/widget/init', { widgetKey: 'wk_demo', tabId: TAB, ...request })
    const { error } = (await answer.json()) as { error: { code: string; field?: string } }
    return { ...error, status: answer.status } as never
  }
  const start = async (token: string, body: object = {}): Promise<string> => {
    const answer = await server.post('/api/widget/conversations', body, bearer(token))
    return ((await answer.json()) as { conversation: { id: string } }).conversation.id
  }
  const say = (token: string, conversationId: string, text: string, clientMessageId = `message-${text}`) =>
    server.post(`/api/widget/conversations/${conversationId}/messages`, { clientMessageId, text }, bearer(token))
  const read = async (token: string, conversationId: string): Promise<string[] | number> => {
    const answer = await server.get(`/api/widget/conversations/${conversationId}/messages`, bearer(token))
    if (!answer.ok) return answer.status
    const { messages } = (await answer.json()) as { messages: { parts: { text: string }[] }[] }
    return messages.map(({ parts }) => parts[0]?.text ?? '')
  }
  const opens = async (token: string): Promise<boolean> => {
    const connection = await connectWebSocket(server.url, { origin: server.origin })
    const answer = await connection.start(token, { tabId: TAB })
    connection.close()
    return answer.type === 'session.ready'
  }
  const summaryOf = async (conversationId: string): Promise<ConversationSummary['visitor'] | undefined> => {
    const [summary] = await loadSummaries(server.database, organizationId, [conversationId])
    return summary?.visitor
  }

  describe('[S13] a user', () => {
    it('is one visitor in all browsers, and agents see that, by what and as whom it was proved', async () => {
      const claims = { name: 'Asha Rao', email: 'asha@a.test' }
      const traits = { name: 'Somebody', email: 'else@a.test', phone: '+91 1' }
      const first = await init({ user: await jwtUser('asha', claims), traits })
      const second = await init({ user: await jwtUser('asha', claims), tabId: OTHER_TAB })
      expect(second.visitorId).toBe(first.visitorId)
      expect(second.sessionId).not.toBe(first.sessionId)
      expect(second.visitorToken).not.toBe(first.visitorToken)
      const conversationId = await start(first.token)
      expect(await summaryOf(conversationId)).toEqual({
        id: first.visitorId,
        name: 'Asha Rao',
        identified: true,
        proof: 'jwt',
        email: 'asha@a.test',
      })
      // C1: one's own sessions apart, in isolated tabs.
      expect(await read(second.token, conversationId)).toBe(404)
      expect((await init({ user: await jwtUser('ravi') })).visitorId).not.toBe(first.visitorId)
    })

    it('goes on in a tab with a new proof, and with an expired one is told so', async () => {
      const first = await init({ user: await jwtUser('asha') })
      const conversationId = await start(first.token)
      const { token, visitorToken } = first
      const again = await init({ token, visitorToken, user: await jwtUser('asha') })
      expect(again).toEqual({ ...first, conversationId })
      const stale = await jwtUser('asha')
      later(HOUR_MS)
      expect(await refused({ token, visitorToken, user: stale })).toMatchObject({
        status: 401,
        code: 'UNAUTHENTICATED',
        field: 'user.token',
      })
    })

    it.each(['isolated', 'shared'] as const)(
      'takes along what its tab has said before, in %s tabs: messages, unread ones and the author of what is sent again',
      async (tabs) => {
        await server.chat.api.updateWidget({ organizationId, widgetId, settings: { tabs } })
        const before = await init()
        const conversationId = await start(before.token, { clientConversationId: `conversation-${tabs}-1` })
        await say(before.token, conversationId, 'before', `message-${tabs}-before`)
        const { token, visitorToken } = before
        const user = await jwtUser(`newcomer-${tabs}`)
        const after = await init({ token, visitorToken, user })
        expect(after.conversationId).toBe(conversationId)
        expect(after.forget).toBeUndefined()
        // Q3: the answer was lost, and the tab sends it again.
        expect((await say(after.token, conversationId, 'before', `message-${tabs}-before`)).status).toBe(200)
        await say(after.token, conversationId, 'after', `message-${tabs}-after`)
        expect(await read(after.token, conversationId)).toEqual(['before', 'after'])
        expect(await summaryOf(conversationId)).toMatchObject({ id: after.visitorId, identified: true })
        expect(await start(after.token, { clientConversationId: `conversation-${tabs}-1` })).toBe(conversationId)
        const resumed = await init({ token: after.token, visitorToken: after.visitorToken, user })
        expect(resumed).toMatchObject({ sessionId: after.sessionId, conversationId })
      },
    )

    it('takes along what was said of its visitor and done on the site, behind what is said now', async () => {
      const { token, visitorToken } = await init({ traits: { name: 'Ravi', phone: '1' } })
      const bearer = { authorization: `Bearer ${token}` }
      expect((await server.post('/api/widget/events', { events: [{ name: 'looked' }] }, bearer)).status).toBe(204)
      const user = await jwtUser('with-facts')
      const after = await init({ token, visitorToken, user, traits: { phone: '2' } })
      const session = server.database.system.selectFrom('visitor_sessions').select('traits')
      const { traits } = await session.where('id', '=', after.sessionId).executeTakeFirstOrThrow()
      expect(traits).toEqual({ name: 'Ravi', phone: '2' })
      const events = server.database.system.selectFrom('visitor_events').select('body')
      expect(await events.where('session_id', '=', after.sessionId).execute()).toEqual([{ body: { name: 'looked' } }])
    })

    it('takes along a file that waits for its message', async () => {
      const { token, visitorToken } = await init()
      const conversationId = await start(token)
      const files = uploadClient(server, { authorization: `Bearer ${token}` })
      const { upload } = await files.send({ name: 'a.txt', bytes: Buffer.from('words') })
      const after = await init({ token, visitorToken, user: await jwtUser('with-file') })
      const parts = [{ type: 'file', fileId: upload?.id }]
      const said = await server.post(
        `/api/widget/conversations/${conversationId}/messages`,
        { clientMessageId: 'message-with-file', parts },
        { authorization: `Bearer ${after.token}` },
      )
      expect(said.status).toBe(201)
    })

    it('whose answer was lost takes the same along when the tab asks again', async () => {
      const { token, visitorToken } = await init()
      const conversationId = await start(token)
      const user = await jwtUser('asha')
      const [lost, again] = [await init({ token, visitorToken, user }), await init({ token, visitorToken, user })]
      expect(again.sessionId).not.toBe(lost.sessionId)
      expect(again.conversationId).toBe(conversationId)
      const both = await Promise.all([init({ token, visitorToken, user }), init({ token, visitorToken, user })])
      expect(both.map((answer) => answer.conversationId)).toContain(conversationId)
    })

    it('has a conversation already where tabs share: that goes on, and the other is the same visitor’s', async () => {
      await server.chat.api.updateWidget({ organizationId, widgetId, settings: { tabs: 'shared' } })
      const user = await jwtUser('asha')
      const first = await init({ user })
      const own = await start(first.token)
      const stranger = await init({ tabId: OTHER_TAB })
      const other = await start(stranger.token)
      const joined = await init({ tabId: OTHER_TAB, token: stranger.token, visitorToken: first.visitorToken, user })
      expect(joined).toMatchObject({ sessionId: first.sessionId, token: first.token, conversationId: own })
      expect(await start(joined.token)).toBe(own)
      expect(await summaryOf(other)).toMatchObject({ id: first.visitorId })
    })

    it('[S12] shares a session among the tabs of one browser, and with no other browser', async () => {
      await server.chat.api.updateWidget({ organizationId, widgetId, settings: { tabs: 'shared' } })
      const user = await jwtUser('asha')
      const first = await init({ user })
      const { visitorToken, token } = first
      expect(await init({ user, tabId: OTHER_TAB, visitorToken })).toMatchObject({ token, sessionId: first.sessionId })
      const elsewhere = await init({ user })
      expect(elsewhere.visitorId).toBe(first.visitorId)
      expect(elsewhere.sessionId).not.toBe(first.sessionId)
    })

    it('is refused by name of the field where nothing proves it', async () => {
      const unproved = { status: 401, code: 'UNAUTHENTICATED' }
      const { hash } = hmacUser('asha')
      for (const token of ['', 'x.y.z', await tokenOf('asha', { aud: 'other' }), await tokenOf('asha', {}, hmacSecret)])
        expect(await refused({ user: { token } })).toMatchObject({ ...unproved, field: 'user.token' })
      for (const user of [
        { id: 'ravi', hash },
        { id: 'asha', hash: hash.replace(/.$/, (end) => (end === '0' ? '1' : '0')) },
      ])
        expect(await refused({ user })).toMatchObject({ ...unproved, field: 'user.hash' })
      for (const user of [{ id: 'asha' }, { id: 'asha', hash: hash.toUpperCase() }, { id: '', hash }, 'asha', null, []])
        expect(await refused({ user } as never)).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' })
    })
  })

  describe('threat 6: signing in', () => {
    it.each(['isolated', 'shared'] as const)(
      'gives new ids and tokens, whatever was preset, in %s tabs',
      async (tabs) => {
        await server.chat.api.updateWidget({ organizationId, widgetId, settings: { tabs } })
        // Somebody prepares a browser: all that it keeps is known to them.
        const preset = await init()
        await start(preset.token)
        const { token, visitorToken } = preset
        const after = await init({ token, visitorToken, user: await jwtUser(`victim-${tabs}`) })
        for (const key of ['sessionId', 'token', 'sendToken', 'visitorId', 'visitorToken'] as const)
          expect(after[key]).not.toBe(preset[key])
        const mine = await start(after.token)
        await say(after.token, mine, 'secret')
        expect(await opens(token)).toBe(false)
        expect(await read(token, mine)).toBe(401)
        for (const claim of [
          { token },
          { visitorToken },
          { token, visitorToken },
          { visitorToken: after.visitorToken },
        ]) {
          const taken = await init(claim)
          expect(taken.sessionId).not.toBe(after.sessionId)
          expect(taken.conversationId).toBeNull()
          expect(await read(taken.token, mine)).toBe(404)
        }
        // Nor as a user of their own.
        const user = await jwtUser('attacker')
        for (const claim of [{ token }, { token, visitorToken: after.visitorToken }])
          expect(await init({ ...claim, user })).toMatchObject({ conversationId: null })
        expect(await read(after.token, mine)).toEqual(['secret'])
      },
    )
  })

  describe('threat 9: what a page says of its visitor', () => {
    const victim = {
      name: 'Asha Rao',
      email: 'asha@a.test',
      phone: '+91 99',
      custom: { plan: 'pro', seats: 3, paid: true },
    }

    it('finds nobody, and is shown as a claim', async () => {
      const real = await init({ user: await jwtUser('asha', victim) })
      const theirs = await start(real.token)
      const spoof = await init({ traits: victim, tabId: OTHER_TAB })
      expect(spoof.visitorId).not.toBe(real.visitorId)
      expect(spoof.conversationId).toBeNull()
      expect(await read(spoof.token, theirs)).toBe(404)
      const own = await start(spoof.token)
      expect(await summaryOf(own)).toEqual({ id: spoof.visitorId, name: 'Asha Rao', identified: false })
      const { traits } = await server.database.system
        .selectFrom('visitor_sessions')
        .select('traits')
        .where('id', '=', spoof.sessionId)
        .executeTakeFirstOrThrow()
      expect(traits).toEqual(victim)
    })

    it('proves nothing beside a hash, either', async () => {
      const user = { ...hmacUser('ravi'), name: 'Ravi', email: 'ravi@a.test' }
      const { token, sessionId } = await init({ user })
      expect(await summaryOf(await start(token))).toEqual({
        id: expect.any(String),
        name: 'Ravi',
        nameClaimed: true,
        identified: true,
        proof: 'hmac',
      })
      const [row] = await server.database.system
        .selectFrom('visitor_sessions')
        .select('traits')
        .where('id', '=', sessionId)
        .execute()
      expect(row?.traits).toEqual({ name: 'Ravi', email: 'ravi@a.test' })
    })

    it.each([
      [{ name: '' }, 'traits.name'],
      [{ name: 'x'.repeat(101) }, 'traits.name'],
      [{ email: 7 }, 'traits.email'],
      [{ custom: { 'a b': 1 } }, 'traits.custom.a b'],
      [{ custom: { deep: { er: 1 } } }, 'traits.custom.deep'],
      [{ custom: { long: 'x'.repeat(501) } }, 'traits.custom.long'],
      [{ custom: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`key${n}`, n])) }, 'traits.custom'],
    ])('[E2] of %j the field is named', async (traits, field) => {
      expect(await refused({ traits } as never)).toMatchObject({ status: 422, code: 'VALIDATION_FAILED', field })
    })
  })

  describe('threat 12: a hash, which never ends', () => {
    it('gives a token of an hour, and proves nothing once its secret is replaced', async () => {
      const stolen = hmacUser('asha')
      const { token, visitorToken, expiresAt, sessionId } = await init({ user: stolen })
      expect(new Date(expiresAt).getTime() - now.getTime()).toBe(HOUR_MS)
      const conversationId = await start(token)
      later(HOUR_MS)
      expect(await opens(token)).toBe(false)
      // While it proves, it is exchanged.
      const next = await init({ token, visitorToken, user: stolen })
      expect(next).toMatchObject({ sessionId, conversationId })
      const fresh = await makeKey({ kind: 'hmac' })
      await endKey(hmacSecret.key.id, { afterHours: 2 })
      expect(await init({ token: next.token, user: hmacUser('asha', fresh) })).toMatchObject({ sessionId })
      expect(await init({ user: stolen })).toMatchObject({ visitorId: next.visitorId })
      later(2 * HOUR_MS)
      expect(await refused({ user: stolen })).toMatchObject({ status: 401, field: 'user.hash' })
      expect(await refused({ token: next.token, user: stolen })).toMatchObject({ status: 401, field: 'user.hash' })
    })

    it('has its sessions ended, and their send tokens, when its secret is taken away at once', async () => {
      const { token, sendToken, visitorToken, sessionId } = await init({ user: hmacUser('asha') })
      const conversationId = await start(token)
      // A node that stands beside has an origin of its own, and puts it on the list in place of ours.
      const node = await createTestServer({
        beside: server,
        heartbeatMs: 50,
        clock: () => now,
        secrets: [SERVER_SECRET],
      })
      const allowedOrigins = [server.origin, node.origin]
      await server.chat.api.updateWidget({ organizationId, widgetId, allowedOrigins })
      const there = await node.post('/api/widget/init', { widgetKey: 'wk_demo', user: hmacUser('asha') })
      const connection = await connectWebSocket(node.url, { origin: node.origin })
      const answer = await connection.start(((await there.json()) as InitResponse).token)
      expect(answer).toMatchObject({ type: 'session.ready' })
      await endKey(hmacSecret.key.id)
      expect(await connection.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
      await node.close()
      expect(await opens(token)).toBe(false)
      expect((await say(sendToken, conversationId, 'late')).status).toBe(401)
      // Proved in another way, the user has lost nothing.
      const user = await jwtUser('asha')
      expect(await init({ token, visitorToken, user })).toMatchObject({ sessionId, conversationId, token })
      expect(await opens(token)).toBe(true)
    })
  })

  describe('threat 13: a browser that several use', () => {
    it.each(['isolated', 'shared'] as const)('shows nothing of a user who has signed out, in %s tabs', async (tabs) => {
      await server.chat.api.updateWidget({ organizationId, widgetId, settings: { tabs } })
      // One person chats, signs in and chats on.
      const anonymous = await init()
      const early = await start(anonymous.token, { clientConversationId: 'kiosk-conversation' })
      const asha = await init({
        token: anonymous.token,
        visitorToken: anonymous.visitorToken,
        user: await jwtUser(`kiosk-asha-${tabs}`),
      })
      await say(asha.token, early, 'private')
      // Signed out: the page names nobody any more, in this tab, in a new one, and in one that lost half of what it kept.
      const kept = { token: asha.token, visitorToken: asha.visitorToken }
      const { token, visitorToken } = kept
      for (const claim of [
        kept,
        { token },
        { ...kept, visitorToken: anonymous.visitorToken },
        { visitorToken, tabId: OTHER_TAB },
      ]) {
        const next = await init(claim)
        expect([asha.visitorId, anonymous.visitorId]).not.toContain(next.visitorId)
        expect([asha.visitorToken, anonymous.visitorToken]).not.toContain(next.visitorToken)
        expect(next.conversationId).toBeNull()
        expect(next.forget).toBe('token' in claim ? true : undefined)
        expect(await read(next.token, early)).toBe(404)
        expect(await start(next.token, { clientConversationId: 'kiosk-conversation' })).not.toBe(early)
      }
      // Another user, with all that the browser has kept.
      const ravi = await init({ ...kept, user: await jwtUser(`kiosk-ravi-${tabs}`) })
      expect(ravi.visitorId).not.toBe(asha.visitorId)
      expect(ravi).toMatchObject({ conversationId: null, forget: true })
      expect(await read(ravi.token, early)).toBe(404)
      for (const key of ['sessionId', 'token', 'visitorToken'] as const) expect(ravi[key]).not.toBe(asha[key])
      // And the first one again.
      const back = await init({
        token: ravi.token,
        visitorToken: ravi.visitorToken,
        user: await jwtUser(`kiosk-asha-${tabs}`),
      })
      expect(back).toMatchObject({ visitorId: asha.visitorId, forget: true })
      expect(await summaryOf(early)).toMatchObject({ id: asha.visitorId })
    })

    it('moves nothing that the token of the tab did not open', async () => {
      const first = await init()
      const mine = await start(first.token)
      const inOtherTab = await init({ tabId: OTHER_TAB, visitorToken: first.visitorToken })
      const theirs = await start(inOtherTab.token)
      const user = await jwtUser('asha')
      for (const claim of [
        { visitorToken: first.visitorToken },
        { token: first.sendToken, visitorToken: first.visitorToken },
        { token: first.sessionId },
        { token: inOtherTab.token, visitorToken: first.visitorToken },
      ])
        expect(await init({ ...claim, user })).toMatchObject({ conversationId: null })
      expect(await init({ token: first.token, visitorToken: first.visitorToken, user })).toMatchObject({
        conversationId: mine,
      })
      expect(await read(inOtherTab.token, theirs)).toEqual([])
      expect(await summaryOf(theirs)).toMatchObject({ id: first.visitorId, identified: false })
    })
  })

  it('threat 28: a proof counts at the widget and organization whose key made it, whatever else it names', async () => {
    const { organizationId: other } = await server.chat.api.createOrganization({ name: 'Other' })
    const widget = { organizationId: other, name: 'Other', allowedOrigins: [server.origin] }
    const { key: otherKey, widgetId: otherId } = await server.chat.api.createWidget(widget)
    const mine = await init({ user: await jwtUser('asha') })
    const named = { organization_id: organizationId, organizationId, widgetId, tenant: organizationId }
    for (const user of [
      await jwtUser('asha'),
      await jwtUser('asha', { aud: otherId }),
      await jwtUser('asha', { aud: [widgetId, otherId], ...named }),
      hmacUser('asha'),
    ]) {
      expect(await refused({ widgetKey: otherKey, user, ...named } as never)).toMatchObject({ code: 'UNAUTHENTICATED' })
      const claimed = await server.initVisitor({
        widgetKey: otherKey,
        token: mine.token,
        visitorToken: mine.visitorToken,
        ...named,
      } as never)
      expect(claimed.visitorId).not.toBe(mine.visitorId)
    }
    const foreign = `/api/chat-widget/widgets/${otherId}/identity-keys`
    for (const path of [foreign, `${foreign}?organizationId=${other}`]) {
      const headers = { ...admin.headers, 'x-organization-id': other }
      expect((await server.get(path, headers)).status).toBe(404)
      expect((await server.post(path, { kind: 'hmac' }, headers)).status).toBe(404)
    }
  })

  it('threat 40: secrets of keys are shown once, and stand in no table, answer, audit, log or error', async () => {
    const secrets = [jwtSecret.secret, hmacSecret.secret, (await makeKey({ kind: 'hmac' })).secret] as string[]
    for (const secret of secrets) expect(secret).toMatch(/^ik_[\w-]{43}$/)
    const { token } = await jwtUser('asha')
    const shown = await init({ user: { token } })
    const answers = await Promise.all([
      server.get(keysPath(), admin.headers),
      server.get('/api/chat-widget/audit', admin.headers),
      server.post('/api/widget/init', { widgetKey: 'wk_demo', user: { token: await tokenOf('a', { aud: 'b' }) } }),
      server.post('/api/widget/init', { widgetKey: 'wk_demo', user: { id: 'a', hash: '0'.repeat(64) } }),
      server.get('/api/chat-widget/public/widget/wk_demo/config'),
    ])
    const seen = await Promise.all(answers.map((answer) => answer.text()))
    for (const table of ['identity_keys', 'visitor_logins', 'visitor_sessions', 'visitors', 'audit_entries'] as const)
      seen.push(JSON.stringify(await server.database.system.selectFrom(table).selectAll().execute()))
    expect(seen.join()).toContain('sealed_secret')
    // A key that cannot be opened any more, and is spoken of in the log.
    await server.database.system
      .updateTable('identity_keys')
      .set({ sealed_secret: '1.00000000.AAAA' } as never)
      .execute()
    seen.push(JSON.stringify(await refused({ user: { token } })), logged)
    expect(logged).toContain('a request failed')
    for (const secret of [...secrets, SERVER_SECRET, token, shown.token, shown.visitorToken])
      for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')])
        expect(seen.join()).not.toContain(form)
  })
})
