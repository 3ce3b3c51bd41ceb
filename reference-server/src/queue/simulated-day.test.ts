import { expect, it } from 'vitest'
import { floorOfChance } from './testing/floor-of-chance.js'
import { meanOfDays, simulateDay } from './testing/simulated-day.js'
import { GOAL } from './testing/told-waits.js'

const seeds = [1, Math.floor(Math.random() * 2 ** 31)]

it.each(seeds)('[L1] [L2] [L4] [L7] a day of 500 conversations and four agents, seed %i', (seed) => {
  const day = simulateDay({ seed, conversations: 500, agents: 4 })
  expect(day).toMatchObject({ fifoViolations: 0, starved: 0, forgotten: 0, overCapacity: 0 })
  // As long as was settled, and until the next look.
  expect(day.longestWithAbsent).toBeLessThanOrEqual(62)
  expect(day.rerouted).toBeGreaterThan(0)
  expect(day.assignments).toBe(500 + day.rerouted)
  expect(day.waits.told).toBeGreaterThan(0)
})

// The same eight days each time: one of them alone says little.
it('[L7] of eight days of 2,000 conversations and twelve agents, four of five answers keep to the goal in the mean', () => {
  expect(meanOfDays({ seed: 1 }, 8).mean.p80BeyondAMinute).toBeLessThanOrEqual(GOAL)
}, 180_000)

it('[L7] the floor of chance is that of the same answers, and the same again', () => {
  const small = { seed: 1, conversations: 60, agents: 1 }
  const floor = floorOfChance(small)
  expect(floor.oracle.told).toBeGreaterThan(0)
  expect(floor.server.told).toBeGreaterThan(0)
  // Whoever knows more is not further off.
  expect(floor.oracle.p80).toBeLessThan(floor.server.p80)
  expect(floorOfChance(small)).toEqual(floor)
})
