import type { InitResponse } from '@chatdesk/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, TEST_DATABASES, type TestServer } from '../testing/index.js'

const DAY_MS = 24 * 3_600_000
const GEO = { country: 'cf-ipcountry', city: 'cf-ipcity' }
const PHONE =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36'

describe.each(TEST_DATABASES)('what init keeps, on %s', (kind) => {
  let server: TestServer
  let now = new Date('2026-01-01T00:00:00.000Z')
  const later = (days: number) => {
    now = new Date(now.getTime() + days * DAY_MS)
  }

  beforeAll(async () => {
    server = await createTestServer({ kind, clock: () => now, trustProxy: 'loopback', geoHeaders: GEO })
  })
  afterAll(() => server.close())

  const sessionRow = (id: string) =>
    server.database.system.selectFrom('visitor_sessions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  it('[S10] a visitor token is good for 90 days after its last use, and every answer says so', async () => {
    const first = await server.initVisitor({ tabId: 'tab-00000001' })
    expect(first.cookie).toEqual({ maxAgeDays: 90 })
    const { visitorToken, visitorId } = first
    later(89)
    // A new tab of the same browser, as its session has ended.
    const second = await server.initVisitor({ tabId: 'tab-00000002', visitorToken })
    expect(second).toMatchObject({ visitorId, visitorToken, cookie: { maxAgeDays: 90 } })
    later(20)
    // A session that is resumed counts as a use, too.
    const { token } = second
    expect(await server.initVisitor({ tabId: 'tab-00000002', visitorToken, token })).toMatchObject({ visitorId })
    later(89)
    expect(await server.initVisitor({ tabId: 'tab-00000003', visitorToken })).toMatchObject({ visitorId })
    later(91)
    const stranger = await server.initVisitor({ tabId: 'tab-00000004', visitorToken })
    expect(stranger.visitorId).not.toBe(visitorId)
    expect(stranger.visitorToken).not.toBe(visitorToken)
  })

  it('a session ends 30 days after its last init', async () => {
    const tab = { tabId: 'tab-00000005' }
    const { token, visitorToken, sessionId } = await server.initVisitor(tab)
    for (const days of [29, 29]) {
      later(days)
      expect(await server.initVisitor({ ...tab, token, visitorToken })).toMatchObject({ sessionId })
    }
    later(30)
    expect((await server.initVisitor({ ...tab, token, visitorToken })).sessionId).not.toBe(sessionId)
  })

  it('[S9] threat 83: two browsers with one device hint are two visitors, and neither finds the other', async () => {
    const hint = { deviceHint: 'f2a1c4d0f2a1c4d0f2a1c4d0f2a1c4d0' }
    const first = await server.initVisitor({ tabId: 'tab-00000006', ...hint })
    const answer = await server.post('/api/widget/conversations', {}, { authorization: `Bearer ${first.token}` })
    expect(answer.status).toBe(201)
    const second = await server.initVisitor({ tabId: 'tab-00000006', ...hint })
    expect(second.visitorId).not.toBe(first.visitorId)
    expect(second.sessionId).not.toBe(first.sessionId)
    expect(second.conversationId).toBeNull()
    const [one, other] = await Promise.all([sessionRow(first.sessionId), sessionRow(second.sessionId)])
    // Stored, so that abuse from one device can be seen; hashed, so that nobody else's table can be compared with ours.
    expect(one.device_hint).toEqual(other.device_hint)
    expect(one.device_hint?.toString('hex')).toMatch(/^[0-9a-f]{64}$/)
    expect(one.device_hint?.toString()).not.toContain(hint.deviceHint)
  })

  it('[S9] threat 84: one browser at two organizations leaves no common value', async () => {
    const { organizationId } = await server.chat.api.createOrganization({ name: 'Other' })
    const allowedOrigins = [server.origin]
    const { key } = await server.chat.api.createWidget({ organizationId, name: 'Other', allowedOrigins })
    const deviceHint = 'a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0'
    const here = await server.initVisitor({ deviceHint })
    const there = await server.initVisitor({ deviceHint, widgetKey: key })
    const [one, other] = await Promise.all([sessionRow(here.sessionId), sessionRow(there.sessionId)])
    expect(one.device_hint).not.toEqual(other.device_hint)
  })

  it.each([7, 'short', 'x'.repeat(65), "' or 1=1 --"])('[E2] refuses the device hint %j', async (deviceHint) => {
    const answer = await server.post('/api/widget/init', { widgetKey: 'wk_demo', deviceHint })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ error: { code: 'VALIDATION_FAILED', field: 'deviceHint' } })
  })

  it('stores the visitor context, and brings it up to date when the session is resumed', async () => {
    const headers = {
      'user-agent': PHONE,
      'accept-language': 'hi-IN,hi;q=0.9',
      'cf-ipcountry': 'in',
      'cf-ipcity': 'Pune',
    }
    const page = { url: 'https://shop.example/prices', referrer: 'https://search.example/?q=gst' }
    const body = { widgetKey: 'wk_demo', tabId: 'tab-00000007', page }
    const first = (await (await server.post('/api/widget/init', body, headers)).json()) as InitResponse
    expect(await sessionRow(first.sessionId)).toMatchObject({
      page_url: page.url,
      referrer: page.referrer,
      user_agent: PHONE,
      device_type: 'mobile',
      browser: 'Chrome 142',
      os: 'Android 14',
      language: 'hi-IN',
      country: 'IN',
      city: 'Pune',
      device_hint: null,
    })
    const { token, visitorToken } = first
    const abroad = { ...headers, 'cf-ipcountry': 'DE', 'cf-ipcity': 'Berlin' }
    await server.post('/api/widget/init', { ...body, token, visitorToken, deviceHint: 'later-hint' }, abroad)
    expect(await sessionRow(first.sessionId)).toMatchObject({
      page_url: page.url,
      country: 'DE',
      city: 'Berlin',
      device_hint: expect.anything(),
    })
  })

  it('lets a visitor in whose page has no address that can be kept', async () => {
    const long = `https://shop.example/${'a'.repeat(2048)}`
    for (const url of ['javascript:alert(1)', 'file:///home/a.html', long, 7]) {
      const page = { url, referrer: 'https://search.example/' }
      const answer = await server.post('/api/widget/init', { widgetKey: 'wk_demo', page })
      expect(answer.status).toBe(201)
      const { sessionId } = (await answer.json()) as InitResponse
      expect(await sessionRow(sessionId)).toMatchObject({ page_url: null, referrer: page.referrer })
    }
  })
})

it.each([
  ['no proxy is trusted', { geoHeaders: GEO }],
  ['another proxy is trusted', { geoHeaders: GEO, trustProxy: '192.0.2.1' }],
  ['no header is named', { trustProxy: 'loopback' }],
])('where a visitor is, is not believed of the visitor: %s', async (_what, options) => {
  const server = await createTestServer(options)
  const said = { 'cf-ipcountry': 'IN', 'cf-ipcity': 'Pune' }
  await server.post('/api/widget/init', { widgetKey: 'wk_demo' }, said)
  const row = await server.database.system
    .selectFrom('visitor_sessions')
    .select(['country', 'city'])
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ country: null, city: null })
  await server.close()
})
