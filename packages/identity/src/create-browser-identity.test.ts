import { afterEach, describe, expect, it } from 'vitest'
import { type BrowserIdentity, type BrowserIdentityOptions, createBrowserIdentity } from './create-browser-identity.js'
import { type FakePage, type FakePageOptions, fakePage } from './testing/fake-page.js'

const ISSUED = { visitorToken: 'visitor-token', token: 'session-token' }
const KEY = 'chatdesk_wk_test'
const DAY_MS = 24 * 3_600_000
const opened: BrowserIdentity[] = []

function identityOn(page: FakePage, options: Partial<BrowserIdentityOptions> = {}) {
  const identity = createBrowserIdentity({ widgetKey: 'wk_test', page, ...options })
  opened.push(identity)
  return identity
}
const slowStorage = () => {
  const values = new Map<string, string>()
  return {
    values,
    get: async (key: string) => values.get(key) ?? null,
    set: async (key: string, value: string) => void values.set(key, value),
    remove: async (key: string) => void values.delete(key),
  }
}
/** The tab's storage as a browser copies it into a duplicate. */
const copyOf = (page: FakePage) => new Map(page.tab)
function pagesOf(browser: FakePageOptions) {
  return (options: FakePageOptions = {}) => fakePage({ ...browser, ...options })
}

afterEach(async () => {
  for (const identity of opened.splice(0)) identity.dispose()
})

describe('createBrowserIdentity', () => {
  it('a stranger has a tab id and nothing else, and only that is written before remember', async () => {
    const cookies = new Map<string, string>()
    const local = new Map<string, string>()
    const page = fakePage({ cookies, local })
    const identity = identityOn(page)
    expect([page.tab.size, page.listenerCount()]).toEqual([0, 0])
    const { tabId, ...rest } = await identity.resolve()
    expect(tabId).toMatch(/^[0-9a-f]{32}$/)
    expect(rest).toEqual({ token: undefined, visitorToken: undefined })
    expect((await identity.resolve()).tabId).toBe(tabId)
    expect([...page.tab.keys()]).toEqual([KEY])
    expect(JSON.parse(page.tab.get(KEY) ?? '')).toEqual({ tabId, inUse: true })
    expect([cookies.size, local.size]).toEqual([0, 0])
  })

  it('a reload keeps the tab and its session', async () => {
    const page = fakePage()
    const before = identityOn(page)
    const { tabId } = await before.resolve()
    expect(page.tab.get(KEY)).not.toContain('token')
    await before.remember(ISSUED)
    expect(page.tab.get(KEY)).toContain('"token":"session-token"')
    page.fire('pagehide')
    const after = await identityOn(fakePage({ tab: page.tab })).resolve()
    expect(after).toEqual({ tabId, ...ISSUED })
  })

  it('[S12] a cookie that is lost costs no tab its visitor, after a reload as well, and the next to remember brings it back', async () => {
    const cookies = new Map<string, string>()
    const pageOfBrowser = pagesOf({ cookies })
    const tabs = [pageOfBrowser(), pageOfBrowser()] as const
    const [one, other] = tabs.map((page) => identityOn(page)) as [BrowserIdentity, BrowserIdentity]
    for (const tab of [one, other]) await tab.remember(ISSUED)
    cookies.clear()
    expect(await one.resolve()).toMatchObject(ISSUED)
    tabs[1].fire('pagehide')
    const reloaded = identityOn(pageOfBrowser({ tab: tabs[1].tab }))
    expect(await reloaded.resolve()).toMatchObject(ISSUED)
    const duplicate = identityOn(pageOfBrowser({ tab: copyOf(tabs[0]) }))
    expect(await duplicate.resolve()).toMatchObject({ token: undefined, visitorToken: ISSUED.visitorToken })
    expect(cookies.size).toBe(0)
    await reloaded.remember(ISSUED)
    expect(cookies.get(KEY)).toBe(ISSUED.visitorToken)
  })

  it('what the cookie says wins over what a tab was given', async () => {
    const cookies = new Map<string, string>()
    const identity = identityOn(fakePage({ cookies }))
    await identity.remember(ISSUED)
    cookies.set(KEY, 'of-another-tab')
    expect(await identity.resolve()).toMatchObject({ token: ISSUED.token, visitorToken: 'of-another-tab' })
  })

  it('a session that is known without its visitor leaves the cookie as it is', async () => {
    const page = fakePage({ cookies: new Map() })
    const identity = identityOn(page)
    await identity.remember({ token: ISSUED.token })
    expect(page.setCookies).toEqual([])
    expect(await identity.resolve()).toMatchObject({ token: ISSUED.token, visitorToken: undefined })
  })

  it('a crash keeps the tab: nobody holds its id', async () => {
    const tab = new Map([[KEY, JSON.stringify({ tabId: 'tab-of-the-crash', inUse: true, token: 'session-token' })]])
    expect(await identityOn(fakePage({ tab })).resolve()).toMatchObject({
      tabId: 'tab-of-the-crash',
      token: 'session-token',
    })
  })

  it('a duplicated tab gets a new id and no session, but is the same visitor', async () => {
    const pageOfBrowser = pagesOf({ cookies: new Map(), local: new Map() })
    const original = pageOfBrowser()
    const first = identityOn(original)
    const { tabId } = await first.resolve()
    await first.remember(ISSUED)

    const duplicate = pageOfBrowser({ tab: copyOf(original) })
    const second = identityOn(duplicate)
    const resolved = await second.resolve()
    expect(resolved).toEqual({ tabId: expect.any(String), token: undefined, visitorToken: ISSUED.visitorToken })
    expect(resolved.tabId).not.toBe(tabId)
    expect(duplicate.tab.get(KEY)).not.toContain(ISSUED.token)
    expect(await first.resolve()).toMatchObject({ tabId, token: ISSUED.token })

    // Both reload: each keeps its own.
    original.fire('pagehide')
    duplicate.fire('pagehide')
    expect((await identityOn(pageOfBrowser({ tab: original.tab })).resolve()).tabId).toBe(tabId)
    expect((await identityOn(pageOfBrowser({ tab: duplicate.tab })).resolve()).tabId).toBe(resolved.tabId)
  })

  it('duplicates of one tab made at the same time get three different ids', async () => {
    const original = fakePage()
    const ids = [await identityOn(original).resolve()]
    const copies = [fakePage({ tab: copyOf(original) }), fakePage({ tab: copyOf(original) })]
    ids.push(...(await Promise.all(copies.map((page) => identityOn(page).resolve()))))
    expect(new Set(ids.map(({ tabId }) => tabId)).size).toBe(3)
  })

  it('a page in the back-forward cache holds nothing, and takes its tab up again with the newest token', async () => {
    const first = fakePage()
    const identity = identityOn(first)
    const { tabId } = await identity.resolve()
    await identity.remember(ISSUED)
    first.fire('pagehide')

    const next = fakePage({ tab: first.tab })
    const nextIdentity = identityOn(next)
    expect((await nextIdentity.resolve()).tabId).toBe(tabId)
    await nextIdentity.remember({ ...ISSUED, token: 'newer-token' })
    next.fire('pagehide')

    first.fire('pageshow')
    expect(await identity.resolve()).toMatchObject({ tabId, token: 'newer-token' })
    const duplicate = identityOn(fakePage({ tab: copyOf(first) }))
    expect((await duplicate.resolve()).tabId).not.toBe(tabId)
  })

  it('without locks an id that is in use is never shared', async () => {
    const original = fakePage({ deny: ['locks'] })
    const { tabId } = await identityOn(original).resolve()
    const duplicate = fakePage({ tab: copyOf(original), deny: ['locks'] })
    expect((await identityOn(duplicate).resolve()).tabId).not.toBe(tabId)
    original.fire('pagehide')
    const reloaded = fakePage({ tab: original.tab, deny: ['locks'] })
    expect((await identityOn(reloaded).resolve()).tabId).toBe(tabId)
  })

  it('keeps the visitor token in a cookie, else in localStorage, else in memory', async () => {
    const cookies = new Map<string, string>()
    const local = new Map<string, string>()
    const cases: { page: FakePage; cookie?: false; kept: () => string | undefined }[] = [
      { page: fakePage({ cookies, local }), kept: () => cookies.get(KEY) },
      { page: fakePage({ cookies: new Map(), local }), cookie: false, kept: () => local.get(KEY) },
      { page: fakePage({ local, deny: ['cookies'] }), kept: () => local.get(KEY) },
      { page: fakePage({ deny: ['cookies', 'localStorage', 'sessionStorage'] }), kept: () => ISSUED.visitorToken },
    ]
    for (const { page, kept, ...options } of cases) {
      const identity = identityOn(page, options)
      const { tabId } = await identity.resolve()
      await identity.remember(ISSUED)
      expect(kept()).toBe(ISSUED.visitorToken)
      expect(await identity.resolve()).toEqual({ tabId, ...ISSUED })
      local.clear()
    }
  })

  it('[S10] keeps the visitor for 90 days after the last use, or for as long as the server says', async () => {
    let now = 0
    const later = (days: number) => {
      now += days * DAY_MS
    }
    const browser = { cookies: new Map(), local: new Map(), expiries: new Map(), now: () => now }
    // Each visit is a page of its own, in a tab of its own.
    const visit = () => identityOn(fakePage(browser))
    await visit().remember(ISSUED)
    for (const days of [89, 89, 89]) {
      later(days)
      const identity = visit()
      expect((await identity.resolve()).visitorToken).toBe(ISSUED.visitorToken)
      await identity.remember(ISSUED)
    }
    later(90)
    expect((await visit().resolve()).visitorToken).toBeUndefined()

    await visit().remember({ ...ISSUED, maxAgeDays: 7 })
    later(6)
    expect((await visit().resolve()).visitorToken).toBe(ISSUED.visitorToken)
    later(1)
    expect((await visit().resolve()).visitorToken).toBeUndefined()
  })

  it('[S15] threat 13: forget leaves the tab its id, and nothing of its visitor anywhere', async () => {
    const cookies = new Map<string, string>()
    const local = new Map<string, string>()
    const page = fakePage({ cookies, local })
    const identity = identityOn(page)
    const { tabId } = await identity.resolve()
    await identity.remember(ISSUED)
    local.set(KEY, 'from-an-earlier-day')
    await identity.forget?.()
    expect(await identity.resolve()).toEqual({ tabId, token: undefined, visitorToken: undefined })
    const kept = JSON.stringify([[...cookies], [...local], [...page.tab]])
    for (const secret of [...Object.values(ISSUED), 'from-an-earlier-day']) expect(kept).not.toContain(secret)
  })

  it("the page's own lifetime of the cookie comes before the server's", async () => {
    const page = fakePage()
    await identityOn(page, { cookie: { maxAgeDays: 1 } }).remember({ ...ISSUED, maxAgeDays: 90 })
    expect(page.setCookies).toEqual([expect.stringContaining('Max-Age=86400;')])
  })

  it('[S9] asks for the device hint with each resolve, and does without one that fails', async () => {
    const hintOf = async (deviceHint: () => Promise<string | undefined>) =>
      (await identityOn(fakePage(), { deviceHint }).resolve()).deviceHint
    expect(await hintOf(async () => 'hint-of-the-device')).toBe('hint-of-the-device')
    expect(await hintOf(async () => undefined)).toBeUndefined()
    expect(await hintOf(() => Promise.reject(new Error('the chunk did not load')))).toBeUndefined()
  })

  it('takes a storage of the host in place of cookie and localStorage', async () => {
    const storage = slowStorage()
    const page = fakePage()
    const identity = identityOn(page, { storage })
    await identity.remember(ISSUED)
    expect([...storage.values]).toEqual([[KEY, ISSUED.visitorToken]])
    expect(page.setCookies).toEqual([])
  })

  it('dispose leaves the page without listeners and the tab id for the next', async () => {
    const page = fakePage()
    const identity = identityOn(page)
    const { tabId } = await identity.resolve()
    expect(page.listenerCount()).toBe(2)
    identity.dispose()
    await expect.poll(() => page.listenerCount()).toBe(0)
    expect((await identityOn(page).resolve()).tabId).toBe(tabId)
  })

  it('threat 6: what is preset in the storages is a claim, and what cannot be ours is dropped', async () => {
    const presets = [
      '',
      'null',
      '7',
      '"text"',
      '[]',
      '{',
      '{"tabId":7}',
      '{"tabId":"short"}',
      '{"tabId":"<script>alert(1)</script>"}',
    ]
    for (const preset of presets) {
      const page = fakePage({ tab: new Map([[KEY, preset]]) })
      expect((await identityOn(page).resolve()).tabId).toMatch(/^[0-9a-f]{32}$/)
    }
    const oversized = 'x'.repeat(257)
    const page = fakePage({
      tab: new Map([[KEY, JSON.stringify({ tabId: 'preset-tab', inUse: false, token: oversized })]]),
      cookies: new Map([[KEY, oversized]]),
    })
    const identity = identityOn(page)
    expect(await identity.resolve()).toEqual({ tabId: 'preset-tab', token: undefined, visitorToken: undefined })
    // What the server issues replaces every preset value.
    await identity.remember(ISSUED)
    expect(await identity.resolve()).toEqual({ tabId: 'preset-tab', ...ISSUED })
  })
})
