import { expect, it } from 'vitest'
import { fetchedOnce } from './fetched-once.js'

it('[L3] serves those first who asked first, all from one fetch, and fetches again after a failure', async () => {
  const fetches: { give: (value: string) => void; fail: (error: Error) => void }[] = []
  const load = fetchedOnce(() => new Promise<string>((give, fail) => fetches.push({ give, fail })))
  const served: string[] = []
  const ask = (name: string) =>
    load().then(
      () => served.push(name),
      () => served.push(`not ${name}`),
    )
  const early = [ask('first'), ask('second')]
  expect(fetches).toHaveLength(1)
  fetches[0]?.fail(new Error('offline'))
  await Promise.all(early)
  const late = [ask('third'), ask('fourth')]
  expect(fetches).toHaveLength(2)
  fetches[1]?.give('module')
  await Promise.all([...late, ask('fifth')])
  expect(fetches).toHaveLength(2)
  expect(served).toEqual(['not first', 'not second', 'third', 'fourth', 'fifth'])
})
