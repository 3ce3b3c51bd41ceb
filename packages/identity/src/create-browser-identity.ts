import type { IdentityProvider, KeyValueStorage } from '@chatdesk/core'
import { browserPage, type Page } from './browser-page.js'
import { isToken } from './is-token.js'
import { type CookieOptions, cookieStorage } from './storage/cookie-storage.js'
import { firstWorkingStorage } from './storage/first-working-storage.js'
import { memoryStorage } from './storage/memory-storage.js'
import { webStorage } from './storage/web-storage.js'
import { openTabSession, type TabSession } from './tab-session.js'

/** Options of `createBrowserIdentity`. */
export interface BrowserIdentityOptions {
  widgetKey: string
  /** How the visitor's cookie is set; false for none, and `localStorage` instead. */
  cookie?: CookieOptions | false | undefined
  /** Keeps the visitor token in place of cookie and `localStorage`. */
  storage?: KeyValueStorage | undefined
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
 * `chatdesk_<widgetKey>`, else in `localStorage`, else in memory. Touches nothing before `resolve`, which writes the tab id alone.
 */
export function createBrowserIdentity({ widgetKey, cookie, storage, page }: BrowserIdentityOptions): BrowserIdentity {
  const key = `chatdesk_${widgetKey}`
  let opening: Promise<TabSession> | undefined
  let visitor: KeyValueStorage | undefined

  const thePage = () => page ?? browserPage()

  function visitorStorage(): KeyValueStorage {
    visitor ??= firstWorkingStorage(
      storage
        ? [storage, memoryStorage()]
        : [
            ...(cookie === false ? [] : [cookieStorage(thePage(), cookie)]),
            webStorage(() => thePage().localStorage),
            memoryStorage(),
          ],
    )
    return visitor
  }
  function tab(): Promise<TabSession> {
    opening ??= openTabSession(thePage(), widgetKey)
    return opening
  }

  return {
    async resolve() {
      const [{ tabId, token }, visitorToken] = await Promise.all([tab(), visitorStorage().get(key)])
      return { tabId, token, visitorToken: isToken(visitorToken) ? visitorToken : undefined }
    },
    async remember({ visitorToken, token }) {
      ;(await tab()).remember(token)
      // Setting it again renews the cookie.
      await visitorStorage().set(key, visitorToken)
    },
    dispose() {
      void opening?.then((session) => session.dispose())
      opening = undefined
    },
  }
}
