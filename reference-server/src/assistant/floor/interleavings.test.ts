import { describe, expect, it } from 'vitest'
import { byTheLog, type StandingLog, type ToldEvent } from './by-the-log.js'
import type { Fence, Floor, FloorEffect, TurnOutcome } from './floor.js'
import { type Move, moveFloor } from './move-floor.js'
import { BEGUN, become, floorOf, keep, reopen, type Standing } from './testing/standing.js'

/**
 * Every order of a handful of events: a world in which messages are told late, twice or never, and turns are finished late, twice,
 * after they were cancelled, or never. What others do to a conversation they do to its row, and the assistant loads it.
 * What a world has seen is part of it, so that two ways to the same world are gone on from once, and counted twice.
 */
interface World {
  standing: Standing
  assistant: boolean
  /** Acts that have not happened yet. */
  left: readonly Act[]
  /** Messages that are still told of, each once for each time that it stands here. */
  tellings: readonly string[]
  /** Turns that were begun and may still finish; the first may do so twice, as a job that is delivered again does. */
  jobs: readonly { fence: Fence; read: readonly string[]; times: number }[]
  /** So many turns have begun. */
  begun: number
  written: readonly string[]
  /** In the log behind the last words of the assistant's or the team's. */
  unanswered: readonly string[]
  /** Messages of which something has become. */
  settled: readonly string[]
  /** Messages that the assistant has replied to. */
  replied: readonly string[]
  /** Messages of the assistant's that did not help, and for which nobody was offered; and how often somebody was. */
  unhelpful: readonly number[]
  offered: number
}

/** What happens without the assistant. */
type Act = 'm1' | 'm2' | 'agent writes' | 'resolved' | 'switched off' | 'rated' | 'time'

/** Two messages, and one of the ways in which the assistant loses the floor: all at once are more orders than one can wait for. */
const FAMILIES: Act[][] = [
  ['m1', 'm2', 'agent writes', 'time'],
  ['m1', 'm2', 'resolved', 'time'],
  ['m1', 'm2', 'switched off', 'time'],
  ['m1', 'rated', 'agent writes', 'time'],
  ['m1', 'rated', 'resolved', 'time'],
]
const RATED_OUTCOMES: TurnOutcome[] = [{ kind: 'reply' }, { kind: 'hand_off', teamOnline: true, bare: true }]
const OUTCOMES: TurnOutcome[] = [{ kind: 'reply' }, { kind: 'hand_off', teamOnline: true }, { kind: 'failed' }]

/** `about`: the message that is told of; the real one asks the log instead. */
type Machine = (floor: Floor, told: ToldEvent, log: StandingLog, about?: string) => Move

const real: Machine = (floor, told, log) => moveFloor(floor, byTheLog(floor, told, log))

/**
 * Goes through all orders with a machine; answers with how many there were, and what was wrong in any of them. `until`: the fault
 * that is looked for, with which it may end.
 */
function explore(machine: Machine, acts: readonly Act[], until?: string): { orders: number; faults: Set<string> } {
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
  const orders = step({
    ...{ standing: BEGUN, assistant: true, left: acts, tellings: [], jobs: [], begun: 0 },
    ...{ written: [], unanswered: [], settled: [], replied: [], unhelpful: [], offered: 0 },
  })
  return { orders, faults }
}

/** Whatever may happen next: an act, news of a message, a turn that finishes. A crash is that none of those come any more. */
function* nextWorlds(world: World, machine: Machine, faults: Set<string>): Generator<World> {
  for (const act of world.left) {
    const next = { ...world, left: world.left.filter((other) => other !== act) }
    yield act === 'time' ? after(next, { type: 'clock', now: 36_000 }, machine, faults) : acted(next, act)
  }
  for (const id of new Set(world.tellings)) {
    const told = world.tellings.indexOf(id)
    const tellings = world.tellings.filter((_, index) => index !== told)
    if (id === 'rated') {
      for (const outcome of RATED_OUTCOMES)
        yield after({ ...world, tellings }, { type: 'rated_unhelpful', outcome }, machine, faults)
      continue
    }
    yield after({ ...world, tellings }, { type: 'visitor_wrote' }, machine, faults, { about: id })
  }
  for (const job of world.jobs) {
    const jobs = world.jobs.flatMap((other) =>
      other !== job ? other : job.times > 1 ? { ...job, times: job.times - 1 } : [],
    )
    const { fence, read } = job
    for (const outcome of OUTCOMES)
      yield after({ ...world, jobs }, { type: 'turn_done', fence, outcome }, machine, faults, { read })
  }
}

/** What an act does to the rows. */
function acted(world: World, act: Exclude<Act, 'time'>): World {
  const { standing, written } = world
  switch (act) {
    case 'm1':
    case 'm2': {
      const reopened = reopen(standing)
      // What begins anew where there is no assistant is the team's from its beginning.
      const isTeams = !world.assistant && standing.status === 'resolved' && reopened.status === 'open'
      return inHands({
        ...{ ...world, standing: isTeams ? { ...reopened, status: 'waiting' } : reopened },
        ...{ written: [...written, act], unanswered: [...world.unanswered, act] },
        // One of them is told twice, the other once.
        tellings: [...world.tellings, ...(act === 'm1' ? [act, act] : [act])],
      })
    }
    case 'agent writes':
      return inHands({ ...world, standing: become(standing, 'assigned', 'a'), unanswered: [] })
    case 'resolved':
      // Everybody is told of the end.
      return {
        ...world,
        standing: become(standing, 'resolved', null),
        unanswered: [],
        unhelpful: [],
        settled: [...written].sort(),
      }
    case 'switched off':
      return { ...world, assistant: false }
    // Told twice, as by a thumb that turns up and down again.
    case 'rated':
      return { ...world, unhelpful: [1], tellings: [...world.tellings, 'rated', 'rated'] }
  }
}

/** Whatever has been written where the team has the floor is the team's. */
function inHands(world: World): World {
  const isTeams = world.standing.status === 'assigned' || world.standing.status === 'waiting'
  return isTeams ? { ...world, settled: [...world.written].sort() } : world
}

function after(
  world: World,
  told: ToldEvent,
  machine: Machine,
  faults: Set<string>,
  { read = [], about }: { read?: readonly string[]; about?: string } = {},
): World {
  const { standing, assistant, unanswered, unhelpful } = world
  const floor = floorOf(standing)
  const move = machine(floor, told, { assistant, unanswered, unhelpful, turnId: `t${world.begun + 1}`, now: 0 }, about)
  let { settled, replied, offered } = world
  const episode = told.type === 'turn_done' ? told.fence.episode : standing.episode
  for (const effect of move.effects) {
    checkEffect(effect, { world, read, episode }, faults)
    // Words that there is no answer stand behind everything that was written.
    if (effect.type === 'post_notice') settled = [...settled, ...unanswered]
    if (effect.type === 'post_offer') offered++
    if (effect.type !== 'post_reply') continue
    settled = [...settled, ...effect.messageIds]
    replied = [...replied, ...effect.messageIds].sort()
  }
  const jobs = move.effects.flatMap((effect) =>
    effect.type === 'start_turn'
      ? { fence: effect.fence, read: effect.messageIds, times: world.begun === 0 ? 2 : 1 }
      : [],
  )
  const isSaid = move.effects.some((effect) => speaks(effect) || HANDS_OVER.has(effect.type))
  return inHands({
    ...world,
    standing: keep(standing, floor, move),
    jobs: [...world.jobs, ...jobs],
    begun: world.begun + jobs.length,
    unanswered: isSaid ? [] : unanswered,
    settled: [...new Set(settled)].sort(),
    unhelpful: offered > world.offered ? [] : unhelpful,
    ...{ replied, offered },
  })
}

/** What is wrong with what is done in a world. `episode`: of the turn that does it. */
function checkEffect(
  effect: FloorEffect,
  { world, read, episode }: { world: World; read: readonly string[]; episode: number },
  faults: Set<string>,
): void {
  const { standing, assistant, unanswered, replied, offered } = world
  if (speaks(effect) && standing.status === 'assigned') faults.add('talked over')
  if (speaks(effect) && !assistant) faults.add('spoke though it was switched off')
  if (effect.type === 'post_offer' && offered > 0) faults.add('offered twice')
  if (effect.type === 'post_offer' && unanswered.length > 0) faults.add('not read')
  if (effect.type !== 'post_reply') return
  if (effect.messageIds.some((id) => replied.includes(id))) faults.add('answered twice')
  if (episode !== standing.episode) faults.add('of another episode')
  if (unanswered.some((id) => !read.includes(id))) faults.add('not read')
}

function speaks(
  effect: FloorEffect,
): effect is Extract<FloorEffect, { type: 'post_reply' | 'post_offer' | 'post_notice' }> {
  return effect.type === 'post_reply' || effect.type === 'post_offer' || effect.type === 'post_notice'
}

const HANDS_OVER: ReadonlySet<string> = new Set(['request_hand_off', 'offer_form', 'keep_for_team'])

/** Nothing is told and no turn finishes any more: a node looks for what is left, and much later once more. */
function checkEnd(world: World, machine: Machine, faults: Set<string>): void {
  const found = world.unanswered.at(-1)
  const looked =
    world.standing.status === 'open' && found !== undefined
      ? after(world, { type: 'visitor_wrote' }, machine, faults, { about: found })
      : world
  const { settled, written, standing } = after(looked, { type: 'clock', now: 100_000 }, machine, faults)
  for (const id of written) if (!settled.includes(id)) faults.add('no outcome')
  if (floorOf(standing).phase.name === 'bot_thinking') faults.add('types for ever')
}

describe('in all orders of what may happen', () => {
  it.each(FAMILIES.map((acts) => [acts.join(', '), acts] as const))(
    'of %s, nobody is talked over, and every message gets one answer, a hand-off or an honest notice',
    (_, acts) => {
      const { orders, faults } = explore(real, acts)
      expect([...faults]).toEqual([])
      expect(orders).toBeGreaterThan(10_000)
    },
  )

  const mutants: [string, string, Machine][] = [
    [
      'whoever finishes may write',
      'talked over',
      (floor, told, log) =>
        told.type === 'turn_done'
          ? { floor, effects: [{ type: 'post_reply', turnId: told.fence.turnId, messageIds: [] }] }
          : real(floor, told, log),
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
      (floor, told, log) => (told.type === 'clock' ? { floor, effects: [] } : real(floor, told, log)),
    ],
    [
      'what is told is believed',
      'answered twice',
      (floor, told, log, about) => real(floor, told, about === undefined ? log : { ...log, unanswered: [about] }),
    ],
    [
      'a turn that is done looks at nothing else',
      'not read',
      (floor, told, log) => (told.type === 'turn_done' ? moveFloor(floor, told) : real(floor, told, log)),
    ],
    [
      'an offer asks nobody',
      'offered twice',
      (floor, told, log) =>
        told.type === 'rated_unhelpful'
          ? { floor, effects: [{ type: 'post_offer', seqs: [1] }] }
          : real(floor, told, log),
    ],
    [
      'an offer goes before what is asked',
      'not read',
      (floor, told, log) =>
        told.type === 'rated_unhelpful' ? moveFloor(floor, { ...told, seqs: log.unhelpful }) : real(floor, told, log),
    ],
    [
      'nobody asks whether it is switched off',
      'spoke though it was switched off',
      (floor, told, log) => real(floor, told, { ...log, assistant: true }),
    ],
  ]
  it.each(mutants)('finds out a machine in which %s: %s', (_, fault, machine) => {
    expect(FAMILIES.some((acts) => explore(machine, acts, fault).faults.has(fault))).toBe(true)
  })
})

/** The machine with a fence in place of the one that a turn holds. */
function unfenced(fenceOf: (fence: Fence, floor: Floor, turnId: string) => Fence): Machine {
  return (floor, told, log) =>
    told.type === 'turn_done' && floor.phase.name === 'bot_thinking'
      ? real(floor, { ...told, fence: fenceOf(told.fence, floor, floor.phase.turnId) }, log)
      : real(floor, told, log)
}
