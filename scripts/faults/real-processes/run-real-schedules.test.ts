import { beforeAll, describe, expect, it } from 'vitest'
import { isClean } from '../../../packages/sim/src/run-schedules.js'
import { build, PRODUCT } from '../../build.js'
import { MUTANTS } from './mutants.js'
import { runRealSchedules } from './run-real-schedules.js'

/** Two of each transport, and two that fall back. */
const SCHEDULES = 10
/** Nobody waits for a heartbeat here. */
const lookChance = 1

beforeAll(() => {
  expect(build(PRODUCT, { quiet: true })).toBe(0)
}, 300_000)

describe('faults through real processes', () => {
  it(`[Q1] [Q2] [Q3] [Q4] [Q5] [Q7] [R5] lose nothing, double nothing and turn nothing around in ${SCHEDULES} schedules`, async () => {
    const failures: string[] = []
    const tally = await runRealSchedules({
      seed: 1,
      schedules: SCHEDULES,
      lookChance,
      onBatch({ failures: ofServer, results }) {
        failures.push(...ofServer)
        for (const { seed, violations } of results)
          for (const { text } of violations) failures.push(`seed ${seed}: ${text}`)
      },
    })
    expect(failures).toEqual([])
    expect(isClean(tally)).toBe(true)
    expect(tally.messages).toBeGreaterThan(SCHEDULES)
  }, 300_000)

  it.each(Object.entries(MUTANTS))(
    'find out: %s',
    async (_name, { harm, sql }) => {
      // Of a batch in which the server is down for a moment only: what is sent again must find it. Real processes take their own
      // time, and what harms may pass by once.
      for (const seed of [161, 162, 163, 164]) {
        const tally = await runRealSchedules({ seed, schedules: 20, lookChance, mutant: sql, quietWithinMs: 5_000 })
        if (tally.harms[harm] > 0) return
      }
      expect.fail(`no schedule showed that something was ${harm}`)
    },
    600_000,
  )
})
