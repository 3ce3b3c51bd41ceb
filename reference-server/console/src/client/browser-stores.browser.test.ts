import { afterEach, expect, it, vi } from 'vitest'
import { attentionStore, clockStore } from './browser-stores.js'

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('tells the time while somebody listens', () => {
  vi.useFakeTimers({ now: 1000 })
  const heard: number[] = []
  const stop = clockStore(15_000).subscribe((now) => heard.push(now))
  vi.advanceTimersByTime(30_000)
  expect(heard).toEqual([1000, 16_000, 31_000])
  stop()
})

it('[H2] knows whether somebody looks', () => {
  let focused = true
  vi.spyOn(document, 'hasFocus').mockImplementation(() => focused)
  const $attentive = attentionStore()
  const stop = $attentive.listen(() => undefined)
  expect($attentive.get()).toBe(true)
  focused = false
  window.dispatchEvent(new Event('blur'))
  expect($attentive.get()).toBe(false)
  focused = true
  window.dispatchEvent(new Event('focus'))
  expect($attentive.get()).toBe(true)
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  document.dispatchEvent(new Event('visibilitychange'))
  expect($attentive.get()).toBe(false)
  stop()
})
