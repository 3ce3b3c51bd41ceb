import { atom, type ReadableAtom } from 'nanostores'
import { systemClock } from '../platform/system-clock.js'
import type { Clock, Unsubscribe, WakeSignals } from '../ports.js'
import type { TabLock } from './tab-ports.js'

/** How long a page without a connection, and without an attempt at one, keeps the others waiting, in milliseconds. */
const LAPSE_MS = 2_000

/** What leadership is made of. */
export interface LeadershipOptions {
  lock: TabLock
  /** The platform's own when absent. */
  clock?: Clock | undefined
  onRest?: WakeSignals['onRest'] | undefined
}

/** Whether this page leads the tabs of its session: the one that holds their lock. */
export interface Leadership {
  readonly $leader: ReadableAtom<boolean>
  /** An attempt at a connection begins; the answer says that it, or the connection, is over. */
  enter(): Unsubscribe
  /** Leads if nobody else does. */
  tryLead(): Promise<boolean>
  /** Resolves when this page leads; rejects when aborted. */
  waitToLead(signal: AbortSignal): Promise<void>
}

/**
 * Keeps the lock from one attempt to the next, so that a transport that fails is followed by the next one of the same page.
 * A page that has tried in vain for a while makes way, and one that is put away does so at once: browsers keep no page with
 * a lock for the way back.
 */
export function createLeadership({ lock, clock = systemClock, onRest }: LeadershipOptions): Leadership {
  const $leader = atom(false)
  let attempts = 0
  let release: Unsubscribe | undefined
  let stopResting: Unsubscribe | undefined
  let cancelLapse = () => {}

  function hold(granted: Unsubscribe): void {
    // What wanted it may be over by now.
    if (attempts === 0) granted()
    else {
      release = granted
      stopResting = onRest?.(letGo)
      $leader.set(true)
    }
  }

  function letGo(): void {
    cancelLapse()
    stopResting?.()
    release?.()
    release = undefined
    $leader.set(false)
  }

  return {
    $leader,
    enter() {
      cancelLapse()
      attempts += 1
      return () => {
        attempts -= 1
        if (attempts === 0 && release) cancelLapse = clock.setTimeout(letGo, LAPSE_MS)
      }
    },
    async tryLead() {
      if (release) return true
      const granted = await lock.tryTake()
      if (granted) hold(granted)
      return release !== undefined
    },
    async waitToLead(signal) {
      const granted = await lock.take(signal)
      if (signal.aborted) granted()
      signal.throwIfAborted()
      hold(granted)
    },
  }
}
