import type { WakeSignals } from '@chatdesk/core'

/** The browser's hints that a connection may work again, and a hand on the same bell for "Try now". */
export function createWakeSignals(): WakeSignals & { wake(): void } {
  const listeners = new Set<() => void>()
  const wake = () => {
    for (const listener of [...listeners]) listener()
  }
  return {
    wake,
    onWake(listener) {
      const stop = new AbortController()
      const visible = () => document.visibilityState === 'visible' && listener()
      window.addEventListener('online', listener, { signal: stop.signal })
      document.addEventListener('visibilitychange', visible, { signal: stop.signal })
      listeners.add(listener)
      return () => {
        stop.abort()
        listeners.delete(listener)
      }
    },
  }
}
