import type { Unsubscribe } from '@chatdesk/core'
import type { OpenTabChannel, TabLock } from '@chatdesk/core/shared-tabs'
import type { Host, World } from '../world.js'

/** How long a word takes from one tab to the next, in milliseconds. */
const CHANNEL_MS = 2

interface Lock {
  holder?: Host | undefined
  queue: { host: Host; grant: () => void }[]
}

/** The locks and channels of one device's browser: a page that dies lets go of its locks, and is not heard any more. */
export class SimulatedTabs {
  readonly #world: World
  readonly #locks = new Map<string, Lock>()
  readonly #ends = new Set<{ host: Host; name: string; hear: (data: unknown) => void }>()

  constructor(world: World) {
    this.#world = world
  }

  lock(host: Host, name: string): TabLock {
    const lock = this.#locks.get(name) ?? { queue: [] }
    this.#locks.set(name, lock)
    return {
      tryTake: async () => (lock.holder ? undefined : this.#give(lock, host)),
      take: (signal) =>
        new Promise((resolve, reject) => {
          const waiting = { host, grant: () => resolve(this.#give(lock, host)) }
          lock.queue.push(waiting)
          signal.addEventListener('abort', () => {
            lock.queue = lock.queue.filter((other) => other !== waiting)
            reject(signal.reason)
          })
          this.#next(lock)
        }),
    }
  }

  channel(host: Host, name: string): OpenTabChannel {
    return (hear) => {
      const end = { host, name, hear }
      this.#ends.add(end)
      return {
        post: (text) => {
          for (const other of this.#ends)
            if (other !== end && other.name === name)
              this.#world.after(CHANNEL_MS, () => this.#ends.has(other) && other.hear(text), other.host)
        },
        close: () => void this.#ends.delete(end),
      }
    }
  }

  /** The page is gone. */
  leave(host: Host): void {
    for (const end of this.#ends) if (end.host === host) this.#ends.delete(end)
    for (const lock of this.#locks.values()) {
      lock.queue = lock.queue.filter((waiting) => waiting.host !== host)
      if (lock.holder === host) lock.holder = undefined
      this.#next(lock)
    }
  }

  #give(lock: Lock, host: Host): Unsubscribe {
    lock.holder = host
    this.#world.note(() => `${host.name} leads`)
    let held = true
    return () => {
      if (held && lock.holder === host) lock.holder = undefined
      held = false
      this.#next(lock)
    }
  }

  #next(lock: Lock): void {
    if (!lock.holder) lock.queue.shift()?.grant()
  }
}
