import { describe, expect, it } from 'vitest'
import { type Fence, FIRST_FLOOR, type Floor, type FloorEffect, type FloorEvent, type TurnOutcome } from './floor.js'
import { type Move, moveFloor } from './move-floor.js'

/**
 * Every order of a handful of events: a world in which turns are also finished late, twice, after they were cancelled, or never.
 * What a world has seen is part of it, so that two ways to the same world are gone on from once, and counted twice.
 */
interface World {
  floor: Floor
  /** Events that have not happened yet, by their place in `EVENTS`. */
  left: readonly number[]
  /** Turns that were begun and may still finish; each may do so twice, as a job that is delivered again does. */
  jobs: readonly { fence: Fence; read: readonly string[]; times: number }[]
  /** Who holds the floor by what has happened, and not by what the machine believes. */
  human: boolean
  episode: number
  written: readonly string[]
  /** What has become of each message. */
  settled: readonly string[]
  /** Messages that the assistant has replied to. */
  replied: readonly string[]
}

const EVENTS: FloorEvent[] = [
  { type: 'visitor_wrote', messageId: 'm1', turnId: 't1', now: 0 },
  { type: 'visitor_wrote', messageId: 'm2', turnId: 't2', now: 1_000 },
  { type: 'agent_wrote', agentId: 'a' },
  { type: 'assigned', agentId: 'b' },
  { type: 'hand_off_requested', teamOnline: true },
  { type: 'hand_off_requested', teamOnline: false },
  { type: 'resolved' },
  { type: 'clock', now: 36_000 },
]
const OUTCOMES: TurnOutcome[] = [{ kind: 'reply' }, { kind: 'hand_off', teamOnline: true }, { kind: 'failed' }]

type Machine = (floor: Floor, event: FloorEvent) => Move

/**
 * Goes through all orders with a machine; answers with how many there were, and what was wrong in any of them. `until`: the fault
 * that is looked for, with which it may end.
 */
function explore(machine: Machine, until?: string): { orders: number; faults: Set<string> } {
  const faults = new Set<string>()
  const known = new Map<string, number>()
  const step = (world: World): number => {
    const key = JSON.stringify(world)
    const before = known.get(key)
    if (before !== undefined) return before
    if (until !== undefined && faults.has(until)) return 0
    let orders = 0
    for (const next of nextWorlds(world, machine, faults)) orders += step(next)
    // Any moment may be the last one: what has not happened yet may never happen.
    checkEnd(world, machine, faults)
    if (orders === 0) orders = 1
    known.set(key, orders)
    return orders
  }
  const left = EVENTS.map((_, index) => index)
  const orders = step({
    floor: FIRST_FLOOR,
    left,
    jobs: [],
    human: false,
    episode: 1,
    written: [],
    settled: [],
    replied: [],
  })
  return { orders, faults }
}

/** Whatever may happen next: an event, a turn that finishes in one of three ways, a crash that takes all turns with it. */
function* nextWorlds(world: World, machine: Machine, faults: Set<string>): Generator<World> {
  for (const index of world.left) {
    const event = EVENTS[index] as FloorEvent
    yield after({ ...world, left: world.left.filter((other) => other !== index) }, event, machine, faults)
  }
  for (const job of world.jobs) {
    const jobs = world.jobs.flatMap((other) =>
      other !== job ? other : job.times > 1 ? { ...job, times: job.times - 1 } : [],
    )
    for (const outcome of OUTCOMES)
      yield after({ ...world, jobs }, { type: 'turn_done', fence: job.fence, outcome }, machine, faults, job.read)
  }
  if (world.jobs.length > 0) yield { ...world, jobs: [] }
}

function after(
  world: World,
  event: FloorEvent,
  machine: Machine,
  faults: Set<string>,
  read: readonly string[] = [],
): World {
  const { floor, effects } = machine(world.floor, event)
  const next = told(world, event)
  for (const effect of effects) {
    if (speaks(effect) && next.human) faults.add('talked over')
    if (effect.type !== 'post_reply') continue
    if (effect.messageIds.some((id) => next.replied.includes(id))) faults.add('answered twice')
    if (event.type === 'turn_done' && event.fence.episode !== next.episode) faults.add('of another episode')
    if (next.written.some((id) => !read.includes(id) && !next.settled.includes(id))) faults.add('not read')
  }
  const settled = effects.flatMap((effect) =>
    speaks(effect) || effect.type === 'request_hand_off' || effect.type === 'offer_form' ? effect.messageIds : [],
  )
  const replied = effects.flatMap((effect) => (effect.type === 'post_reply' ? effect.messageIds : []))
  const begun = effects.flatMap((effect) =>
    effect.type === 'start_turn' ? { fence: effect.fence, read: effect.messageIds, times: 2 } : [],
  )
  const inHands = floor.phase.name === 'human_active' || floor.phase.name === 'waiting' ? next.written : []
  return {
    ...next,
    floor,
    jobs: [...next.jobs, ...begun],
    settled: [...new Set([...next.settled, ...settled, ...inHands])].sort(),
    replied: [...next.replied, ...replied].sort(),
  }
}

/** What an event means for who may speak, told without the machine. */
function told(world: World, event: FloorEvent): World {
  if (event.type === 'agent_wrote' || event.type === 'assigned') return { ...world, human: true }
  if (event.type === 'resolved') return { ...world, human: false, episode: world.episode + 1 }
  return event.type === 'visitor_wrote' ? { ...world, written: [...world.written, event.messageId] } : world
}

function speaks(
  effect: FloorEffect,
): effect is Extract<FloorEffect, { type: 'post_reply' | 'post_lead_form' | 'post_notice' }> {
  return effect.type === 'post_reply' || effect.type === 'post_lead_form' || effect.type === 'post_notice'
}

/** No turn ever finishes again, and the watchdog looks once more. */
function checkEnd(world: World, machine: Machine, faults: Set<string>): void {
  const { settled, written, floor } = after(world, { type: 'clock', now: 100_000 }, machine, faults)
  for (const id of written) if (!settled.includes(id)) faults.add('no outcome')
  if (floor.phase.name === 'bot_thinking') faults.add('types for ever')
}

describe('in all orders of what may happen', () => {
  it('nobody is talked over, and every message gets an answer, a hand-off or an honest notice', () => {
    const { orders, faults } = explore(moveFloor)
    expect([...faults]).toEqual([])
    expect(orders).toBeGreaterThan(1_000_000)
  })

  const mutants: [string, string, Machine][] = [
    [
      'whoever finishes may write',
      'talked over',
      (floor, event) =>
        event.type === 'turn_done'
          ? { floor, effects: [{ type: 'post_reply', turnId: event.fence.turnId, messageIds: [] }] }
          : moveFloor(floor, event),
    ],
    ['fences hold no turn', 'not read', unfenced((fence, _, turnId) => ({ ...fence, turnId }))],
    [
      'fences hold nothing',
      'of another episode',
      unfenced((_, { episode, ownerVersion }, turnId) => ({ episode, ownerVersion, turnId })),
    ],
    [
      'there is no watchdog',
      'types for ever',
      (floor, event) => (event.type === 'clock' ? { floor, effects: [] } : moveFloor(floor, event)),
    ],
    [
      'an agent who writes takes nothing',
      'talked over',
      (floor, event) => (event.type === 'agent_wrote' ? { floor, effects: [] } : moveFloor(floor, event)),
    ],
    [
      'the end is silent',
      'no outcome',
      (floor, event) => {
        const { floor: next, effects } = moveFloor(floor, event)
        const isNotice = ({ type }: FloorEffect) => event.type === 'resolved' && type === 'post_notice'
        return { floor: next, effects: effects.filter((effect) => !isNotice(effect)) }
      },
    ],
    [
      'a burst forgets what came first',
      'no outcome',
      (floor, event) =>
        event.type === 'visitor_wrote' && floor.phase.name === 'bot_thinking'
          ? moveFloor({ ...floor, phase: { name: 'bot_idle' } }, event)
          : moveFloor(floor, event),
    ],
  ]
  it.each(mutants)('finds out a machine in which %s: %s', (_, fault, machine) => {
    expect([...explore(machine, fault).faults]).toContain(fault)
  })
})

/** The machine with a fence in place of the one that a turn holds. */
function unfenced(fenceOf: (fence: Fence, floor: Floor, turnId: string) => Fence): Machine {
  return (floor, event) =>
    event.type === 'turn_done' && floor.phase.name === 'bot_thinking'
      ? moveFloor(floor, { ...event, fence: fenceOf(event.fence, floor, floor.phase.turnId) })
      : moveFloor(floor, event)
}
