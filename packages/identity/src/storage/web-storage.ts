import type { KeyValueStorage } from '@chatdesk/core'

/**
 * `localStorage` or `sessionStorage`. Rejects where the browser has no room or denies it.
 *
 * @param area names it; a browser that blocks storage throws here.
 */
export function webStorage(area: () => Storage): KeyValueStorage {
  return {
    get: async (key) => area().getItem(key),
    set: async (key, value) => area().setItem(key, value),
    remove: async (key) => area().removeItem(key),
  }
}
