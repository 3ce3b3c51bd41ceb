import { expect, it } from 'vitest'
import { createPasswords } from './passwords.js'

it('knows the right password, and nobody by any', async () => {
  const passwords = createPasswords()
  const hash = await passwords.hash('correct horse')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.matches(hash, 'correct horse')).toBe(true)
  expect(await passwords.matches(hash, 'correct house')).toBe(false)
  expect(await passwords.matches(undefined, 'nobody has this password')).toBe(false)
})

it('threat 36: only so many wait for a processor, the rest is refused at once', async () => {
  const passwords = createPasswords({ atOnce: 1, waiting: 2 })
  const hash = await passwords.hash('x')
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => passwords.matches(hash, 'x')))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  for (const outcome of outcomes)
    if (outcome.status === 'rejected')
      expect(outcome.reason).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) })
  expect(await passwords.matches(hash, 'x')).toBe(true)
})
