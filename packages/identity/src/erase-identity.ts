import { browserPage, type Page } from './browser-page.js'
import type { CookieOptions } from './storage/cookie-storage.js'
import { visitorStorages } from './storage/visitor-storages.js'

/**
 * Takes away what `createBrowserIdentity` has left of a widget in this browser, and everything else in the Web storages
 * whose key ends in the widget's.
 *
 * @param options the same as there.
 */
export async function eraseIdentity(options: {
  widgetKey: string
  cookie?: CookieOptions | undefined
  page?: Page | undefined
}): Promise<void> {
  const { widgetKey, cookie, page = browserPage() } = options
  // What is denied holds nothing.
  await Promise.allSettled(visitorStorages(page, { cookie }).map((storage) => storage.remove(`chatdesk_${widgetKey}`)))
  for (const area of ['sessionStorage', 'localStorage'] as const) {
    try {
      const storage = page[area]
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
      for (const key of keys) if (key.startsWith('chatdesk') && key.endsWith(widgetKey)) storage.removeItem(key)
    } catch {
      // As above.
    }
  }
}
