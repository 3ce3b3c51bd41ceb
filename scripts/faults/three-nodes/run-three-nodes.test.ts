import { beforeAll, expect, it } from 'vitest'
import { build, PRODUCT } from '../../build.js'
import { runThreeNodes } from './run-three-nodes.js'

beforeAll(() => {
  expect(build(PRODUCT, { quiet: true })).toBe(0)
}, 300_000)

it('three nodes, of which one is killed and one is restarted, lose nothing, double nothing and turn nothing around', async () => {
  const { faults, confirmed, given, suffered } = await runThreeNodes({ visitors: 9, messages: 5 })
  expect(faults).toEqual({ lost: 0, duplicated: 0, outOfOrder: 0 })
  expect(suffered).toBe(true)
  // The agent answers every fifth message.
  expect(confirmed).toBe(9 * (5 + 1))
  for (const connections of given) expect(connections).toBeGreaterThan(0)
}, 300_000)
