import { expect, it } from 'vitest'
import { simulateDay } from './testing/simulated-day.js'

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
