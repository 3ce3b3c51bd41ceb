import { expect, it, vi } from 'vitest'
import { createWakeSignals } from './wake-signals.js'

it('wakes by hand, by the network, and by the page that is looked at again', () => {
  const signals = createWakeSignals()
  const woken = vi.fn()
  const stop = signals.onWake(woken)
  signals.wake()
  expect(woken).toHaveBeenCalledTimes(1)
  window.dispatchEvent(new Event('online'))
  expect(woken).toHaveBeenCalledTimes(2)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(woken).toHaveBeenCalledTimes(3)
  stop()
  signals.wake()
  window.dispatchEvent(new Event('online'))
  document.dispatchEvent(new Event('visibilitychange'))
  expect(woken).toHaveBeenCalledTimes(3)
})
