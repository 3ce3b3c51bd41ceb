import { PRIORITIES } from '@chatdesk/protocol'
import { assignWaiting, type DutyAgent } from '../assign-waiting.js'
import { expectedBack } from '../expected-back.js'
import { type Arrivals, arrivalRates, type ExpectedAgent, expectWaits, handlingTime } from '../expected-wait.js'
import { type Absences, leftAlone, noteAbsences } from '../off-duty.js'
import { compareQueued } from '../queue-order.js'
import { type DepartmentMembers, serves } from '../who-serves.js'
import { type Chance, handlingOf, MINUTE, SECOND, type Talk, type Worker } from './simulated-people.js'
import type { Answer } from './told-waits.js'

const LAST_ONES = 200
const REROUTE_MS = 60 * SECOND
const CAPACITY = 5
const OVERTAKEN_MS = 45 * MINUTE

export class Day {
  readonly #queue = new Set<Talk>()
  readonly #had = new Map<string, Set<Talk>>()
  readonly #handled: number[]
  readonly #longestWait: Record<string, number> = {}
  readonly #answers: (Answer & { by: string })[] = []
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
    private readonly chance: Chance,
    // What is known of the day before.
    handled: readonly number[] = Array.from({ length: LAST_ONES }, () => handlingOf(chance)),
  ) {
    for (const { id } of workers) this.#had.set(id, new Set())
    this.#handled = [...handled]
  }

  get isOver(): boolean {
    return this.#done === this.talks.length
  }

  look(now: number): void {
    const there = this.#there(now)
    this.#arrive(now)
    this.#talk(now, there)
    this.#takeBack(now, there)
    this.#give(now, there)
    this.#counts.longestQueue = Math.max(this.#counts.longestQueue, this.#queue.size)
    this.#before = now
  }

  /** The ids of the conversations that wait. */
  get waiting(): string[] {
    return [...this.#queue].map(({ conversationId }) => conversationId)
  }

  /** What those who wait would be told by the server, in milliseconds. */
  expect(now: number): Map<string, number> {
    const places = expectWaits({
      ...{ queue: [...this.#queue], agents: this.#expected(now), members: this.members, now },
      handlingMs: handlingTime(this.#handled.slice(-LAST_ONES)),
      arrivals: this.#arrivals(now),
    })
    return new Map([...places].flatMap(([id, { waitMs }]) => (waitMs === null ? [] : [[id, waitMs] as const])))
  }

  /** Tells those who wait how long they will, in milliseconds; `by`: as whom `answersBy` asks for it. */
  tell(waits: ReadonlyMap<string, number>, by: string, now: number): void {
    for (const talk of this.#queue) {
      const waitMs = waits.get(talk.conversationId)
      if (waitMs !== undefined) talk.told.push({ by, at: now, waitMs })
    }
  }

  /** What was told to those who since were given to somebody. */
  answersBy(by: string): Answer[] {
    return this.#answers.filter((answer) => answer.by === by)
  }

  /** The same day from now on, with another chance: nobody knows how long each conversation takes still. */
  fork(chance: Chance): Day {
    const again = (talk: Talk): Talk => ({ ...talk, takes: longerThan(talk.worked, chance), told: [] })
    const workers = this.workers.map((worker) => ({ ...worker }))
    const day = new Day(this.talks.slice(this.#next).map(again), workers, this.members, chance, this.#handled)
    for (const talk of this.#queue) day.#queue.add(again(talk))
    for (const [id, had] of this.#had) day.#had.set(id, new Set([...had].map(again)))
    day.#absences = this.#absences
    day.#absentSince = new Map(this.#absentSince)
    day.#before = this.#before
    return day
  }

  /** What was counted; times in seconds. */
  report() {
    return {
      ...this.#counts,
      longestWait: this.#longestWait,
      longestWithAbsent: this.#longestWithAbsent / SECOND,
      forgotten: this.talks.length - this.#done,
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
    talk.worked += now - this.#before
    if (talk.worked < talk.takes) return
    this.#had.get(agentId)?.delete(talk)
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
    for (const { by, at, waitMs } of talk.told.splice(0)) {
      const actual = now - at
      // A minute is the least that a visitor is told.
      if (actual >= MINUTE) this.#answers.push({ by, told: Math.max(MINUTE, waitMs), actual })
    }
  }

  /** As of the last half hour. */
  #arrivals(now: number): Arrivals[] {
    const came = this.talks.filter(({ begins }) => begins <= now && begins > now - 30 * MINUTE)
    return arrivalRates(came, Math.min(30 * MINUTE, now))
  }

  #there(now: number): Set<string> {
    const isThere = ({ shifts }: Worker) => shifts.some(({ from, to }) => from <= now && now < to)
    return new Set(this.workers.filter(isThere).map(({ id }) => id))
  }

  /** As the server knows them: it sees since when somebody is gone, to the minute, and what they have said of when they will be back. */
  #expected(now: number): ExpectedAgent[] {
    const there = this.#onDuty(this.#there(now)).map((agent) => ({ ...agent, backInMs: 0, guessed: false }))
    const back = this.workers.flatMap(({ id, lastAssignedAt, shifts }) => {
      const absentSince = this.#absentSince.get(id)
      // Whoever was given nothing yet was not there today.
      if (absentSince === undefined || lastAssignedAt === null) return []
      const since = Math.floor(absentSince / MINUTE) * MINUTE
      const backAt = shifts.filter(({ to }) => to <= now).at(-1)?.backAt ?? null
      const expected = expectedBack({ since, backAt }, now)
      return expected ? { id, load: this.#had.get(id)?.size ?? 0, capacity: CAPACITY, lastAssignedAt, ...expected } : []
    })
    return [...there, ...back]
  }

  #onDuty(there: ReadonlySet<string>): DutyAgent[] {
    return this.workers
      .filter(({ id }) => there.has(id))
      .map(({ id, lastAssignedAt }) => ({ id, load: this.#had.get(id)?.size ?? 0, capacity: CAPACITY, lastAssignedAt }))
  }
}

/** How long a conversation takes that took so long already, in milliseconds. */
function longerThan(worked: number, chance: Chance): number {
  let takes: number
  do takes = handlingOf(chance)
  while (takes <= worked)
  return takes
}
