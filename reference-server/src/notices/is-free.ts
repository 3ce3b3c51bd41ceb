import type { RateLimit } from '../platform/rate-limit.js'

/** Whether there is one left; takes it. */
export async function isFree(limit: RateLimit, key: string): Promise<boolean> {
  return limit.consume(key).then(
    () => true,
    () => false,
  )
}
