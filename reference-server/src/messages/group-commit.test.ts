import { expect, it } from 'vitest'
import { createGroupCommit, createTurns, type GroupCommitLimits, type Settled } from './group-commit.js'

/** A queue whose commits wait until they are let through. */
function createQueue(limits: Partial<GroupCommitLimits> = {}) {
  const batches: { items: readonly string[]; finish: (answer: readonly Settled<string>[] | Error) => void }[] = []
  const queue = createGroupCommit<string, string>({
    turns: createTurns(),
    limits,
    commit: (items) =>
      new Promise((resolve, reject) =>
        batches.push({
          items,
          finish: (answer) => (answer instanceof Error ? reject(answer) : resolve({ outcomes: answer })),
        }),
      ),
  })
  const done = (items: readonly string[]) => items.map((result) => ({ status: 'done', result }) as const)
  return { queue, batches, done }
}

it('gathers while a batch is under way, without a timer', async () => {
  const { queue, batches, done } = createQueue()
  const first = queue.submit('a', 1)
  await expect.poll(() => batches.length).toBe(1)
  const others = [queue.submit('b', 1), queue.submit('c', 1)]
  batches[0]?.finish(done(['a']))
  expect(await first).toBe('a')
  await expect.poll(() => batches.length).toBe(2)
  expect(batches[1]?.items).toEqual(['b', 'c'])
  batches[1]?.finish(done(['b', 'c']))
  expect(await Promise.all(others)).toEqual(['b', 'c'])
  await queue.idle()
})

it('cuts batches by number and by size', async () => {
  const { queue, batches, done } = createQueue({ batchItems: 3, batchBytes: 10 })
  const sizes = { a: 1, b: 6, c: 6, d: 12, e: 1, f: 1, g: 1, h: 1 }
  const all = Promise.all(Object.entries(sizes).map(([item, bytes]) => queue.submit(item, bytes)))
  for (const [index, items] of [['a', 'b'], ['c'], ['d'], ['e', 'f', 'g'], ['h']].entries()) {
    await expect.poll(() => batches[index]?.items).toEqual(items)
    batches[index]?.finish(done(items))
  }
  await all
})

it('refuses what is above the bound, by number and by size, and takes more when there is room', async () => {
  const { queue, batches, done } = createQueue({ queuedItems: 2, queuedBytes: 100 })
  const first = queue.submit('a', 1)
  await expect.poll(() => batches.length).toBe(1)
  const waiting = [queue.submit('b', 1), queue.submit('c', 1)]
  await expect(queue.submit('d', 1)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) })
  batches[0]?.finish(done(['a']))
  await first
  await expect.poll(() => batches.length).toBe(2)
  await expect(queue.submit('big', 100)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  batches[1]?.finish(done(['b', 'c']))
  await Promise.all(waiting)
})

it('one bad item does not fail the others', async () => {
  const queue = createGroupCommit<string, string>({
    turns: createTurns(),
    commit: async (items) => {
      if (items.includes('bad')) throw new Error('constraint')
      return { outcomes: items.map((result) => ({ status: 'done', result })) }
    },
  })
  const outcomes = await Promise.allSettled(['first', 'a', 'bad', 'b'].map((item) => queue.submit(item, 1)))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
})

it('a failure of the database fails all with UNAVAILABLE, and the next batch is tried anew', async () => {
  let isDown = true
  const queue = createGroupCommit<string, string>({
    turns: createTurns(),
    commit: async (items) => {
      if (isDown) throw Object.assign(new Error('terminating connection'), { code: '57P01' })
      return { outcomes: items.map((result) => ({ status: 'done', result })) }
    },
  })
  const outcomes = await Promise.allSettled(['a', 'b'].map((item) => queue.submit(item, 1)))
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'UNAVAILABLE', retryAfterMs: 1000 } })
  isDown = false
  expect(await queue.submit('c', 1)).toBe('c')
})

it('busy items come first in the next batch', async () => {
  const { queue, batches, done } = createQueue({ pauseMs: 0 })
  const all = ['a', 'b'].map((item) => queue.submit(item, 1))
  await expect.poll(() => batches.length).toBe(1)
  batches[0]?.finish([{ status: 'busy' }])
  await expect.poll(() => batches.length).toBe(2)
  expect(batches[1]?.items).toEqual(['a', 'b'])
  batches[1]?.finish(done(['a', 'b']))
  expect(await Promise.all(all)).toEqual(['a', 'b'])
})

it('keeps kinds apart and in their order', async () => {
  const batches: string[][] = []
  const queue = createGroupCommit<string, string>({
    turns: createTurns(),
    kindOf: (item) => item.slice(0, 1),
    commit: async (items) => {
      batches.push([...items])
      return { outcomes: items.map((result) => ({ status: 'done', result })) }
    },
  })
  await Promise.all(['a0', 'a1', 'a2', 'b1', 'a3', 'a4'].map((item) => queue.submit(item, 1)))
  expect(batches.flat()).toEqual(['a0', 'a1', 'a2', 'b1', 'a3', 'a4'])
  expect(batches).toContainEqual(['b1'])
  expect(batches).toContainEqual(['a3', 'a4'])
})

it('lets the database work on the next batch while one is told, and tells in the order of the commits', async () => {
  const happened: string[] = []
  const turns = createTurns({ overlap: true })
  const queueOf = (name: string) =>
    createGroupCommit<string, string>({
      turns,
      limits: { batchItems: 1 },
      async commit([item = '']) {
        happened.push(`commit ${name}${item}`)
        const outcomes = [{ status: 'done', result: item }] as const
        return { outcomes, tell: () => happened.push(`tell ${name}${item}`) }
      },
    })
  const [log, marks] = [queueOf('log '), queueOf('mark ')]
  await Promise.all([log.submit('1', 1), log.submit('2', 1), marks.submit('3', 1), log.submit('4', 1)])
  const told = happened.filter((line) => line.startsWith('tell'))
  const committed = happened.filter((line) => line.startsWith('commit'))
  expect(told.map((line) => line.replace('tell', 'commit'))).toEqual(committed)
  expect(committed).toHaveLength(4)
  expect(happened.slice(0, 3)).toEqual([committed[0], committed[1], told[0]])
  await Promise.all([log.idle(), marks.idle()])
})

it('is idle once everything is told and answered', async () => {
  const { queue, batches, done } = createQueue()
  let idle = false
  const sent = queue.submit('a', 1)
  const waiting = queue.idle().then(() => {
    idle = true
  })
  await expect.poll(() => batches.length).toBe(1)
  expect(idle).toBe(false)
  batches[0]?.finish(done(['a']))
  await Promise.all([sent, waiting])
})
