import { describe, expect, it, onTestFinished } from 'vitest'
import { type BrowserIdentityOptions, createBrowserIdentity } from './create-browser-identity.js'
import { eraseIdentity } from './erase-identity.js'
import { type FakePage, type FakePageOptions, fakePage } from './testing/fake-page.js'

const ISSUED = { visitorToken: 'visitor-token', token: 'session-token' }
const KEY = 'chatdesk_wk_test'

/** A browser in which every look into a storage is seen, and what is in it. */
function watchedBrowser(options: FakePageOptions = {}) {
  const cookies = new Map<string, string>()
  const local = new Map<string, string>()
  const seen: string[] = []
  const page: FakePage = fakePage({ cookies, local, ...options })
  const watched = new Proxy(page, {
    get(target, name, receiver) {
      if (name === 'document' || name === 'localStorage' || name === 'sessionStorage') seen.push(name)
      return Reflect.get(target, name, receiver)
    },
  })
  const identity = (more: Partial<BrowserIdentityOptions> = {}) => {
    const made = createBrowserIdentity({ widgetKey: 'wk_test', page: watched, ...more })
    onTestFinished(() => made.dispose())
    return made
  }
  return { page, identity, seen, stored: () => [...cookies.keys(), ...local.keys(), ...page.tab.keys()] }
}

describe('a visitor who has not consented', () => {
  it('threat 83: no storage is written, and none is read', async () => {
    const { identity, seen, stored, page } = watchedBrowser()
    const who = identity({ mayStore: () => false })
    const { tabId } = await who.resolve()
    await who.remember(ISSUED)
    page.fire('pagehide')
    page.fire('pageshow')
    // The page itself knows: its chat goes on.
    expect(await who.resolve()).toEqual({ tabId, ...ISSUED, deviceHint: undefined })
    expect(stored()).toEqual([])
    expect(seen).toEqual([])
  })

  it('threat 83: what an earlier visit has left is not looked at', async () => {
    const { identity } = watchedBrowser({
      cookies: new Map([[KEY, 'earlier']]),
      tab: new Map([[KEY, '{"tabId":"tab-00000001","inUse":false,"token":"earlier"}']]),
    })
    expect(await identity({ mayStore: () => false }).resolve()).toEqual({
      tabId: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
  })

  it('is remembered from the moment of consent, as who they are in this page', async () => {
    let consented = false
    const { identity, page } = watchedBrowser({ cookies: new Map([[KEY, 'of-an-earlier-visit']]) })
    const who = identity({ mayStore: () => consented })
    const { tabId } = await who.resolve()
    await who.remember(ISSUED)
    // Asked before the consent counts: from then on a cookie wins.
    const known = await who.resolve()
    consented = true
    await who.remember({ token: known.token ?? '', visitorToken: known.visitorToken })
    expect(await who.resolve()).toMatchObject({ tabId, ...ISSUED })
    page.fire('pagehide')
    const reloaded = createBrowserIdentity({ widgetKey: 'wk_test', page: fakePage({ tab: page.tab }) })
    expect(await reloaded.resolve()).toMatchObject({ tabId, token: ISSUED.token })
    expect(page.setCookies).toEqual([expect.stringMatching(/^chatdesk_wk_test=visitor-token;/)])
    reloaded.dispose()
  })
})

describe('eraseIdentity', () => {
  it('leaves nothing of the widget, and everything else', async () => {
    const local = new Map([
      [KEY, 'x'],
      ['chatdesk_wk_other', 'kept'],
      ['cart', 'kept'],
    ])
    const cookies = new Map([['cart', 'kept']])
    const tab = new Map([
      ['chatdesk.draft.wk_test', 'x'],
      ['chatdesk.closed.wk_test', '1'],
      ['wk_test', 'kept'],
    ])
    const page = fakePage({ local, cookies, tab })
    const who = createBrowserIdentity({ widgetKey: 'wk_test', page })
    await who.remember(ISSUED)
    expect([cookies.has(KEY), tab.has(KEY)]).toEqual([true, true])
    await eraseIdentity({ widgetKey: 'wk_test', page })
    expect([...local.keys(), page.document.cookie, ...tab.keys()]).toEqual([
      'chatdesk_wk_other',
      'cart',
      'cart=kept',
      'wk_test',
    ])
    who.dispose()
  })

  it('has nothing to do where every storage is denied', async () => {
    await eraseIdentity({
      widgetKey: 'wk_test',
      page: fakePage({ deny: ['cookies', 'localStorage', 'sessionStorage'] }),
    })
  })
})
