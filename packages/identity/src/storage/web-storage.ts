import type { KeyValueStorage } from '@chatdesk/core'

/** `localStorage` or `sessionStorage`. Rejects where the browser denies it or has no room. */
export function webStorage(area: () => Storage | null): KeyValueStorage {
  function granted(): Storage {
    const storage = area()
    if (!storage) throw new Error('The browser denies this storage.')
    return storage
  }
  return {
    get: async (key) => granted().getItem(key),
    set: async (key, value) => granted().setItem(key, value),
    remove: async (key) => granted().removeItem(key),
  }
}
