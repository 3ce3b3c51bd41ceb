import type { Clock } from '../ports.js'

const PROBE_MS = 3_000

/** Watches for signs of life on one connection. */
export interface Heartbeat {
  /** Any frame is a sign of life. */
  heard(): void
  /** Asks for one now: none within 3 seconds means a dead link. */
  probe(): void
  stop(): void
}

/** S5: calls `onDead` once after a silence of 1.5 times `heartbeatMs`. */
export function createHeartbeat(options: {
  clock: Clock
  heartbeatMs: number
  ping: () => void
  onDead: () => void
}): Heartbeat {
  const { clock, heartbeatMs, ping, onDead } = options
  let probing = false
  let stop = clock.setTimeout(onDead, heartbeatMs * 1.5)

  function expectWithin(delayMs: number): void {
    stop()
    stop = clock.setTimeout(onDead, delayMs)
  }

  return {
    heard() {
      probing = false
      expectWithin(heartbeatMs * 1.5)
    },
    probe() {
      // Signs of waking come in bursts: a second one must not put off the verdict.
      if (probing) return
      probing = true
      expectWithin(PROBE_MS)
      ping()
    },
    stop: () => stop(),
  }
}
