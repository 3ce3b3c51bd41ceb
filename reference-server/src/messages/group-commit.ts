import { ChatError } from '@chatdesk/protocol'
import { isPassingFailure, toClientFailure } from '../database/index.js'

/** What became of one item of a batch. */
export type Settled<Result> =
  | { status: 'done'; result: Result }
  /** With a `ChatError`, or with what nobody foresaw. */
  | { status: 'refused'; error: unknown }
  /** Somebody else holds what it needs: it goes to the front of the next batch. */
  | { status: 'busy' }

/** How much may be gathered. `bytes` are those of the items as they are sent to the database. */
export interface GroupCommitLimits {
  batchItems: number
  batchBytes: number
  queuedItems: number
  queuedBytes: number
  /** How long an item may stay busy before it is refused, in milliseconds. */
  patienceMs: number
  /** How long to wait when a batch was busy as a whole, in milliseconds. */
  pauseMs: number
}

const GROUP_COMMIT_LIMITS: GroupCommitLimits = {
  batchItems: 1_000,
  batchBytes: 4 * 1024 * 1024,
  queuedItems: 5_000,
  queuedBytes: 32 * 1024 * 1024,
  patienceMs: 2_000,
  pauseMs: 5,
}

/**
 * What is written by turns: one thing after the other, in the order of the calls. What a turn answers with is run once, in
 * the same order.
 */
export type Turns = (turn: () => Promise<() => void>) => void

/**
 * Queues that share their turns have at most one batch under way among them: what they tell is in commit order. With
 * `overlap` a turn's telling waits until the next turn is under way, so that the database is at work meanwhile; where the
 * database runs in this very process, that would only be later.
 */
export function createTurns({ overlap = false } = {}): Turns {
  const waiting: (() => Promise<() => void>)[] = []
  let running = false
  const run = async () => {
    // The calls of one moment go together.
    await undefined
    let telling: Promise<void> | undefined
    for (let turn = waiting.shift(); turn; turn = waiting.shift()) {
      const tell = await turn()
      await telling
      telling = undefined
      // By then the next turn's query has left.
      if (overlap && waiting.length > 0) telling = new Promise((told) => setImmediate(() => told(tell())))
      else tell()
      if (waiting.length === 0) await telling
    }
    running = false
  }
  return (turn) => {
    waiting.push(turn)
    if (running) return
    running = true
    void run()
  }
}

/** A batch that was written. */
export interface Committed<Result> {
  /** For each item, in order. */
  outcomes: readonly Settled<Result>[]
  /** Tells others of it; must not throw. Afterwards the items' authors are answered. */
  tell?: (() => void) | undefined
}

export interface GroupCommitOptions<Item, Result> {
  /** Writes a batch in one transaction; or rejects, and nothing was written. */
  commit(batch: readonly Item[]): Promise<Committed<Result>>
  /** Only neighbours of the same kind go into one batch; all alike when absent. */
  kindOf?(item: Item): string
  turns: Turns
  limits?: Partial<GroupCommitLimits>
}

export interface GroupCommit<Item, Result> {
  /** Resolves after the commit. Rejects with `RATE_LIMITED` when the queue is full. */
  submit(item: Item, bytes: number): Promise<Result>
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>
}

interface Pending<Item, Result> {
  item: Item
  bytes: number
  /** When it was busy for the first time. */
  busySince?: number
  resolve(result: Result): void
  reject(error: unknown): void
}

/** While one batch is written the next one gathers. No timer: under no load a batch is one item, at once. */
export function createGroupCommit<Item, Result>(options: GroupCommitOptions<Item, Result>): GroupCommit<Item, Result> {
  const limits = { ...GROUP_COMMIT_LIMITS, ...options.limits }
  const kindOf = options.kindOf ?? (() => '')
  let queue: Pending<Item, Result>[] = []
  let queuedBytes = 0
  let unanswered = 0
  let asked = false
  const idlers: (() => void)[] = []

  const takeBatch = (): Pending<Item, Result>[] => {
    const [first] = queue
    if (!first) return []
    const kind = kindOf(first.item)
    let bytes = 0
    let count = 0
    for (const { item, bytes: itemBytes } of queue) {
      bytes += itemBytes
      if (count >= limits.batchItems || (count > 0 && bytes > limits.batchBytes) || kindOf(item) !== kind) break
      count++
    }
    const batch = queue.slice(0, count)
    queue = queue.slice(count)
    return batch
  }

  /** One bad item fails the transaction of all: alone, each fails for itself. */
  const commit = async (items: readonly Item[]): Promise<Committed<Result>> => {
    try {
      return await options.commit(items)
    } catch (error) {
      if (items.length === 1 || isPassingFailure(error)) {
        const refused: Settled<Result> = { status: 'refused', error: toClientFailure(error) }
        return { outcomes: items.map(() => refused) }
      }
      const each: Committed<Result>[] = []
      for (const item of items) each.push(await commit([item]))
      const tell = () => {
        for (const one of each) one.tell?.()
      }
      return { outcomes: each.map(({ outcomes }) => outcomes[0] ?? BUSY), tell }
    }
  }

  const answer = (pending: Pending<Item, Result>, outcome: Settled<Result>) => {
    queuedBytes -= pending.bytes
    unanswered -= 1
    if (outcome.status === 'done') pending.resolve(outcome.result)
    else pending.reject(outcome.status === 'refused' ? outcome.error : tooBusy())
  }

  const isPatient = (pending: Pending<Item, Result>, now: number) => {
    pending.busySince ??= now
    return now - pending.busySince < limits.patienceMs
  }

  const turn = async () => {
    asked = false
    const batch = takeBatch()
    const { outcomes, tell } = await commit(batch.map(({ item }) => item))
    const now = performance.now()
    const busy: Pending<Item, Result>[] = []
    const answered: [Pending<Item, Result>, Settled<Result>][] = []
    for (const [index, pending] of batch.entries()) {
      const outcome = outcomes[index] ?? BUSY
      if (outcome.status === 'busy' && isPatient(pending, now)) busy.push(pending)
      else answered.push([pending, outcome])
    }
    // To the front, before what was gathered meanwhile: the order within a conversation stays.
    queue = busy.concat(queue)
    if (busy.length > 0 && busy.length === batch.length) setTimeout(ask, limits.pauseMs)
    else ask()
    return () => {
      tell?.()
      for (const [pending, outcome] of answered) answer(pending, outcome)
      if (unanswered > 0) return
      for (const resolve of idlers.splice(0)) resolve()
    }
  }

  const ask = () => {
    if (asked || queue.length === 0) return
    asked = true
    options.turns(turn)
  }

  return {
    submit(item, bytes) {
      if (queue.length >= limits.queuedItems || queuedBytes + bytes > limits.queuedBytes)
        return Promise.reject(new ChatError('RATE_LIMITED', 'The server is busy. Try again.', { retryAfterMs: 1_000 }))
      return new Promise((resolve, reject) => {
        queue.push({ item, bytes, resolve, reject })
        queuedBytes += bytes
        unanswered += 1
        ask()
      })
    },
    idle: () => (unanswered === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  }
}

const BUSY = { status: 'busy' } as const

const tooBusy = () => new ChatError('UNAVAILABLE', 'The conversation is busy. Try again.', { retryAfterMs: 1_000 })
