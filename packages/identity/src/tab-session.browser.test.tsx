import { afterEach, describe, expect, it } from 'vitest'
import type { createBrowserIdentity } from './index.js'

/** What the page of a real tab shows to its test. */
interface TabWindow extends Window {
  identity?: ReturnType<typeof createBrowserIdentity>
  /** Stays until the page is replaced. */
  mark?: boolean
}

const SOURCE = new URL('./index.ts', import.meta.url).href
const PAGE = URL.createObjectURL(
  new Blob(
    [
      `<!doctype html><title>A customer's page</title><script type="module">
      import { createBrowserIdentity } from ${JSON.stringify(SOURCE)}
      window.identity = createBrowserIdentity({ widgetKey: 'wk_browser_test' })
      </script>`,
    ],
    { type: 'text/html' },
  ),
)
// A document from a `blob:` address has no cookies, so its visitor token is kept in localStorage.
const ISSUED = { visitorToken: 'visitor-token', token: 'session-token' }
const tabs: TabWindow[] = []

/** Opens a tab from `opener`, which copies the opener's `sessionStorage` as "Duplicate tab" does. */
function openTab(opener: Window = window): TabWindow {
  const tab = opener.open(PAGE, '_blank') as TabWindow | null
  if (!tab) throw new Error('the browser opened no tab')
  tabs.push(tab)
  return tab
}
async function identityOf(tab: TabWindow) {
  await expect.poll(() => tab.identity).toBeTruthy()
  if (!tab.identity) throw new Error('unreachable')
  return tab.identity
}
async function reload(tab: TabWindow): Promise<void> {
  tab.mark = true
  tab.location.reload()
  await expect.poll(() => tab.mark).toBeUndefined()
}

describe('tab id in real tabs', () => {
  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.close()
  })

  it('a reload keeps the tab id and the session', async () => {
    const tab = openTab()
    const { tabId } = await (await identityOf(tab)).resolve()
    await (await identityOf(tab)).remember(ISSUED)
    await reload(tab)
    expect(await (await identityOf(tab)).resolve()).toEqual({ tabId, ...ISSUED })
    await reload(tab)
    expect(await (await identityOf(tab)).resolve()).toEqual({ tabId, ...ISSUED })
  })

  it('a reload keeps them where the browser takes its time to take the page before down', async () => {
    const tab = openTab()
    const { tabId } = await (await identityOf(tab)).resolve()
    await (await identityOf(tab)).remember(ISSUED)
    // Next in the queue: it stands between the page and its successor for longer than an id in use is waited for.
    const between = navigator.locks.request(
      `chatdesk_wk_browser_test/${tabId}`,
      () => new Promise((resolve) => setTimeout(resolve, 1_500)),
    )
    await reload(tab)
    expect(await (await identityOf(tab)).resolve()).toEqual({ tabId, ...ISSUED })
    await between
  })

  it('a tab opened by window.open, with a copy of the storage, gets a new id and no session', async () => {
    const original = openTab()
    const { tabId } = await (await identityOf(original)).resolve()
    await (await identityOf(original)).remember(ISSUED)
    const stored = original.sessionStorage.getItem('chatdesk_wk_browser_test')

    const copy = openTab(original)
    expect(copy.sessionStorage.getItem('chatdesk_wk_browser_test')).toBe(stored)
    const resolved = await (await identityOf(copy)).resolve()
    expect(resolved).toEqual({ tabId: expect.any(String), token: undefined, visitorToken: ISSUED.visitorToken })
    expect(resolved.tabId).not.toBe(tabId)

    await reload(original)
    await reload(copy)
    expect(await (await identityOf(original)).resolve()).toMatchObject({ tabId, token: ISSUED.token })
    expect((await (await identityOf(copy)).resolve()).tabId).toBe(resolved.tabId)
  })
})
