import { ChatError } from '@chatdesk/protocol'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** So many within so many seconds. */
export interface RateLimitOptions {
  points: number
  seconds: number
}

/** Counts by key, in this process. */
export interface RateLimit {
  /** Takes one, or so many points; throws `RATE_LIMITED` with `retryAfterMs` when as much is not left. */
  consume(key: string, points?: number): Promise<void>
  forget(key: string): Promise<void>
}

export function createRateLimit({ points, seconds }: RateLimitOptions): RateLimit {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  const refuse = (msBeforeNext: number): never => {
    throw new ChatError('RATE_LIMITED', 'Too many requests. Wait a little.', { retryAfterMs: Math.ceil(msBeforeNext) })
  }
  return {
    async consume(key, taken = 1) {
      await limiter.consume(key, taken).catch((reason) => {
        if (reason instanceof RateLimiterRes) refuse(reason.msBeforeNext)
        throw reason
      })
    },
    async forget(key) {
      await limiter.delete(key)
    },
  }
}
