import type { HintBus } from '../../nodes/hint-bus.js'
import type { RealtimeClock } from '../../realtime/index.js'

/** So often a turn that waits for somebody else's words looks whether they are still wanted, in milliseconds. */
const LOOK_MS = 1_000
/** So long before its time is over a turn makes do with what there is, in milliseconds: it has to be written yet. */
const SPARE_MS = 2_000

/**
 * Looks until it is stopped, a second after the look before is over, however long that takes: another node may have moved the
 * floor without a word. `look` rejects never.
 */
export function lookOften(
  timers: Pick<RealtimeClock, 'setTimeout'>,
  look: () => Promise<void> | undefined,
): () => void {
  let stopped = false
  let cancel = () => {}
  const lookThenAgain = async () => {
    await look()
    if (!stopped) again()
  }
  const again = () => {
    cancel = timers.setTimeout(() => void lookThenAgain(), LOOK_MS)
  }
  again()
  return () => {
    stopped = true
    cancel()
  }
}

/** Calls before a turn's time is over; the answer cancels it. */
export function beforeEnd(
  timers: Pick<RealtimeClock, 'setTimeout'>,
  { until, now }: { until: number; now: number },
  call: () => void,
): () => void {
  return timers.setTimeout(call, Math.max(0, until - SPARE_MS - now))
}

/** Calls when another node says that something has happened in a conversation; the answer ends that. */
export function onChangedElsewhere(
  hints: Pick<HintBus, 'subscribe'> | undefined,
  call: (which: { organizationId: string; conversationId: string }) => void,
): () => void {
  if (!hints) return () => {}
  return hints.subscribe((hint) => {
    if (hint.type === 'conversation.changed') call(hint)
  })
}
