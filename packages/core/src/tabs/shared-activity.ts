import type { Clock } from '../ports.js'

/** Said by a tab in which the visitor does nothing: one in which they do answers. */
const IDLE = 'idle'
/** The visitor does something in the tab that says so. */
const ACTIVE = 'active'
/** Tabs have so long to answer, in milliseconds. */
const ANSWER_MS = 500
/** After an answer the next question comes so much later, in milliseconds: who gave it may have been closed. */
const AGAIN_MS = 60_000

/** What tabs that share a connection tell each other of their visitor, seen from one of them. */
export interface SharedActivity {
  /** In this tab the visitor does nothing any more, or something again. */
  turn(active: boolean): void
  /** Whether what another tab has said was of this. */
  hear(data: unknown): boolean
  end(): void
}

/**
 * One word of all tabs on whether their visitor is there (N1), which the leader says. Nobody counts tabs, which may die without
 * one: the visitor is away when a tab has asked and none has answered.
 *
 * @param say the leader's word to the server; a tab that follows has none.
 */
export function createSharedActivity(
  post: (text: string) => void,
  clock: Clock,
  say?: (active: boolean) => void,
): SharedActivity {
  let active = true
  let isAway = false
  let cancel = () => {}

  function ask(): void {
    post(IDLE)
    listen()
  }

  function listen(): void {
    cancel()
    if (!say || isAway) return
    cancel = clock.setTimeout(() => {
      isAway = true
      say(false)
    }, ANSWER_MS)
  }

  /** The visitor does something, here or elsewhere. */
  function back(): void {
    cancel()
    if (!say) return
    if (isAway) say(true)
    isAway = false
    if (!active) cancel = clock.setTimeout(ask, AGAIN_MS)
  }

  return {
    turn(next) {
      active = next
      if (!active) return ask()
      post(ACTIVE)
      back()
    },
    hear(data) {
      if (data === ACTIVE) back()
      else if (data !== IDLE) return false
      else if (active) post(ACTIVE)
      else listen()
      return true
    },
    end: () => cancel(),
  }
}
