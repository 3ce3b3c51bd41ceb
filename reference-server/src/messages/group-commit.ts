import { ChatError } from '@chatdesk/protocol'
import { isPassingFailure, toClientFailure } from '../database/index.js'

/** What became of one item of a batch. */
export type Settled<Result> =
  | { status: 'done'; result: Result }
  | { status: 'refused'; error: ChatError }
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

/** Runs one thing after the other, in the order of the calls. */
export type Turns = <T>(run: () => Promise<T>) => Promise<T>

/** Queues that share their turns have at most one batch under way among them: what they tell is in commit order. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const turn = last.then(run)
    last = turn.catch(() => {})
    return turn
  }
}

export interface GroupCommitOptions<Item, Result> {
  /** Writes a batch in one transaction. Answers for each item, in order; or rejects, and nothing was written. */
  commit(batch: readonly Item[]): Promise<readonly Settled<Result>[]>
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
  let working: Promise<void> | undefined

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

  const finish = (pending: Pending<Item, Result>, settle: () => void) => {
    queuedBytes -= pending.bytes
    settle()
  }

  /** Writes a batch and answers its items; gives back those that are busy. */
  const write = async (batch: Pending<Item, Result>[]): Promise<Pending<Item, Result>[]> => {
    let outcomes: readonly Settled<Result>[]
    try {
      outcomes = await options.commit(batch.map(({ item }) => item))
    } catch (error) {
      // One bad item fails the transaction of all: alone, each fails for itself.
      if (batch.length > 1 && !isPassingFailure(error)) {
        const busy: Pending<Item, Result>[] = []
        for (const pending of batch) busy.push(...(await write([pending])))
        return busy
      }
      for (const pending of batch) finish(pending, () => pending.reject(toClientFailure(error)))
      return []
    }
    const now = performance.now()
    return batch.filter((pending, index) => {
      const outcome = outcomes[index] ?? { status: 'busy' }
      if (outcome.status === 'done') finish(pending, () => pending.resolve(outcome.result))
      else if (outcome.status === 'refused') finish(pending, () => pending.reject(outcome.error))
      else {
        pending.busySince ??= now
        if (now - pending.busySince < limits.patienceMs) return true
        const error = new ChatError('UNAVAILABLE', 'The conversation is busy. Try again.', { retryAfterMs: 1_000 })
        finish(pending, () => pending.reject(error))
      }
      return false
    })
  }

  const work = async () => {
    while (queue.length > 0) {
      const { batch, busy } = await options.turns(async () => {
        const taken = takeBatch()
        return { batch: taken, busy: await write(taken) }
      })
      // To the front, before what was gathered meanwhile: the order within a conversation stays.
      queue = busy.concat(queue)
      if (busy.length > 0 && busy.length === batch.length) await new Promise((go) => setTimeout(go, limits.pauseMs))
    }
    working = undefined
  }

  return {
    submit(item, bytes) {
      if (queue.length >= limits.queuedItems || queuedBytes + bytes > limits.queuedBytes)
        return Promise.reject(new ChatError('RATE_LIMITED', 'The server is busy. Try again.', { retryAfterMs: 1_000 }))
      return new Promise((resolve, reject) => {
        queue.push({ item, bytes, resolve, reject })
        queuedBytes += bytes
        working ??= work()
      })
    },
    idle: async () => working,
  }
}
