import { beforeEach, expect, it } from 'vitest'
import { silentLogger } from '../platform/logger.js'
import type { FetchedJwks } from './fetch-jwks.js'
import { createJwksCache, type JwksCache } from './jwks-cache.js'

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
const URL_A = 'https://a.example/keys'

let now: number
let fetched: string[]
let outcome: () => Promise<FetchedJwks>
let cache: JwksCache

const keysOf = (kid: string, maxAgeMs?: number) => async () => ({
  keys: { keys: [{ kty: 'RSA', kid, n: 'AQAB', e: 'AQAB' }] },
  maxAgeMs,
})
const fails = () => Promise.reject(new Error('down'))
const kids = async () => (await cache.get(URL_A)).jwks().keys.map(({ kid }) => kid)

beforeEach(() => {
  now = 0
  fetched = []
  outcome = keysOf('one')
  const fetch = (url: string) => {
    fetched.push(url)
    return outcome()
  }
  cache = createJwksCache({ fetch, now: () => now, logger: silentLogger })
})

it.each([
  ['nothing', undefined, MINUTE],
  ['a second', SECOND, MINUTE],
  ['an hour', HOUR, HOUR],
  ['a year', 365 * 24 * HOUR, 24 * HOUR],
])(
  'an issuer that says %s is asked again after a minute at the earliest and a day at the latest',
  async (_what, maxAge, kept) => {
    outcome = keysOf('one', maxAge)
    await kids()
    now = kept - 1
    await kids()
    expect(fetched).toHaveLength(1)
    now = kept
    outcome = keysOf('two')
    expect(await kids()).toEqual(['two'])
    expect(fetched).toHaveLength(2)
  },
)

it('many that ask at once are one fetch', async () => {
  await Promise.all(Array.from({ length: 20 }, kids))
  expect(fetched).toEqual([URL_A])
})

it('threat 10: unknown keys, however many, have an issuer asked once a minute', async () => {
  outcome = keysOf('one', HOUR)
  await kids()
  for (now = SECOND; now < MINUTE; now += SECOND) expect(await cache.renew(URL_A)).toBeUndefined()
  expect(fetched).toHaveLength(1)
  outcome = keysOf('two', HOUR)
  const renewed = await cache.renew(URL_A)
  expect(renewed?.jwks().keys).toMatchObject([{ kid: 'two' }])
  expect(await cache.renew(URL_A)).toBeUndefined()
  expect(fetched).toHaveLength(2)
})

it('while an issuer cannot be reached what stands goes on to count, for a day, and it is asked once a minute', async () => {
  await kids()
  outcome = fails
  for (now = MINUTE; now < 2 * MINUTE; now += 10 * SECOND) expect(await kids()).toEqual(['one'])
  expect(fetched).toHaveLength(2)
  now = 24 * HOUR
  expect(await kids()).toEqual(['one'])
  now += MINUTE
  await expect(kids()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  now += MINUTE
  outcome = keysOf('two')
  expect(await kids()).toEqual(['two'])
})

it('an issuer that was never reached is asked again after a minute', async () => {
  outcome = fails
  await expect(kids()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  outcome = keysOf('one')
  await expect(kids()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(fetched).toHaveLength(1)
  now = MINUTE
  expect(await kids()).toEqual(['one'])
})

it('addresses do not know one another', async () => {
  await kids()
  outcome = fails
  await expect(cache.get('https://b.example/keys')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await kids()).toEqual(['one'])
})
