import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { requireProgress } from './require-progress.js'

describe('requireProgress', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
  afterEach(() => void vi.useRealTimers())

  const LOOK_MS = 10_000
  let bytes = 0
  const come = (more: number) => {
    bytes += more
    vi.advanceTimersByTime(LOOK_MS)
  }
  const never = () => new Promise<never>(() => {})

  it('threat 62: gives up a body of which a byte comes now and then', async () => {
    const read = expect(requireProgress(() => bytes, never)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
    come(1)
    await read
    expect(vi.getTimerCount()).toBe(0)
  })

  it('threat 62: gives up a body that stops halfway', async () => {
    const read = expect(requireProgress(() => bytes, never)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
    come(1_000_000)
    come(1_000)
    await read
  })

  it('waits for as long as enough comes', async () => {
    let end = (_text: string) => {}
    const read = requireProgress(
      () => bytes,
      () => new Promise<string>((resolve) => (end = resolve)),
    )
    for (let look = 0; look < 5; look++) come(200_000)
    end('whole')
    expect(await read).toBe('whole')
    expect(vi.getTimerCount()).toBe(0)
  })
})
