import type { EventSource } from '../conversation.js'

/** The emitting end of an `EventSource`. */
export interface Emitter<Events> extends EventSource<Events> {
  emit<K extends keyof Events>(type: K, event: Events[K]): void
}

/** Typed listeners, called in the order in which they came; one that throws does not stop the rest. */
export function createEmitter<Events>(): Emitter<Events> {
  // One entry for each registration, so that the same function registered twice is two listeners.
  const entries = new Set<{ type: keyof Events; listener: (event: never) => void }>()
  return {
    on(type, listener) {
      const entry = { type, listener }
      entries.add(entry)
      return () => void entries.delete(entry)
    },
    emit(type, event) {
      for (const entry of [...entries]) if (entry.type === type) guard(() => entry.listener(event as never))
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
