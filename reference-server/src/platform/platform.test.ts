import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { createIdGenerator } from './ids.js'
import { createLogger } from './logger.js'
import { createSecret, hashSecret, isSecretOf } from './secrets.js'

it('makes ids of version 7 that ascend, also within a millisecond and when the clock goes back', () => {
  const times = [5_000_000, 5_000_000, 4_000_000]
  let call = 0
  const generate = createIdGenerator(() => times[Math.min(Math.floor(call++ / 5_000), 2)] ?? 0)
  const ids = Array.from({ length: 15_000 }, generate)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

it('makes secrets of 256 bits that say what they open', () => {
  const secret = createSecret('ct')
  expect(secret).toMatch(/^ct_[\w-]{43}$/)
  expect(createSecret('ct')).not.toBe(secret)
  expect([isSecretOf('ct', secret), isSecretOf('vs', secret)]).toEqual([true, false])
  expect(hashSecret(secret)).toHaveLength(32)
})

it('threat 40: the log blots out what is named like a secret', () => {
  let written = ''
  const destination = new Writable({
    write(chunk, _encoding, done) {
      written += chunk
      done()
    },
  })
  const logger = createLogger({ destination })
  logger.info({ token: 'canary-1', request: { authorization: 'canary-2', cookie: 'canary-3' }, shown: 'yes' }, 'done')
  logger.debug({ shown: 'no' }, 'too quiet')
  expect(written).not.toContain('canary')
  expect(JSON.parse(written)).toMatchObject({ shown: 'yes', token: '[redacted]', msg: 'done' })
})
