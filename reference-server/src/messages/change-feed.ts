import type { Change } from '../realtime/backend.js'

/** Tells everybody in this process what was committed. */
export interface ChangeFeed {
  emit(change: Change): void
  /** Answers with the end of the subscription. */
  onChange(listener: (change: Change) => void): () => void
}

/** A listener that throws is reported and stops neither the others nor the writer. */
export function createChangeFeed(onListenerError: (error: unknown) => void): ChangeFeed {
  const listeners = new Set<(change: Change) => void>()
  return {
    emit(change) {
      for (const listener of listeners) {
        try {
          listener(change)
        } catch (error) {
          onListenerError(error)
        }
      }
    },
    onChange(listener) {
      const entry = (change: Change) => listener(change)
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
  }
}
