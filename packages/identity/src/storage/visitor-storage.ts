import type { KeyValueStorage } from '@chatdesk/core'
import type { Page } from '../browser-page.js'
import { type CookieOptions, cookieStorage } from './cookie-storage.js'
import { firstWorkingStorage } from './first-working-storage.js'
import { webStorage } from './web-storage.js'

/** Where a visitor token outlives its page. */
export interface VisitorStorageOptions {
  cookie?: CookieOptions | false | undefined
  storage?: KeyValueStorage | undefined
  /** The server's word, where `cookie` says nothing else. */
  maxAgeDays?: number | undefined
}

/** The host's own storage, else a first-party cookie, else `localStorage`. */
export function visitorStorage(page: Page, { cookie, storage, maxAgeDays }: VisitorStorageOptions): KeyValueStorage {
  if (storage) return firstWorkingStorage([storage])
  const local = webStorage(() => page.localStorage)
  return firstWorkingStorage(cookie === false ? [local] : [cookieStorage(page, { maxAgeDays, ...cookie }), local])
}
