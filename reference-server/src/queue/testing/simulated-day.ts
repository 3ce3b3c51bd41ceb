import { PRIORITIES } from '@chatdesk/protocol'
import { assignWaiting, type DutyAgent } from '../assign-waiting.js'
import { type Arrivals, arrivalRates, expectWaits, handlingTime } from '../expected-wait.js'
import { type Absences, leftAlone, noteAbsences } from '../off-duty.js'
import { compareQueued, type Queued } from '../queue-order.js'
import { type DepartmentMembers, serves } from '../who-serves.js'

/** Options of `simulateDay`. */
interface DayOptions {
  seed: number
  /** Default 2,000. */
  conversations?: number
  /** Default 12. */
  agents?: number
}

/** What was measured of a day; times in seconds. */
interface DayReport {
  seed: number
  conversations: number
  agents: number
  assignments: number
  rerouted: number
  longestQueue: number
  /** By priority, from low to urgent. */
  longestWait: Record<string, number>
  /** Somebody was given something before one of the same priority and department who had come before. */
  fifoViolations: number
  /** Somebody was overtaken, before an agent who serves both, by whoever had come more than 45 minutes later. */
  starved: number
  /** Conversations that were never given to anybody, though somebody was there in the end. */
  forgotten: number
  overCapacity: number
  /** A visitor waited for an answer for so long from an agent who was not there. */
  longestWithAbsent: number
  /**
   * Of what visitors were told, each time that they asked, by what they then had still to wait: how many answers, the middle of
   * told by true (1: neither too long nor too short), and the error that four of five stay under, as a share of the true wait.
   * `beyondAMinute` counts of an error what is more than a minute, as minutes are what a visitor reads.
   */
  waits: { told: number; middle: number; p80: number; p80BeyondAMinute: number; p80OfTenMinutes: number }
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY_MS = 10 * 60 * MINUTE
/** As the server looks. */
const SWEEP_MS = 2 * SECOND
/** As often as a widget asks, and an answer may be so old (L6). */
const ASK_MS = 30 * SECOND
const LAST_ONES = 200
const REROUTE_MS = 60 * SECOND
const CAPACITY = 5
const OVERTAKEN_MS = 45 * MINUTE
const DEPARTMENTS = [null, null, 'sales', 'help', 'billing'] as const

interface Talk extends Queued {
  begins: number
  /** How much of an agent's time it still takes. */
  left: number
  agentId: string | undefined
  assignedAt: number
  /** Since when the visitor waits for an answer of the agent who has it; undefined: they do not. */
  unansweredSince: number | undefined
  /** What its visitor was told, and when. */
  told: { at: number; waitMs: number }[]
  isOver: boolean
}

interface Worker {
  id: string
  departments: readonly string[]
  shifts: readonly { from: number; to: number }[]
  lastAssignedAt: number | null
}

/** Chance that can be had again: mulberry32. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A day of a support team under a clock of its own, by the functions that the server decides by: visitors come as they do, most
 * before noon and in the afternoon, agents have shifts, breaks and broken connections.
 */
export function simulateDay({ seed, conversations = 2_000, agents = 12 }: DayOptions): DayReport {
  const chance = chanceOf(seed)
  const talks = Array.from({ length: conversations }, (_, index) => talkOf(index, chance)).sort(
    (a, b) => a.begins - b.begins,
  )
  const workers = Array.from({ length: agents }, (_, index) => workerOf(index, agents, chance))
  const members = membersOf(workers)
  const day = new Day(talks, workers, members, chance)
  for (let now = 0; now <= DAY_MS + 4 * 60 * MINUTE && !day.isOver; now += SWEEP_MS) day.look(now)
  return { seed, conversations, agents, ...day.report() }
}

/** More at eleven and at four than in between. */
function talkOf(index: number, chance: () => number): Talk {
  let at: number
  do at = chance() * DAY_MS
  while (chance() > 0.55 + 0.45 * Math.sin((at / DAY_MS) * 2 * Math.PI * 2 - Math.PI / 2) ** 2)
  const priority = [-1, 0, 0, 0, 0, 0, 0, 0, 1, 2][Math.floor(chance() * 10)] ?? 0
  const left = handlingOf(chance)
  return {
    conversationId: `talk-${String(index).padStart(5, '0')}`,
    departmentId: DEPARTMENTS[Math.floor(chance() * DEPARTMENTS.length)] ?? null,
    ...{ priority, waitingSince: at, begins: at, left, agentId: undefined, assignedAt: 0 },
    ...{ unansweredSince: undefined, told: [], isOver: false },
  }
}

/** Fourteen minutes on an average; some take much longer. */
function handlingOf(chance: () => number): number {
  return 14 * MINUTE * Math.exp(0.6 * normal(chance) - 0.18)
}

function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
}

/** Each is in one department or two, comes within the first hour or later, has a break, and loses the connection at times. */
function workerOf(index: number, agents: number, chance: () => number): Worker {
  const teams = DEPARTMENTS.slice(2) as readonly string[]
  const own = teams[index % teams.length] as string
  const second = chance() < 0.4 ? [teams[(index + 1) % teams.length] as string] : []
  // Most are there when it begins, the others come in the course of the morning.
  const begin = index < (agents * 2) / 3 ? chance() * 5 * MINUTE : chance() * 2 * 60 * MINUTE
  const leaves: { at: number; ms: number }[] = [
    { at: (3.5 + chance() * 2.5) * 60 * MINUTE, ms: (20 + chance() * 25) * MINUTE },
  ]
  for (let at = begin; at < DAY_MS; at += (40 + chance() * 80) * MINUTE)
    leaves.push({ at, ms: chance() < 0.5 ? 5 * SECOND : (0.5 + chance() * 4) * MINUTE })
  const shifts: { from: number; to: number }[] = []
  let from = begin
  for (const { at, ms } of leaves.sort((a, b) => a.at - b.at)) {
    if (at <= from) continue
    shifts.push({ from, to: at })
    from = at + ms
  }
  shifts.push({ from, to: DAY_MS + 4 * 60 * MINUTE })
  return { id: `agent-${String(index).padStart(2, '0')}`, departments: [own, ...second], shifts, lastAssignedAt: null }
}

function membersOf(workers: readonly Worker[]): DepartmentMembers {
  const members = new Map<string, Set<string>>()
  for (const { id, departments } of workers)
    for (const department of departments) members.set(department, (members.get(department) ?? new Set()).add(id))
  return members
}

/** What so many of the numbers are not above. */
function atShare(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

class Day {
  readonly #queue = new Set<Talk>()
  readonly #had = new Map<string, Set<Talk>>()
  readonly #handled: number[]
  readonly #longestWait: Record<string, number> = {}
  readonly #answers: { told: number; actual: number }[] = []
  #absences: Absences | undefined
  #absentSince = new Map<string, number>()
  #next = 0
  #done = 0
  #counts = { assignments: 0, rerouted: 0, longestQueue: 0, fifoViolations: 0, starved: 0, overCapacity: 0 }
  #longestWithAbsent = 0
  #before = 0

  constructor(
    private readonly talks: readonly Talk[],
    private readonly workers: readonly Worker[],
    private readonly members: DepartmentMembers,
    private readonly chance: () => number,
  ) {
    for (const { id } of workers) this.#had.set(id, new Set())
    // What is known of the day before.
    this.#handled = Array.from({ length: LAST_ONES }, () => handlingOf(chance))
  }

  get isOver(): boolean {
    return this.#done === this.talks.length
  }

  look(now: number): void {
    const there = new Set(
      this.workers.filter(({ shifts }) => shifts.some(({ from, to }) => from <= now && now < to)).map(({ id }) => id),
    )
    this.#arrive(now)
    this.#talk(now, there)
    this.#takeBack(now, there)
    this.#give(now, there)
    if (now % ASK_MS === 0) this.#tell(now, there)
    this.#counts.longestQueue = Math.max(this.#counts.longestQueue, this.#queue.size)
    this.#before = now
  }

  report() {
    const errorsOf = (from: number, free: number) =>
      this.#answers.flatMap(({ told, actual }) =>
        actual < from ? [] : Math.max(0, Math.abs(told - actual) - free) / actual,
      )
    return {
      ...this.#counts,
      longestWait: this.#longestWait,
      longestWithAbsent: this.#longestWithAbsent / SECOND,
      forgotten: this.talks.length - this.#done,
      waits: {
        told: this.#answers.length,
        middle: atShare(
          this.#answers.map(({ told, actual }) => told / actual),
          0.5,
        ),
        p80: atShare(errorsOf(0, 0), 0.8),
        p80BeyondAMinute: atShare(errorsOf(0, MINUTE), 0.8),
        p80OfTenMinutes: atShare(errorsOf(10 * MINUTE, 0), 0.8),
      },
    }
  }

  #arrive(now: number): void {
    for (let talk = this.talks[this.#next]; talk && talk.begins <= now; talk = this.talks[++this.#next])
      this.#queue.add(talk)
  }

  /** Whoever is there works at all that they have; visitors write again at times. */
  #talk(now: number, there: ReadonlySet<string>): void {
    for (const { id } of this.workers) {
      if (there.has(id)) this.#absentSince.delete(id)
      else if (!this.#absentSince.has(id)) this.#absentSince.set(id, now)
      for (const talk of this.#had.get(id) ?? []) {
        if (there.has(id)) this.#work(talk, id, now)
        else talk.unansweredSince ??= this.chance() < 0.03 ? now : undefined
      }
    }
  }

  #work(talk: Talk, agentId: string, now: number): void {
    talk.unansweredSince = this.chance() < 0.1 ? (talk.unansweredSince ?? now) : undefined
    talk.left -= now - this.#before
    if (talk.left > 0) return
    this.#had.get(agentId)?.delete(talk)
    talk.isOver = true
    this.#done++
    this.#handled.push(now - talk.assignedAt)
  }

  #takeBack(now: number, there: ReadonlySet<string>): void {
    const absent = this.workers.map(({ id }) => id).filter((id) => !there.has(id))
    this.#absences = noteAbsences(this.#absences, absent, now)
    const unanswered = absent.flatMap((agentId) =>
      [...(this.#had.get(agentId) ?? [])].flatMap((talk) => {
        if (talk.unansweredSince === undefined) return []
        const alone = now - Math.max(talk.unansweredSince, this.#absentSince.get(agentId) ?? now)
        this.#longestWithAbsent = Math.max(this.#longestWithAbsent, alone)
        return { conversationId: talk.conversationId, agentId, waitingSince: talk.unansweredSince }
      }),
    )
    const agents = new Map([...this.#absences.since].map(([id, absentSince]) => [id, { absentSince }]))
    for (const { conversationId, agentId } of leftAlone({ unanswered, agents, rerouteAfterMs: REROUTE_MS, now })) {
      const talk = [...(this.#had.get(agentId) ?? [])].find((one) => one.conversationId === conversationId)
      if (!talk) continue
      this.#had.get(agentId)?.delete(talk)
      talk.agentId = undefined
      talk.waitingSince = talk.unansweredSince ?? now
      talk.unansweredSince = undefined
      this.#queue.add(talk)
      this.#counts.rerouted++
    }
  }

  #give(now: number, there: ReadonlySet<string>): void {
    const queue = [...this.#queue].sort(compareQueued)
    const byId = new Map(queue.map((talk) => [talk.conversationId, talk]))
    const agents = this.#onDuty(there)
    for (const { conversationId, agentId } of assignWaiting({ queue, agents, members: this.members })) {
      const talk = byId.get(conversationId)
      const worker = this.workers.find(({ id }) => id === agentId)
      if (!talk || !worker) throw new Error('Somebody was given what does not wait.')
      this.#queue.delete(talk)
      this.#judge(talk, worker, now)
      const had = this.#had.get(agentId) as Set<Talk>
      had.add(talk)
      if (had.size > CAPACITY) this.#counts.overCapacity++
      talk.agentId = agentId
      talk.assignedAt = now
      // Until the first answer.
      talk.unansweredSince = talk.waitingSince
      worker.lastAssignedAt = now + this.#counts.assignments++ / 1e6
    }
  }

  /** What was done right and wrong by giving this to them, of all that waits on. */
  #judge(talk: Talk, worker: Worker, now: number): void {
    const waited = now - talk.waitingSince
    const name = PRIORITIES[talk.priority + 1] ?? ''
    this.#longestWait[name] = Math.max(this.#longestWait[name] ?? 0, waited / SECOND)
    for (const other of this.#queue) {
      if (!serves(worker.id, other.departmentId, this.members)) continue
      const later = talk.waitingSince - other.waitingSince
      if (later > OVERTAKEN_MS) this.#counts.starved++
      if (later > 0 && talk.priority === other.priority && talk.departmentId === other.departmentId)
        this.#counts.fifoViolations++
    }
    for (const { at, waitMs } of talk.told.splice(0)) {
      const actual = now - at
      // A minute is the least that a visitor is told.
      if (actual >= MINUTE) this.#answers.push({ told: Math.max(MINUTE, waitMs), actual })
    }
  }

  #tell(now: number, there: ReadonlySet<string>): void {
    const handlingMs = handlingTime(this.#handled.slice(-LAST_ONES))
    const queue = [...this.#queue]
    const places = expectWaits({
      ...{ queue, agents: this.#onDuty(there), members: this.members, handlingMs, now },
      arrivals: this.#arrivals(now),
    })
    for (const talk of queue) {
      const waitMs = places.get(talk.conversationId)?.waitMs ?? null
      if (waitMs !== null) talk.told.push({ at: now, waitMs })
    }
  }

  /** As of the last half hour. */
  #arrivals(now: number): Arrivals[] {
    const came = this.talks.filter(({ begins }) => begins <= now && begins > now - 30 * MINUTE)
    return arrivalRates(came, Math.min(30 * MINUTE, now))
  }

  #onDuty(there: ReadonlySet<string>): DutyAgent[] {
    return this.workers
      .filter(({ id }) => there.has(id))
      .map(({ id, lastAssignedAt }) => ({ id, load: this.#had.get(id)?.size ?? 0, capacity: CAPACITY, lastAssignedAt }))
  }
}
