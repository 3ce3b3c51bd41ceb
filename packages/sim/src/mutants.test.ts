import { expect, it } from 'vitest'
import { MUTANTS } from './mutants.js'
import { findOut } from './run-schedules.js'

/** Within so many schedules every mutant is found out: the short form would find it. */
const SCHEDULES = 50

it.each(Object.entries(MUTANTS))('schedules find out: %s', async (_name, mutant) => {
  expect(await findOut(mutant, 'websocket', SCHEDULES)).toBeDefined()
})
