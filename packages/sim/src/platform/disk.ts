import type { KeyValueStorage } from '@chatdesk/core'
import type { Host, World } from '../world.js'

/** What a page is told when its storage refuses. */
const REFUSAL = 'QuotaExceededError'

/** How a disk behaves right now. */
export interface DiskMood {
  /** Rejects every access. */
  refuses: boolean
  /** Does not answer. */
  hangs: boolean
  /** Longest time that an access takes, in milliseconds. */
  slowMs: number
}

/** A device's storage: it outlives pages. A write takes time, and happens or does not happen when its page dies before. */
export class Disk {
  readonly mood: DiskMood = { refuses: false, hangs: false, slowMs: 20 }
  readonly #world: World
  readonly #values = new Map<string, string>()

  constructor(world: World) {
    this.#world = world
  }

  /** Whether this text is part of anything that stands here. */
  holds(text: string): boolean {
    for (const value of this.#values.values()) if (value.includes(text)) return true
    return false
  }

  heal(): void {
    Object.assign(this.mood, { refuses: false, hangs: false, slowMs: 20 })
  }

  /** The storage as a page has it. */
  openFor(page: Host): KeyValueStorage {
    return {
      get: (key) => this.#access(page, () => this.#values.get(key) ?? null),
      set: (key, value) => this.#access(page, () => void this.#values.set(key, value)),
      remove: (key) => this.#access(page, () => void this.#values.delete(key)),
    }
  }

  #access<T>(page: Host, run: () => T): Promise<T> {
    const { random } = this.#world
    return new Promise((resolve, reject) => {
      if (this.mood.hangs) return
      const { refuses } = this.mood
      const tookMs = random.between(0, this.mood.slowMs)
      // The page may die meanwhile: by then it has happened or not.
      const happensAt = random.between(0, tookMs)
      this.#world.after(happensAt, () => {
        const value = refuses ? undefined : run()
        this.#world.after(tookMs - happensAt, () => (refuses ? reject(new Error(REFUSAL)) : resolve(value as T)), page)
      })
    })
  }
}
