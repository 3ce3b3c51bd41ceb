import type { KeyValueStorage } from '@chatdesk/core'
import type { Page } from '../browser-page.js'

/** How cookies are set. */
export interface CookieOptions {
  /** Shared with its subdomains; the page's own host alone when absent. */
  domain?: string | undefined
  /** Counted from the last `set`; 90 when absent. */
  maxAgeDays?: number | undefined
}

/**
 * First-party cookies: `Path=/`, `SameSite=Lax`, and `Secure` on https.
 * `set` rejects when the browser did not keep the cookie, which it does in silence.
 */
export function cookieStorage(
  { document, location }: Pick<Page, 'document' | 'location'>,
  { domain, maxAgeDays = 90 }: CookieOptions = {},
): KeyValueStorage {
  const attributes = `;Path=/;SameSite=Lax${location.protocol === 'https:' ? ';Secure' : ''}${domain ? `;Domain=${domain}` : ''}`
  const prefix = (key: string) => `${encodeURIComponent(key)}=`

  function read(key: string): string | null {
    const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(prefix(key)))
    try {
      return found === undefined ? null : decodeURIComponent(found.slice(prefix(key).length))
    } catch {
      // Not written here: no text that was encoded ends in half a character.
      return null
    }
  }
  return {
    get: async (key) => read(key),
    async set(key, value) {
      document.cookie = `${prefix(key)}${encodeURIComponent(value)};Max-Age=${maxAgeDays * 86_400}${attributes}`
      if (read(key) !== value) throw new Error('cookie not kept')
    },
    async remove(key) {
      document.cookie = `${prefix(key)};Max-Age=0${attributes}`
    },
  }
}
