import { createHash } from 'node:crypto'
import { TRANSPORT_SETS, type TransportSet } from './actors/page-platform.js'
import { check } from './check.js'
import type { Violation } from './model/ledger.js'
import type { Mutant } from './mutants.js'
import { heal, unleash } from './nemesis.js'
import { Simulation } from './simulation.js'
import { withVirtualImmediates } from './virtual-immediates.js'
import { World } from './world.js'

/** How long things go wrong, in milliseconds of virtual time. */
const TROUBLE_MS = 40_000
/** I7: by then everybody is up to date, after the network has healed. */
const QUIET_WITHIN_MS = 90_000
/** How often that is looked at. */
const LOOK_MS = 500

/** One schedule. */
export interface ScheduleOptions {
  seed: number
  transport: TransportSet
  mutant?: Mutant | undefined
  trace?: boolean | undefined
}

/** What came of it. */
export interface ScheduleResult {
  violations: readonly Violation[]
  /** What happened, line by line; empty unless asked for. */
  trace: readonly string[]
  /** Names a trace: the same seed gives the same. */
  hash: string
  messages: number
  /** Milliseconds from the healing until everybody was up to date. */
  quietAfterMs: number
}

/** Runs one seed from its first click to the last check. */
export async function runSchedule({
  seed,
  transport,
  mutant,
  trace = false,
}: ScheduleOptions): Promise<ScheduleResult> {
  const world = new World(seed, { trace })
  return withVirtualImmediates(world, async () => {
    const { random } = world
    const simulation = new Simulation({
      world,
      transports: TRANSPORT_SETS[transport],
      nodes: random.pick([1, 1, 2, 3]),
      mutant,
    })
    writeMessages(simulation)
    unleash(simulation, TROUBLE_MS)
    await world.advance(TROUBLE_MS)
    heal(simulation)
    const quietAfterMs = await waitForQuiet(simulation)
    check(simulation)
    await dispose(simulation)
    const hash = createHash('sha256').update(world.trace.join('\n')).digest('hex')
    const { violations, byText } = simulation.ledger
    return { violations, trace: world.trace, hash, messages: byText.size, quietAfterMs }
  })
}

/** People open their pages and write, now and then several messages at once; some begin another conversation, or go back. */
function writeMessages({ world, tabs, agent }: Simulation): void {
  const { random } = world
  world.after(random.between(0, 2_000), () => agent.load())
  for (const tab of tabs) {
    world.after(random.between(0, 3_000), () => tab.load())
    for (let burst = random.between(1, 4); burst > 0; burst -= 1) {
      const at = random.between(500, TROUBLE_MS)
      for (let count = random.pick([1, 1, 2, 4]); count > 0; count -= 1)
        world.after(at + random.between(0, 30), () => tab.write())
    }
    world.after(random.between(500, TROUBLE_MS), () => tab.markRead())
    for (let turns = random.pick([0, 0, 1, 3]); turns > 0; turns -= 1) {
      const to = random.pick(['new', 'new', 'earlier'] as const)
      world.after(random.between(2_000, TROUBLE_MS), () => tab.turn(to))
    }
  }
  for (let count = random.between(0, 4); count > 0; count -= 1)
    world.after(random.between(2_000, TROUBLE_MS), () => agent.write())
}

async function waitForQuiet(simulation: Simulation): Promise<number> {
  const { world, pages } = simulation
  const live = pages.filter(({ abandoned }) => !abandoned)
  for (let waited = 0; waited < QUIET_WITHIN_MS; waited += LOOK_MS) {
    if (live.every((page) => page.isCurrent)) {
      // What still is on its way must change nothing.
      await world.advance(5_000)
      if (live.every((page) => page.isCurrent)) return waited
    }
    await world.advance(LOOK_MS)
  }
  return QUIET_WITHIN_MS
}

/** I11: a client that is disposed of leaves no timer behind. */
async function dispose({ pages, world, ledger }: Simulation): Promise<void> {
  for (const page of pages) {
    const host = page.platform?.host
    world.current = host
    await page.dispose()
    // A lock is kept for the next attempt, for a while.
    await world.advance(2_000)
    if (host && host.timers > 0) ledger.violate('broken', `${host.name} leaves ${host.timers} timers behind`)
  }
}
