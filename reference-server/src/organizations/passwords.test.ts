import { hash, verify } from '@node-rs/argon2'
import { beforeEach, expect, it, vi } from 'vitest'
import { createPasswords } from './passwords.js'

// As they are, and counted.
vi.mock('@node-rs/argon2', { spy: true })
beforeEach(() => vi.clearAllMocks())

it('knows the right password, and nobody by any', async () => {
  const passwords = createPasswords()
  const stored = await passwords.hash('correct horse')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.matches(stored, 'correct horse')).toBe(true)
  expect(await passwords.matches(stored, 'correct house')).toBe(false)
  expect(await passwords.matches(undefined, 'nobody has this password')).toBe(false)
})

it('threat 35: does the same work for somebody and for nobody, from the first time on', async () => {
  const stored = await createPasswords().hash('x')
  const work: object[] = []
  for (const of of [undefined, stored]) {
    vi.clearAllMocks()
    expect(await createPasswords().matches(of, 'y')).toBe(false)
    const [[against] = []] = vi.mocked(verify).mock.calls
    const [, algorithm, version, cost, salt = '', sum = ''] = String(against).split('$')
    const hashed = vi.mocked(hash).mock.calls.length
    work.push({
      hashed,
      compared: vi.mocked(verify).mock.calls.length,
      algorithm,
      version,
      cost,
      lengths: [salt.length, sum.length],
    })
  }
  expect(work[0]).toEqual(work[1])
  expect(work[0]).toMatchObject({ hashed: 0, compared: 1, cost: 'm=19456,t=2,p=1' })
})

it('threat 36: only so many wait for a processor, the rest is refused at once', async () => {
  const passwords = createPasswords({ atOnce: 1, waiting: 2 })
  const stored = await passwords.hash('x')
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => passwords.matches(stored, 'x')))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  expect(verify).toHaveBeenCalledTimes(3)
  for (const outcome of outcomes)
    if (outcome.status === 'rejected')
      expect(outcome.reason).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) })
  expect(await passwords.matches(stored, 'x')).toBe(true)
})
