import { afterEach, expect, it, vi } from 'vitest'
import { deviceHint } from './fingerprint.js'

afterEach(() => vi.restoreAllMocks())

it('[S9] is an opaque hash, the same again in the same browser, and asks no server and writes nothing', async () => {
  const ways = [
    vi.spyOn(window, 'fetch'),
    vi.spyOn(XMLHttpRequest.prototype, 'open').mockImplementation(() => {}),
    vi.spyOn(navigator, 'sendBeacon'),
    vi.spyOn(Storage.prototype, 'setItem'),
    vi.spyOn(indexedDB, 'open'),
  ]
  // The library reports one load in a thousand to its maker, unless it is told not to.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const cookies = document.cookie
  const hint = await deviceHint()
  expect(hint).toMatch(/^[0-9a-f]{32}$/)
  expect(await deviceHint()).toBe(hint)
  for (const way of ways) expect(way, way.getMockName()).not.toHaveBeenCalled()
  expect(document.cookie).toBe(cookies)
})
