import { afterEach, expect, it, onTestFinished } from 'vitest'
import { cookieStorage, createBrowserIdentity, webStorage } from './index.js'
import { testKeyValueStorage } from './testing/index.js'

const WIDGET_KEY = 'wk_browser_cookie_test'
const ISSUED = { visitorToken: 'visitor token; with=all', token: 'session-token' }

afterEach(async () => {
  sessionStorage.clear()
  await emptied(undefined)
})

it('keeps the visitor in a real cookie and the session in sessionStorage', async () => {
  const identity = createBrowserIdentity({ widgetKey: WIDGET_KEY })
  onTestFinished(() => identity.dispose())
  const { tabId } = await identity.resolve()
  expect(document.cookie).not.toContain(WIDGET_KEY)
  await identity.remember(ISSUED)
  expect(document.cookie).toContain(`chatdesk_${WIDGET_KEY}=${encodeURIComponent(ISSUED.visitorToken)}`)
  expect(localStorage.getItem(`chatdesk_${WIDGET_KEY}`)).toBeNull()
  expect(sessionStorage.getItem(`chatdesk_${WIDGET_KEY}`)).toContain(ISSUED.token)
  expect(await identity.resolve()).toEqual({ tabId, ...ISSUED })

  const [cookie] = (await cookieStore.getAll(`chatdesk_${WIDGET_KEY}`)) as {
    sameSite?: string
    path?: string
    expires?: number
  }[]
  expect(cookie).toMatchObject({ sameSite: 'lax', path: '/' })
})

async function emptied<T>(storage: T): Promise<T> {
  localStorage.clear()
  for (const { name } of await cookieStore.getAll()) await cookieStore.delete(name ?? '')
  return storage
}
testKeyValueStorage('real cookies', {
  create: () => emptied(cookieStorage(window)),
  reopen: () => cookieStorage(window),
})
testKeyValueStorage('real localStorage', {
  create: () => emptied(webStorage(() => localStorage)),
  reopen: () => webStorage(() => localStorage),
})
