import { expect, it } from 'vitest'
import { outcomeOfFailure, waitAfter } from './mail-pace.js'

it('waits twice as long each time, from 10 seconds to half an hour, and up to half of it less', () => {
  const longest = Array.from({ length: 10 }, (_, index) => waitAfter(index + 1, 1) / 1_000)
  expect(longest).toEqual([10, 20, 40, 80, 160, 320, 640, 1_280, 1_800, 1_800])
  expect(waitAfter(1, 0)).toBe(5_000)
  expect(waitAfter(400, 1)).toBe(1_800_000)
})

it('takes a 5xx answer to this mail for an end, and whatever else for something that passes', () => {
  const of = (facts: object) => outcomeOfFailure(Object.assign(new Error(), facts))
  for (const ended of [
    { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 },
    { code: 'EMESSAGE', command: 'DATA', responseCode: 554 },
  ])
    expect(of(ended)).toBe('refused')
  for (const passing of [
    { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 },
    { code: 'EMESSAGE', command: 'DATA', responseCode: 452 },
    { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 553 },
    { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 },
    { code: 'EPROTOCOL', responseCode: 554 },
    { code: 'ECONNECTION' },
    { code: 'ETIMEDOUT' },
    {},
  ])
    expect(of(passing)).toBe('later')
})
