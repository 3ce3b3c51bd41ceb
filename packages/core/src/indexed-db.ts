import { createStore, promisifyRequest } from 'idb-keyval'
import type { KeyValueStorage } from './ports.js'

/**
 * Keeps strings in the page's IndexedDB. The database is opened at the first access, never before.
 *
 * @param mayStore asked before every access, which rejects when it says no.
 */
export function createIndexedDbStorage(databaseName = 'chatdesk', mayStore = () => true): KeyValueStorage {
  const store = createStore(databaseName, 'values')
  const access: typeof store = (mode, run) => (mayStore() ? store(mode, run) : Promise.reject(new Error('denied')))
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

/** The keys under which anything is kept. */
export async function indexedDbKeys(databaseName = 'chatdesk'): Promise<string[]> {
  const access = createStore(databaseName, 'values')
  return (await access('readonly', (store) => promisifyRequest(store.getAllKeys()))) as string[]
}

/** Removes every value of every page of this site. Where there is no database, none is made. */
export async function eraseIndexedDb(databaseName = 'chatdesk'): Promise<void> {
  const { indexedDB } = globalThis as { indexedDB?: { databases?(): Promise<{ name?: string }[]> } }
  if (!indexedDB) return
  // Firefox tells since 126.
  const databases = await indexedDB.databases?.()
  if (databases?.every(({ name }) => name !== databaseName)) return
  const access = createStore(databaseName, 'values')
  await access('readwrite', (store) => {
    store.clear()
    return promisifyRequest(store.transaction)
  })
}
