const WINDOW_MS = 60_000

/** Counts bad frames over the last minute (F7). */
export class BadFrameCount {
  readonly #times: number[] = []

  constructor(private readonly limit: number) {}

  /** Counts one; whether it is one too many. */
  add(now: number): boolean {
    this.#times.push(now)
    if (this.#times.length <= this.limit) return false
    const oldest = this.#times.shift()
    return oldest !== undefined && now - oldest < WINDOW_MS
  }
}
