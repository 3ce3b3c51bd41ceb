import type { Queued } from '../queue-order.js'
import type { DepartmentMembers } from '../who-serves.js'

/** In milliseconds. */
export const SECOND = 1_000
/** In milliseconds. */
export const MINUTE = 60 * SECOND
/** For so long visitors come, in milliseconds. */
const DAY_MS = 10 * 60 * MINUTE
/** And so long agents stay. */
export const EVENING_MS = DAY_MS + 4 * 60 * MINUTE
const DEPARTMENTS = [null, null, 'sales', 'help', 'billing'] as const

/** A conversation of the day; times in milliseconds from its beginning. */
export interface Talk extends Queued {
  begins: number
  /** How much of an agent's time it takes. */
  takes: number
  /** How much of it was given to it. */
  worked: number
  agentId: string | undefined
  assignedAt: number
  /** Since when the visitor waits for an answer of the agent who has it; undefined: they do not. */
  unansweredSince: number | undefined
  /** What its visitor was told, and when, by whom. */
  told: { by: string; at: number; waitMs: number }[]
}

/** An agent of the day. */
export interface Worker {
  id: string
  departments: readonly string[]
  /** When they are there, and when they have said at its end that they will be back, in milliseconds from the day's beginning. */
  shifts: readonly { from: number; to: number; backAt?: number | undefined }[]
  lastAssignedAt: number | null
}

/** From 0 to 1. */
export type Chance = () => number

/** Chance that can be had again: mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** More come at eleven and at four than in between. */
export function talkOf(index: number, chance: Chance): Talk {
  let at: number
  do at = chance() * DAY_MS
  while (chance() > 0.55 + 0.45 * Math.sin((at / DAY_MS) * 2 * Math.PI * 2 - Math.PI / 2) ** 2)
  const priority = [-1, 0, 0, 0, 0, 0, 0, 0, 1, 2][Math.floor(chance() * 10)] ?? 0
  const takes = handlingOf(chance)
  return {
    conversationId: `talk-${String(index).padStart(5, '0')}`,
    departmentId: DEPARTMENTS[Math.floor(chance() * DEPARTMENTS.length)] ?? null,
    ...{ priority, waitingSince: at, begins: at, takes, worked: 0, agentId: undefined, assignedAt: 0 },
    ...{ unansweredSince: undefined, told: [] },
  }
}

/** How much of an agent's time a conversation takes: fourteen minutes on an average; some take much longer. */
export function handlingOf(chance: Chance): number {
  return 14 * MINUTE * Math.exp(0.6 * normal(chance) - 0.18)
}

function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
}

/**
 * Each is in one department or two, comes within the first hour or later, has a break and says until when (`announcing`: how well
 * they keep to it), and loses the connection at times.
 */
export function workerOf(index: number, agents: number, chance: Chance, announcing: Chance): Worker {
  const teams = DEPARTMENTS.slice(2) as readonly string[]
  const own = teams[index % teams.length] as string
  const second = chance() < 0.4 ? [teams[(index + 1) % teams.length] as string] : []
  // Most are there when it begins, the others come in the course of the morning.
  const begin = index < (agents * 2) / 3 ? chance() * 5 * MINUTE : chance() * 2 * 60 * MINUTE
  const lunch = { at: (3.5 + chance() * 2.5) * 60 * MINUTE, ms: (20 + chance() * 25) * MINUTE }
  const leaves: { at: number; ms: number; backAt?: number }[] = [{ ...lunch, backAt: announced(lunch, announcing) }]
  for (let at = begin; at < DAY_MS; at += (40 + chance() * 80) * MINUTE)
    leaves.push({ at, ms: chance() < 0.5 ? 5 * SECOND : (0.5 + chance() * 4) * MINUTE })
  const shifts: { from: number; to: number; backAt?: number | undefined }[] = []
  let from = begin
  for (const { at, ms, backAt } of leaves.sort((a, b) => a.at - b.at)) {
    if (at <= from) continue
    shifts.push({ from, to: at, backAt })
    from = at + ms
  }
  shifts.push({ from, to: EVENING_MS })
  return { id: `agent-${String(index).padStart(2, '0')}`, departments: [own, ...second], shifts, lastAssignedAt: null }
}

/**
 * When somebody says that they will be back from a break, in milliseconds: to five minutes, as one says it. They come a minute late
 * in the middle, two of three between three minutes early and five minutes late, one of twenty nine minutes or more late or seven or more early.
 */
function announced({ at, ms }: { at: number; ms: number }, announcing: Chance): number {
  const meant = at + ms - (1 + 4 * normal(announcing)) * MINUTE
  return Math.round(meant / (5 * MINUTE)) * 5 * MINUTE
}

/** Who belongs to which department. */
export function membersOf(workers: readonly Worker[]): DepartmentMembers {
  const members = new Map<string, Set<string>>()
  for (const { id, departments } of workers)
    for (const department of departments) members.set(department, (members.get(department) ?? new Set()).add(id))
  return members
}
