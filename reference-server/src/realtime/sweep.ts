import type { RealtimeClock } from './clock.js'

/** Options of `Sweep`. */
export interface SweepOptions {
  clock: RealtimeClock
  /** Uniform in [0, 1). */
  random: () => number
  intervalMs: number
  /** Whether there is anybody to look for. */
  isNeeded: () => boolean
  /** Looks once; rejects never. */
  look: () => Promise<void>
}

/** Looks every so often, as long as there is somebody to look for: not all nodes at the same moment, never twice at a time. */
export class Sweep {
  #cancel: (() => void) | undefined
  #looking = false
  #ended = false

  constructor(private readonly options: SweepOptions) {}

  /** There is somebody now. */
  wake(): void {
    if (this.#cancel || this.#looking || this.#ended) return
    const { clock, intervalMs, random } = this.options
    this.#cancel = clock.setTimeout(() => void this.#run(), intervalMs * (0.75 + random() / 2))
  }

  end(): void {
    this.#ended = true
    this.#cancel?.()
  }

  async #run(): Promise<void> {
    this.#cancel = undefined
    if (!this.options.isNeeded()) return
    this.#looking = true
    await this.options.look()
    this.#looking = false
    this.wake()
  }
}
