import type { KeyValueStorage } from '@chatdesk/core'
import type { Page } from '../browser-page.js'
import { type CookieOptions, cookieStorage } from './cookie-storage.js'
import { webStorage } from './web-storage.js'

/** Where a visitor token outlives its page. */
export interface VisitorStorageOptions {
  cookie?: CookieOptions | false | undefined
  storage?: KeyValueStorage | undefined
  /** The server's word, where `cookie` says nothing else. */
  maxAgeDays?: number | undefined
}

/** In order of preference: the host's own storage alone, or a first-party cookie and `localStorage`. */
export function visitorStorages(
  page: Page,
  { cookie, storage, maxAgeDays }: VisitorStorageOptions,
): readonly KeyValueStorage[] {
  if (storage) return [storage]
  const local = webStorage(() => page.localStorage)
  return cookie === false ? [local] : [cookieStorage(page, { maxAgeDays, ...cookie }), local]
}

/** The value in the first storage that has it; null when none has, or all refuse. */
export async function readFirst(storages: readonly KeyValueStorage[], key: string): Promise<string | null> {
  for (const storage of storages) {
    try {
      const value = await storage.get(key)
      if (value !== null) return value
    } catch {
      // The next one may answer.
    }
  }
  return null
}

/** Keeps a value in the first storage that takes it. Where none does, the page has to remember. */
export async function writeFirst(storages: readonly KeyValueStorage[], key: string, value: string): Promise<void> {
  for (const storage of storages) {
    try {
      return await storage.set(key, value)
    } catch {
      // The next one may take it.
    }
  }
}
