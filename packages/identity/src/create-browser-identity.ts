import type { IdentityProvider, KeyValueStorage } from '@chatdesk/core'
import { browserPage, type Page } from './browser-page.js'
import { isToken } from './is-token.js'
import type { CookieOptions } from './storage/cookie-storage.js'
import { readFirst, visitorStorages, writeFirst } from './storage/visitor-storages.js'
import { openTabSession, type TabSession } from './tab-session.js'

/** Options of `createBrowserIdentity`. */
export interface BrowserIdentityOptions {
  widgetKey: string
  /** How the visitor's cookie is set; false for none, and `localStorage` instead. */
  cookie?: CookieOptions | false | undefined
  /** Keeps the visitor token in place of cookie and `localStorage`. */
  storage?: KeyValueStorage | undefined
  /** Asked before every access to a storage of the browser. While it says no, memory has to do. Yes when absent. */
  mayStore?: (() => boolean) | undefined
  /** What the browser looks like: `deviceHint` of `@chatdesk/identity/fingerprint`, where the visitor has consented. */
  deviceHint?: (() => Promise<string | undefined> | undefined) | undefined
  /** The page that this script runs in when absent. */
  page?: Page | undefined
}

/** The identity of a visitor in a browser. */
export interface BrowserIdentity extends IdentityProvider {
  /** Takes every listener off the page. The tab id stays for the next one. */
  dispose(): void
}

/**
 * Who is on this page: a tab id and a session token in `sessionStorage`, and a visitor token in a first-party cookie
 * `chatdesk_<widgetKey>`, else in `localStorage`, else in this tab's `sessionStorage` or memory. Touches nothing before `resolve`, which writes the tab id alone.
 */
export function createBrowserIdentity(options: BrowserIdentityOptions): BrowserIdentity {
  const { widgetKey, mayStore = () => true, deviceHint } = options
  const key = `chatdesk_${widgetKey}`
  let opening: Promise<TabSession> | undefined

  const thePage = () => options.page ?? browserPage()
  const storages = (maxAgeDays?: number) => visitorStorages(thePage(), { ...options, maxAgeDays })

  function tab(): Promise<TabSession> {
    opening ??= openTabSession(thePage(), widgetKey, mayStore)
    return opening
  }
  return {
    async resolve() {
      const [session, stored, hint] = await Promise.all([
        tab(),
        mayStore() ? readFirst(storages(), key) : null,
        // A hint that cannot be had is none.
        deviceHint?.()?.catch(() => undefined),
      ])
      // All tabs find the same one in the cookie; what this tab was given is for when that is gone.
      const visitorToken = isToken(stored) ? stored : session.visitorToken
      return { tabId: session.tabId, token: session.token, visitorToken, deviceHint: hint }
    },
    async remember({ visitorToken, token, maxAgeDays }) {
      ;(await tab()).remember({ token, visitorToken })
      // Setting it again renews the cookie.
      if (visitorToken && mayStore()) await writeFirst(storages(maxAgeDays), key, visitorToken)
    },
    async forget() {
      ;(await tab()).remember({ token: undefined, visitorToken: undefined })
      await Promise.allSettled(storages().map((storage) => storage.remove(key)))
    },
    dispose() {
      void opening?.then((session) => session.dispose())
      opening = undefined
    },
  }
}
