import type { Rate } from './limits.js'
import { TokenBucket } from './token-bucket.js'

/** What one session or network address may do, over all of its connections to this process: ten sockets are no ten times the rate. */
export class KeyedRates {
  readonly #buckets = new Map<string, TokenBucket>()
  /** Size at which buckets that are full again, and so say nothing, are thrown away. */
  #sweepAt = 1024

  constructor(private readonly rate: Rate) {}

  /** 0 when granted, else the milliseconds until the next grant. */
  take(key: string, now: number): number {
    let bucket = this.#buckets.get(key)
    if (!bucket) {
      this.#sweep(now)
      bucket = new TokenBucket(this.rate, now)
      this.#buckets.set(key, bucket)
    }
    return bucket.take(now)
  }

  /** Sessions that are remembered. */
  get size(): number {
    return this.#buckets.size
  }

  #sweep(now: number): void {
    if (this.#buckets.size < this.#sweepAt) return
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key)
    this.#sweepAt = Math.max(1024, 2 * this.#buckets.size)
  }
}
