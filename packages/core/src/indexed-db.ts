import { createStore, promisifyRequest } from 'idb-keyval'
import type { KeyValueStorage } from './ports.js'

/** Keeps strings in the page's IndexedDB. The database is opened at the first access, never before. */
export function createIndexedDbStorage(databaseName = 'chatdesk'): KeyValueStorage {
  const access = createStore(databaseName, 'values')
  return {
    get: async (key) =>
      (await access('readonly', (store) => promisifyRequest<string | undefined>(store.get(key)))) ?? null,
    // A change counts when its transaction is complete.
    set: (key, value) =>
      access('readwrite', (store) => {
        store.put(value, key)
        return promisifyRequest(store.transaction)
      }),
    remove: (key) =>
      access('readwrite', (store) => {
        store.delete(key)
        return promisifyRequest(store.transaction)
      }),
  }
}
