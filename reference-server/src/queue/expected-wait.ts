import type { DutyAgent } from './assign-waiting.js'
import { compareQueued, type Queued } from './queue-order.js'
import { type DepartmentMembers, serves } from './who-serves.js'

/** Fewer conversations say nothing of how long one takes. */
const FEWEST_ENDED = 3

/** What the agents have lately done. */
export interface Handled {
  /** How long they had conversations, together, in milliseconds. */
  busyMs: number
  /** How many of these they were done with. */
  ended: number
}

/**
 * How long an agent has a conversation, in milliseconds: the time that all were had by the number of those that ended, so
 * that those which still go on count as well. Null: too little is known.
 */
export function handlingTime({ busyMs, ended }: Handled): number | null {
  return ended < FEWEST_ENDED ? null : busyMs / ended
}

/** Where a conversation stands in the line. */
export interface Place {
  /** From 1: how many come first, of those that the same agents may take, and this one. */
  position: number
  /** Null: nobody on duty takes it, or nothing is known. */
  waitMs: number | null
}

/** When an agent is free for the next one, and then again and again, in milliseconds from now. */
interface Free {
  id: string
  at: number
  every: number
}

/**
 * Says of the whole queue at once where each stands and how long it will wait (L7): those on duty take one after the other in
 * the queue's order, an agent with n conversations being done with one in every n-th part of the time that one takes. What
 * comes later and is more urgent nobody knows.
 */
export function expectWaits(input: {
  queue: readonly Queued[]
  agents: readonly DutyAgent[]
  members: DepartmentMembers
  /** See `handlingTime`. */
  handlingMs: number | null
}): Map<string, Place> {
  const { members, handlingMs } = input
  const places = new Map<string, Place>()
  const free = input.agents.flatMap((agent) => freeOf(agent, handlingMs ?? Number.POSITIVE_INFINITY))
  const passed = new Map<string | null, number>()
  for (const { conversationId, departmentId } of [...input.queue].sort(compareQueued)) {
    passed.set(departmentId, (passed.get(departmentId) ?? 0) + 1)
    const position = [...passed].reduce(
      (sum, [other, count]) => (other === departmentId || meet(other, departmentId, members) ? sum + count : sum),
      0,
    )
    const next = free
      .filter(({ id }) => serves(id, departmentId, members))
      .reduce<Free | undefined>((best, other) => (best && best.at <= other.at ? best : other), undefined)
    places.set(conversationId, { position, waitMs: next && Number.isFinite(next.at) ? next.at : null })
    if (next) next.at += next.every
  }
  return places
}

/** A free place is free now, and when it is taken it is one more of those that end. */
function freeOf({ id, load, capacity }: DutyAgent, handlingMs: number): Free[] {
  if (capacity < 1) return []
  const idle = Math.max(0, capacity - load)
  const every = handlingMs / Math.max(load, capacity)
  const first = (1 + Math.max(0, load - capacity)) * every
  return [
    ...Array.from({ length: idle }, () => ({ id, at: 0, every: Number.POSITIVE_INFINITY })),
    { id, at: first, every },
  ]
}

/** Whether somebody may take conversations of both departments. */
function meet(one: string | null, other: string | null, members: DepartmentMembers): boolean {
  const [some, others] = [one, other].map((id) => (id === null ? undefined : members.get(id)))
  if (!some?.size || !others?.size) return true
  return [...some].some((id) => others.has(id))
}
