import { quantile } from '../statistics.js'
import type { Link } from './link.js'

/** What one round of load found. */
export interface LoadResult {
  /** Messages a second, acked and delivered. */
  perSecond: number
  /** From send to acked and delivered, in milliseconds. */
  p50: number
  p99: number
}

/** Keeps `inFlight` messages of each link on their way, and counts those that arrive after the warm-up. Ends when nothing is on its way. */
export async function runLoad(
  links: readonly Link[],
  { inFlight, warmUpMs, measureMs }: { inFlight: number; warmUpMs: number; measureMs: number },
): Promise<LoadResult> {
  const from = performance.now() + warmUpMs
  const to = from + measureMs
  const latencies: number[] = []
  const lane = (link: Link, finished: () => void): void => {
    const startedAt = performance.now()
    if (startedAt >= to) {
      finished()
      return
    }
    link.exchange(() => {
      const now = performance.now()
      if (now >= from && now < to) latencies.push(now - startedAt)
      lane(link, finished)
    })
  }
  const lanes = links.flatMap((link) => Array.from({ length: inFlight }, () => link))
  await Promise.all(lanes.map((link) => new Promise<void>((finished) => lane(link, finished))))
  return {
    perSecond: (latencies.length * 1000) / measureMs,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  }
}
