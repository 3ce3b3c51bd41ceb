import { ChatError } from '@chatdesk/protocol'

/** Runs what costs much, a few at a time; others wait for their turn, and what finds too many waiting is refused. */
export type FewAtATime = <T>(run: () => Promise<T>) => Promise<T>

/** `RATE_LIMITED`, when too many wait, says `refusal`. */
export function fewAtATime(limits: { atOnce: number; waiting: number; refusal: string }): FewAtATime {
  const waiting: (() => void)[] = []
  let running = 0
  return async (run) => {
    if (running >= limits.atOnce) {
      if (waiting.length >= limits.waiting) throw new ChatError('RATE_LIMITED', limits.refusal, { retryAfterMs: 1_000 })
      await new Promise<void>((go) => waiting.push(go))
    } else running++
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
