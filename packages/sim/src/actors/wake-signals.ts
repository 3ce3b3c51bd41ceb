import type { WakeSignals } from '@chatdesk/core'

/** The signs of one page. */
export interface PageSignals {
  signals: WakeSignals
  wake(): void
  rest(): void
}

/** Signs that the simulation gives by hand. */
export function createPageSignals(): PageSignals {
  const onWake = new Set<() => void>()
  const onRest = new Set<() => void>()
  const listen = (to: Set<() => void>) => (listener: () => void) => {
    to.add(listener)
    return () => void to.delete(listener)
  }
  return {
    signals: { onWake: listen(onWake), onRest: listen(onRest) },
    wake: () => onWake.forEach((listener) => void listener()),
    rest: () => onRest.forEach((listener) => void listener()),
  }
}
