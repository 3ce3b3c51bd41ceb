import type { EventSource } from '../conversation.js'

/** The emitting end of an `EventSource`. */
export interface Emitter<Events> extends EventSource<Events> {
  emit<K extends keyof Events>(type: K, event: Events[K]): void
}

/** Typed listeners, called in the order in which they came; one that throws does not stop the rest. */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>()
  return {
    on(type, listener) {
      // Wrapped, so that the same function registered twice is two listeners.
      const own = (event: never) => listener(event)
      const set = listeners.get(type) ?? new Set()
      listeners.set(type, set.add(own))
      return () => void set.delete(own)
    },
    emit(type, event) {
      for (const listener of [...(listeners.get(type) ?? [])]) guard(() => listener(event as never))
    },
  }
}

/** Runs a stranger's code: what it throws is printed and goes no further. */
export function guard(run: () => void): void {
  try {
    run()
  } catch (error) {
    console.error('chatdesk: a listener failed', error)
  }
}
