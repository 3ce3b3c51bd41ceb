import type { Clock } from '@chatdesk/core'

/** One load of a page: when it ends, nothing of it goes on, in whatever it was. */
export class PageLife {
  readonly #timers = new Set<NodeJS.Timeout>()
  #over = false

  readonly clock: Clock = {
    now: () => Date.now(),
    setTimeout: (run, delayMs) => {
      if (this.#over) return () => {}
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        run()
      }, delayMs)
      this.#timers.add(timer)
      return () => {
        clearTimeout(timer)
        this.#timers.delete(timer)
      }
    },
  }

  get isOver(): boolean {
    return this.#over
  }

  /** What the page hears of a promise: nothing any more once it is gone. */
  hear<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => this.#over || resolve(value),
        (error) => this.#over || reject(error),
      )
    })
  }

  end(): void {
    this.#over = true
    for (const timer of this.#timers) clearTimeout(timer)
  }
}
