import type { Page } from './actors/page.js'
import { type Block, CARRIERS } from './network/access.js'
import type { Simulation } from './simulation.js'

/** One kind of mischief; it undoes itself, or leaves that to the end. */
type Mischief = (simulation: Simulation) => void

const livePage = ({ pages, world }: Simulation): Page | undefined => {
  const live = pages.filter(({ platform }) => platform)
  return live.length > 0 ? world.random.pick(live) : undefined
}

/** Mischief that befalls one page that is open. */
const toPage =
  (act: (page: Page, platform: NonNullable<Page['platform']>, simulation: Simulation) => void): Mischief =>
  (simulation) => {
    const page = livePage(simulation)
    if (page?.platform) act(page, page.platform, simulation)
  }

/** Above `LIMITS.freshWindow`. */
const MANY = 55
const BLOCKS: readonly Block[] = ['refused', 'dropped', 'buffered']

const MISCHIEF: Record<string, Mischief> = {
  cut: toPage((_page, { host }, { network, world }) => network.cut(host, world.random.chance(0.7))),
  'half-open': toPage((_page, { host }, { network, world }) => {
    for (const link of network.linksOf(host)) link.silence(world.random.pick(['up', 'down', 'both']))
  }),
  stall: toPage((_page, { host }, { network, world }) => {
    for (const link of network.linksOf(host)) link.stall(world.random.between(500, 20_000))
  }),
  slow: toPage((_page, { host }, { network, world }) => {
    network.accessOf(host).slowMs = world.random.between(50, 3_000)
  }),
  'bad transport': toPage((_page, { host }, { network, world }) => {
    const { down } = network.accessOf(host)
    down.lose = world.random.next() * 0.2
    down.repeat = world.random.next() * 0.3
    down.swap = world.random.next() * 0.3
  }),
  block: toPage((_page, { host }, { network, world }) => {
    const access = network.accessOf(host)
    const block = world.random.pick(BLOCKS)
    const carrier = world.random.chance(0.5) ? world.random.pick(CARRIERS) : undefined
    for (const each of CARRIERS) if (!carrier || each === carrier) access.blocks.set(each, block)
    if (world.random.chance(0.5)) network.cut(host, true)
    world.after(world.random.between(1_000, 20_000), () => access.blocks.clear())
  }),
  crash: toPage((page, _platform, { world }) => {
    page.crash()
    world.after(world.random.between(50, 10_000), () => page.load())
  }),
  'crash for good': toPage((page, _platform, { world, agent }) => {
    if (page === agent || world.random.chance(0.5)) return
    page.crash()
    page.abandoned = true
  }),
  'written offline, then crashed': toPage((page, { host }, { network, world }) => {
    const access = network.accessOf(host)
    for (const carrier of CARRIERS) access.blocks.set(carrier, 'refused')
    network.cut(host, true)
    for (let at = 0; at < 4; at += 1) world.after(world.random.between(1, 3_000), () => page.write())
    world.after(world.random.between(3_000, 5_000), () => {
      page.crash()
      access.blocks.clear()
      page.load()
    })
  }),
  // More than a fresh answer brings.
  'much is missed'(simulation) {
    const { tabs, agent, network, world } = simulation
    const tab = world.random.pick(tabs)
    const host = tab.platform?.host
    if (!host) return
    const access = network.accessOf(host)
    for (const carrier of CARRIERS) access.blocks.set(carrier, 'refused')
    network.cut(host, true)
    for (let count = 0; count < MANY; count += 1) world.after(count * 50, () => agent.writeTo(tab))
    world.after(world.random.between(5_000, 15_000), () => access.blocks.clear())
  },
  freeze: toPage((_page, { host, wake }, { world }) => {
    host.freeze()
    world.after(world.random.between(1_000, 60_000), () => {
      host.thaw()
      world.after(1, wake, host)
    })
  }),
  'rest and wake': toPage((_page, { host, rest, wake }, { world }) => {
    world.after(0, rest, host)
    world.after(world.random.between(500, 15_000), wake, host)
  }),
  wake: toPage((_page, { host, wake }, { world }) => world.after(0, wake, host)),
  'clock of a page': toPage((_page, { host }, { world }) => {
    host.skewMs += world.random.between(-86_400_000, 86_400_000)
  }),
  'clock of a node'({ nodes, world }) {
    if (nodes.length > 0) world.random.pick(nodes).host.skewMs += world.random.between(-600_000, 600_000)
  },
  'disk trouble': toPage(({ disk }, _platform, { world }) => {
    const kind = world.random.pick(['refuses', 'hangs', 'slow'] as const)
    if (kind === 'slow') disk.mood.slowMs = world.random.between(100, 2_500)
    else disk.mood[kind] = true
    world.after(world.random.between(500, 15_000), () => disk.heal())
  }),
  'database down'({ database, world }) {
    database.mood.down = true
    world.after(world.random.between(500, 12_000), () => {
      database.mood.down = false
    })
  },
  'database trouble'({ database, world }) {
    database.mood.fails = world.random.next() * 0.4
    database.mood.answerLost = world.random.next() * 0.5
    database.mood.slowMs = world.random.between(10, 400)
    world.after(world.random.between(1_000, 20_000), () => database.heal())
  },
  'node lost'(simulation) {
    const { nodes, world } = simulation
    if (nodes.length === 0) return
    simulation.loseNode(world.random.pick(nodes), world.random.chance(0.75) ? 'killed' : 'unplugged')
    world.after(world.random.between(100, 10_000), () => simulation.startNode())
  },
  'rolling restart'(simulation) {
    const { nodes, world } = simulation
    if (nodes.length === 0) return
    const node = world.random.pick(nodes)
    node.drain()
    world.after(world.random.between(0, 3_000), () => simulation.startNode())
    world.after(8_000, () => nodes.includes(node) && simulation.loseNode(node, 'killed'))
  },
  'hints lost'({ hints: { mood }, world }) {
    mood.lose = world.random.next()
    mood.repeat = world.random.next()
  },
  'hints forged'({ hints, store, world }) {
    const conversationIds = [...store.conversations.keys(), world.id()]
    for (let count = world.random.between(1, 20); count > 0; count -= 1) hints.forge(world.random.pick(conversationIds))
  },
}

/** Plans what goes wrong within `forMs`, and when. */
export function unleash(simulation: Simulation, forMs: number): void {
  const { world } = simulation
  const names = Object.keys(MISCHIEF)
  const acts = world.random.between(1, 10)
  for (let count = 0; count < acts; count += 1) {
    const name = world.random.pick(names)
    world.after(world.random.between(0, forMs), () => {
      world.note(() => `-- ${name}`)
      MISCHIEF[name]?.(simulation)
    })
  }
}

/** All is well again: nothing new goes wrong, and what can be reached is reachable. */
export function heal(simulation: Simulation): void {
  const { network, database, disks, hints, nodes, pages, world } = simulation
  network.heal()
  database.heal()
  hints.heal()
  for (const disk of disks) disk.heal()
  if (nodes.length === 0) simulation.startNode()
  for (const page of pages) {
    page.platform?.host.thaw()
    page.load()
  }
  world.note(() => '-- healed')
}
