import { createStore, del, get, set, type UseStore } from 'idb-keyval'
import type { KeyValueStorage } from './ports.js'

/** Keeps strings in the page's IndexedDB. The database is opened at the first access, never before. */
export function createIndexedDbStorage(databaseName = 'chatdesk'): KeyValueStorage {
  let store: UseStore | undefined
  const open = () => {
    store ??= createStore(databaseName, 'values')
    return store
  }
  return {
    get: async (key) => (await get<string>(key, open())) ?? null,
    set: async (key, value) => set(key, value, open()),
    remove: async (key) => del(key, open()),
  }
}
