import { createRandom, type Random } from '../../../packages/sim/src/random.js'
import { type Block, TRAFFIC, type Traffic } from './line.js'
import type { Direction } from './passage.js'

/** How long people write and things go wrong, in milliseconds. */
export const TROUBLE_MS = 12_000

/** What happens to one page, or is done there. `forMs`: until it is well again. */
export type PageAct =
  | { type: 'open' | 'write' | 'mark read' | 'wake' | 'lose an answer' }
  | { type: 'arrive late'; lateMs: number }
  | { type: 'cut'; how: 'reset' | 'end' }
  | { type: 'silence'; directions: readonly Direction[]; forMs: number }
  | { type: 'half-close'; direction: Direction }
  | { type: 'slow'; delayMs: number; forMs: number }
  | { type: 'block'; traffic: readonly Traffic[]; block: Block; cuts: boolean; forMs: number }
  | { type: 'crash' | 'leave' | 'rest'; forMs: number }

/** What happens to the server, or to its database: both are back afterwards. */
export interface ServerAct {
  type: 'server killed' | 'server stopped' | 'database killed' | 'database stopped' | 'backends ended'
  at: number
  forMs: number
}

/** One act of a page. */
export interface PlannedAct {
  at: number
  /** The last one is the agent's. */
  page: number
  act: PageAct
}

/** All of one schedule that chance decides beforehand. */
export interface Plan {
  tabs: number
  acts: readonly PlannedAct[]
  /** Once all is well again people look at their pages, which then look at their connections; else these find out by themselves. */
  looks: boolean
}

const BLOCKS: readonly Block[] = ['refused', 'dropped', 'buffered']
const WAYS: readonly (readonly Direction[])[] = [['up'], ['down'], ['up', 'down']]
const SERVER_ACTS = [
  'server killed',
  'server stopped',
  'database killed',
  'database stopped',
  'backends ended',
] as const satisfies readonly ServerAct['type'][]

/** An answer that is lost, and a request that comes late, are what is hardest to survive. */
const FAULTS: readonly ((random: Random, leftMs: number) => PageAct)[] = [
  () => ({ type: 'lose an answer' }),
  (random) => ({ type: 'arrive late', lateMs: random.between(1_500, 4_000) }),
  (random) => ({ type: 'cut', how: random.pick(['reset', 'end']) }),
  (random, leftMs) => ({ type: 'silence', directions: random.pick(WAYS), forMs: random.between(0, leftMs) }),
  (random) => ({ type: 'half-close', direction: random.pick(['up', 'down']) }),
  (random, leftMs) => ({ type: 'slow', delayMs: random.between(20, 800), forMs: random.between(500, leftMs) }),
  () => ({ type: 'lose an answer' }),
  (random) => ({ type: 'arrive late', lateMs: random.between(1_500, 4_000) }),
  (random, leftMs) => ({
    type: 'block',
    traffic: random.chance(0.3) ? TRAFFIC : [random.pick(TRAFFIC)],
    block: random.pick(BLOCKS),
    cuts: random.chance(0.7),
    forMs: random.between(500, leftMs),
  }),
  (random, leftMs) => ({ type: 'crash', forMs: random.between(0, leftMs) }),
  (random, leftMs) => ({ type: 'leave', forMs: random.between(0, Math.min(leftMs, 1_000)) }),
  (random, leftMs) => ({ type: 'rest', forMs: random.between(200, leftMs) }),
  () => ({ type: 'wake' }),
]

/** What a seed stands for. `lookChance`: of `looks`. */
export function planSchedule(seed: number, lookChance: number): Plan {
  const random = createRandom(seed)
  const tabs = random.pick([1, 1, 2])
  const acts: PlannedAct[] = []
  const plan = (at: number, page: number, act: PageAct) => acts.push({ at, page, act })
  for (let page = 0; page <= tabs; page += 1) {
    plan(random.between(0, 1_500), page, { type: 'open' })
    plan(random.between(1_000, TROUBLE_MS), page, { type: 'mark read' })
    for (let burst = random.between(1, page === tabs ? 2 : 4); burst > 0; burst -= 1) {
      const at = random.between(500, TROUBLE_MS)
      for (let count = random.pick([1, 1, 2, 4]); count > 0; count -= 1) plan(at, page, { type: 'write' })
    }
  }
  for (let count = random.between(3, 10); count > 0; count -= 1) {
    const at = random.between(500, TROUBLE_MS - 1_000)
    const page = random.between(0, tabs)
    const act = random.pick(FAULTS)(random, TROUBLE_MS - at)
    plan(at, page, act)
    // Faults that find nothing under way show little.
    if (random.chance(0.5)) plan(at, page, { type: 'write' })
  }
  return { tabs, acts: acts.sort((a, b) => a.at - b.at), looks: random.chance(lookChance) }
}

/** What happens to the server of one batch: each in its turn. */
export function planServer(batch: number): ServerAct[] {
  const random = createRandom(batch + 1_000_000_007)
  const acts = Array.from({ length: random.between(2, 3) }, () => ({
    type: random.pick(SERVER_ACTS),
    at: random.between(1_500, TROUBLE_MS - 2_000),
    forMs: random.between(0, 1_500),
  }))
  return acts.sort((a, b) => a.at - b.at)
}
