import { describe, expect, it } from 'vitest'
import { TRANSPORT_SET_NAMES } from './actors/page-platform.js'
import { runSchedule } from './run-schedule.js'
import { isClean, runSchedules, summaryOf } from './run-schedules.js'

/** The short form of `npm run faults`: nearly twice as many as find out the last of the mutants. */
const SCHEDULES = 50

/** What is given up goes on in the background, and turns the next test's runs around. */
const TIMEOUT_MS = 300_000

describe.each(TRANSPORT_SET_NAMES)('threat 42: faults over %s', (transport) => {
  it(
    `[Q1] [Q2] [Q3] [Q4] [Q5] [Q7] [R5] lose nothing, double nothing and turn nothing around in ${SCHEDULES} schedules`,
    async () => {
      const failures: string[] = []
      const tally = await runSchedules({
        seed: 1,
        schedules: SCHEDULES,
        transport,
        onResult(seed, { violations }) {
          for (const { text } of violations) failures.push(`seed ${seed}: ${text}`)
        },
      })
      expect(failures).toEqual([])
      expect(isClean(tally)).toBe(true)
      expect(tally.messages).toBeGreaterThan(SCHEDULES)
    },
    TIMEOUT_MS,
  )

  it(
    'happen again in every detail under the same seed, and otherwise under another',
    async () => {
      const trace = async (seed: number) => (await runSchedule({ seed, transport, trace: true })).hash
      const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
      const first: string[] = []
      for (const seed of seeds) first.push(await trace(seed))
      const again: string[] = []
      for (const seed of [...seeds].reverse()) again.unshift(await trace(seed))
      expect(again).toEqual(first)
      expect(new Set(first).size).toBe(seeds.length)
    },
    TIMEOUT_MS,
  )
})

describe('the last line of a run', () => {
  const tally = {
    schedules: 100,
    messages: 900,
    harms: { lost: 0, duplicated: 0, 'out of order': 0, broken: 0 },
    quietMs: { median: 0, longest: 0 },
  }

  it('sums up all transports', () => {
    const harmed = { ...tally, harms: { ...tally.harms, lost: 2, 'out of order': 1 } }
    expect(summaryOf([tally, tally])).toBe('200 schedules: 0 lost, 0 duplicated, 0 out of order')
    expect(summaryOf([tally, harmed])).toBe('200 schedules: 2 lost, 0 duplicated, 1 out of order')
    expect([tally, harmed].map(isClean)).toEqual([true, false])
  })

  it('tells what broke otherwise only when something did', () => {
    const broken = { ...tally, harms: { ...tally.harms, broken: 3 } }
    expect(summaryOf([broken])).toBe('100 schedules: 0 lost, 0 duplicated, 0 out of order, 3 broken otherwise')
    expect(isClean(broken)).toBe(false)
  })
})
