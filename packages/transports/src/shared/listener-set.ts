import type { Unsubscribe } from '@chatdesk/core'

/** Listeners in the order of their coming. */
export interface ListenerSet<T> {
  add(listener: (value: T) => void): Unsubscribe
  /** Tells everyone; a listener that throws is reported on the console and stops nobody (T7). */
  emit(value: T): void
}

/** An empty set of listeners. The same function added twice is told twice. */
export function createListenerSet<T>(): ListenerSet<T> {
  const entries = new Set<[listener: (value: T) => void]>()
  return {
    add(listener) {
      const entry: [typeof listener] = [listener]
      entries.add(entry)
      return () => entries.delete(entry)
    },
    emit(value) {
      for (const [listener] of entries) {
        try {
          listener(value)
        } catch (error) {
          console.error('[chatdesk]', error)
        }
      }
    },
  }
}
