/** Time, as a simulator has it. */
export interface SimulatorClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Moves it ahead. */
  skip(milliseconds: number): void
  /** Calls when it is that late by itself; answers with what calls it off. A clock that stands still never calls. */
  wake(at: number, run: () => void): () => void
}

/** The longest that a timer of Node waits. */
const LONGEST_WAIT = 2 ** 31 - 1

/** The clock on the wall, which `skip` moves ahead of it. */
export function systemClock(): SimulatorClock {
  let ahead = 0
  const now = () => Date.now() + ahead
  return {
    now,
    skip: (milliseconds) => {
      ahead += milliseconds
    },
    wake: (at, run) => {
      const timer = setTimeout(run, Math.min(Math.max(at - now(), 0), LONGEST_WAIT))
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}

/** A clock that stands still until it is moved: the same run has the same times. Begins on 1 April 2026 unless told otherwise. */
export function virtualClock(start = Date.UTC(2026, 3, 1, 9)): SimulatorClock {
  let time = start
  return {
    now: () => time,
    skip: (milliseconds) => {
      time += milliseconds
    },
    wake: () => () => {},
  }
}
