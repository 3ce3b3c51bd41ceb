import type { KeyValueStorage } from '@chatdesk/core'

/** Keeps a value in the first storage that takes it, and reads it from the first that has it. Rejects when none takes it. */
export function firstWorkingStorage(storages: readonly KeyValueStorage[]): KeyValueStorage {
  return {
    async get(key) {
      for (const storage of storages) {
        try {
          const value = await storage.get(key)
          if (value !== null) return value
        } catch {
          // The next one may answer.
        }
      }
      return null
    },
    async set(key, value) {
      const errors: unknown[] = []
      for (const storage of storages) {
        try {
          return await storage.set(key, value)
        } catch (error) {
          errors.push(error)
        }
      }
      throw new AggregateError(errors, 'No storage took the value.')
    },
    async remove(key) {
      await Promise.allSettled(storages.map(async (storage) => storage.remove(key)))
    },
  }
}
