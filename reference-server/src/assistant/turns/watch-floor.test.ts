import { expect, it } from 'vitest'
import { lookOften } from './watch-floor.js'

/** Looks that end when they are told to. */
function begin() {
  let timers: (() => void)[] = []
  let endLook = () => {}
  let looks = 0
  const stop = lookOften(
    {
      setTimeout(run) {
        timers.push(run)
        return () => {
          timers = timers.filter((other) => other !== run)
        }
      },
    },
    () => {
      looks++
      return new Promise((resolve) => {
        endLook = resolve
      })
    },
  )
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return {
    stop,
    looks: () => looks,
    waiting: () => timers.length,
    fire() {
      for (const run of timers.splice(0)) run()
    },
    async endLook() {
      endLook()
      await settled()
    },
  }
}

it('looks again once the look before is over, and not before', async () => {
  const scene = begin()
  scene.fire()
  expect([scene.looks(), scene.waiting()]).toEqual([1, 0])
  await scene.endLook()
  expect([scene.looks(), scene.waiting()]).toEqual([1, 1])
  scene.fire()
  expect(scene.looks()).toBe(2)
})

it('looks no more when it is stopped, be it in the middle of a look', async () => {
  const scene = begin()
  scene.stop()
  expect(scene.waiting()).toBe(0)

  const another = begin()
  another.fire()
  another.stop()
  await another.endLook()
  expect([another.looks(), another.waiting()]).toEqual([1, 0])
})
