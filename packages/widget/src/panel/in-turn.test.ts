import { expect, it } from 'vitest'
import { inTurn } from './in-turn.js'

it('[L3] serves those first who asked first, though what they ask for comes in another order, and after a failure', async () => {
  const waiting: { give: (value: string) => void; fail: (error: Error) => void }[] = []
  const load = inTurn(() => new Promise<string>((give, fail) => waiting.push({ give, fail })))
  const served: string[] = []
  const all = ['first', 'second', 'third'].map((name) =>
    load().then(
      () => served.push(name),
      () => served.push(`not ${name}`),
    ),
  )
  await Promise.resolve()
  expect(waiting).toHaveLength(1)
  waiting[0]?.fail(new Error('offline'))
  await all[0]
  waiting[1]?.give('module')
  await all[1]
  waiting[2]?.give('module')
  await Promise.all(all)
  expect(served).toEqual(['not first', 'second', 'third'])
})
