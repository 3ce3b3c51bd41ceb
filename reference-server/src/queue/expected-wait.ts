import { PRIORITY_STEP_MS } from '@chatdesk/protocol'
import type { DutyAgent } from './assign-waiting.js'
import type { ExpectedBack } from './expected-back.js'
import { compareQueued, type Queued, queueKey } from './queue-order.js'
import { type DepartmentMembers, serves } from './who-serves.js'

/** Fewer conversations say nothing of how long one takes. */
const FEWEST_ENDED = 3

/** How long an agent has a conversation, in milliseconds, by how long the last ones took. Null: too little is known. */
export function handlingTime(lastOnes: readonly number[]): number | null {
  return lastOnes.length < FEWEST_ENDED ? null : lastOnes.reduce((sum, ms) => sum + ms, 0) / lastOnes.length
}

/** Where a conversation stands in the line. */
export interface Place {
  /** From 1: how many come first, of those that the same agents may take, and this one. */
  position: number
  /** Null: nobody on duty takes it, or nothing is known. */
  waitMs: number | null
}

/** How many come to one line with one priority, in a millisecond. */
export interface Arrivals {
  departmentId: string | null
  priority: number
  rate: number
}

/** How often somebody comes, by those who did within so many milliseconds. */
export function arrivalRates(came: readonly Pick<Queued, 'departmentId' | 'priority'>[], withinMs: number): Arrivals[] {
  const rates = new Map<string, Arrivals>()
  for (const { departmentId, priority } of came) {
    const known = rates.get(`${departmentId} ${priority}`) ?? { departmentId, priority, rate: 0 }
    rates.set(`${departmentId} ${priority}`, { ...known, rate: known.rate + 1 / withinMs })
  }
  return [...rates.values()]
}

/** An agent who is there, or will be in so many milliseconds. */
export interface ExpectedAgent extends DutyAgent, ExpectedBack {}

/** By so much all is slower than what is to be expected: some will leave, and nobody knows who and when. */
const UNFORESEEN = 1.1

/** When an agent is free for the next one, and then again and again, in milliseconds from now. */
interface Free {
  id: string
  at: number
  every: number
}

/** One who waits, or who will have come by then and is more urgent. */
interface Waiting extends Queued {
  /** In milliseconds from now. */
  comes: number
}

/** Whoever finds nobody to take looks again after so many milliseconds. */
const LOOK_AGAIN_MS = 10_000
/** What is further away nobody is told, in milliseconds. */
const HORIZON_MS = 4 * 60 * 60_000
/** So many free places are gone through at most, of however many that are asked about. */
const MOST_STEPS = 20_000

/**
 * Says of the whole queue at once where each stands and how long it will wait (L7), by going through what is to be expected:
 * an agent with n conversations is done with one in every n-th part of the time that one takes, and takes the first in the
 * queue's order that they serve; whoever has just gone comes back and has room for as many as they then lack; others come as they
 * lately did, and go before whoever is less urgent.
 */
export function expectWaits(input: {
  queue: readonly Queued[]
  agents: readonly ExpectedAgent[]
  members: DepartmentMembers
  /** See `handlingTime`. */
  handlingMs: number | null
  arrivals: readonly Arrivals[]
  now: number
}): Map<string, Place> {
  const { members, handlingMs, arrivals, now } = input
  const queue = [...input.queue].sort(compareQueued)
  const positions = positionsOf(queue, members)
  const waits = new Map<string, number>()
  const last = queue.reduce((latest, row) => Math.max(latest, queueKey(row)), 0)
  const comers = arrivals.flatMap((arrival) => comersOf(arrival, last - now, now))
  const line: (Waiting | undefined)[] = [...queue.map((row) => ({ ...row, comes: 0 })), ...comers].sort(compareQueued)
  const free = input.agents.flatMap((agent, index) =>
    freeOf(agent, handlingMs ?? Number.POSITIVE_INFINITY, (index + 1) / input.agents.length),
  )
  // A guess at who comes back makes a wait shorter; by itself it promises nobody anything.
  const sure = input.agents.filter(({ guessed, capacity }) => !guessed && capacity > 0)
  const isSure = (departmentId: string | null) => sure.some(({ id }) => serves(id, departmentId, members))
  for (let [left, steps] = [queue.length, 0]; left > 0 && steps < MOST_STEPS; steps++) {
    const next = free.reduce<Free | undefined>((best, other) => (best && best.at <= other.at ? best : other), undefined)
    if (!next || next.at > HORIZON_MS) break
    const index = line.findIndex((row) => row && row.comes <= next.at && serves(next.id, row.departmentId, members))
    const taken = line[index]
    // Whoever finds nothing to do looks again a little later, as somebody may have come.
    if (!taken) next.at += Math.min(next.every, LOOK_AGAIN_MS)
    else {
      line[index] = undefined
      if (positions.has(taken.conversationId)) {
        left--
        if (isSure(taken.departmentId)) waits.set(taken.conversationId, Math.round(next.at * UNFORESEEN))
      }
      next.at += next.every
    }
  }
  return new Map([...positions].map(([id, position]) => [id, { position, waitMs: waits.get(id) ?? null }] as const))
}

/** How many come first, of those that somebody may take who may take this one as well; and this one. */
function positionsOf(queue: readonly Queued[], members: DepartmentMembers): Map<string, number> {
  const positions = new Map<string, number>()
  const passed = new Map<string | null, number>()
  for (const { conversationId, departmentId } of queue) {
    passed.set(departmentId, (passed.get(departmentId) ?? 0) + 1)
    let position = 0
    for (const [other, count] of passed) if (meet(other, departmentId, members)) position += count
    positions.set(conversationId, position)
  }
  return positions
}

/** A free place is free as soon as the agent is there, and when it is taken it is one more of those that end. */
function freeOf({ id, load, capacity, backInMs }: ExpectedAgent, handlingMs: number, phase: number): Free[] {
  if (capacity < 1) return []
  const idle = Math.max(0, capacity - load)
  const every = handlingMs / Math.max(load, capacity)
  const first = (phase + Math.max(0, load - capacity)) * every
  return [
    ...Array.from({ length: idle }, () => ({ id, at: backInMs, every: Number.POSITIVE_INFINITY })),
    { id, at: backInMs + first, every },
  ]
}

/** Whether somebody may take conversations of both departments. */
function meet(one: string | null, other: string | null, members: DepartmentMembers): boolean {
  const [some, others] = [one, other].map((id) => (id === null ? undefined : members.get(id)))
  if (!some?.size || !others?.size) return true
  return [...some].some((id) => others.has(id))
}

/** Those who will come before whoever is last in the queue now, each in the middle of the time in which one comes. */
function comersOf({ departmentId, priority, rate }: Arrivals, lastInMs: number, now: number): Waiting[] {
  const until = Math.min(lastInMs + priority * PRIORITY_STEP_MS, HORIZON_MS)
  const comers: Waiting[] = []
  for (let comes = 0.5 / rate; comes < until; comes += 1 / rate) {
    const conversationId = `${departmentId} ${priority} ${comers.length}`
    comers.push({ conversationId, departmentId, priority, comes, waitingSince: now + comes })
  }
  return comers
}
