import { expect, it } from 'vitest'
import type { Clock } from '../ports.js'
import { manualClock, settle, widgetSettings } from '../testing/index.js'
import { createAvailability } from './availability.js'

const at = (clock: { now(): number }, afterMs: number) => new Date(clock.now() + afterMs).toISOString()

function setUp<T extends Clock>(settings: { open?: boolean; nextChangeAt?: string | null }, clock: T) {
  const answers: object[] = []
  const asked: string[] = []
  const availability = createAvailability({
    url: 'https://chat.example',
    widgetKey: 'wk_demo',
    settings,
    clock,
    fetch: async (input) => {
      asked.push(String(input))
      return new Response(JSON.stringify({ widget: { ...widgetSettings(), ...answers.shift() } }))
    },
  })
  return { ...availability, clock, answers, asked }
}

it('turns at the moment that the settings name, and goes on with what the server says next', async () => {
  const clock = manualClock()
  const days = 3 * 24 * 3_600_000
  const { $availability, answers, asked, dispose } = setUp({ open: true, nextChangeAt: at(clock, days) }, clock)
  answers.push({ open: false, nextChangeAt: at(clock, days + 1_000) })
  await clock.advance(days - 1)
  expect($availability.get().open).toBe(true)
  await clock.advance(1)
  await settle()
  expect($availability.get()).toEqual({ open: false, nextChangeAt: at(clock, 1_000) })
  answers.push({ open: true, nextChangeAt: null })
  await clock.advance(1_000)
  await settle()
  expect($availability.get()).toEqual({ open: true, nextChangeAt: null })
  expect(asked).toHaveLength(2)
  expect(asked[0]).toBe('https://chat.example/api/chat-widget/public/widget/wk_demo/config')
  dispose()
})

it('stands by what it knows while a cache answers with what was true before, and asks again', async () => {
  const clock = manualClock()
  const { $availability, answers, dispose } = setUp({ open: false, nextChangeAt: at(clock, 1_000) }, clock)
  answers.push({ open: false, nextChangeAt: at(clock, 1_000) }, { open: true, nextChangeAt: at(clock, 99_000_000) })
  await clock.advance(1_000)
  await settle()
  expect($availability.get()).toEqual({ open: true, nextChangeAt: null })
  await clock.advance(60_000)
  await settle()
  expect($availability.get().nextChangeAt).not.toBeNull()
  dispose()
})

it('asks nobody where the team is always there', async () => {
  const clock = manualClock()
  const { $availability, asked } = setUp({}, clock)
  await clock.advance(99_000_000)
  expect($availability.get()).toEqual({ open: true, nextChangeAt: null })
  expect(asked).toEqual([])
})

it('turns on waking where the moment has passed in sleep, and only then', async () => {
  const awake = manualClock()
  let slept = 0
  const clock = { ...awake, now: () => awake.now() + slept }
  const { $availability, answers, asked, wake, dispose } = setUp({ open: true, nextChangeAt: at(awake, 60_000) }, clock)
  answers.push({ open: false, nextChangeAt: at(awake, 99_000_000) })
  slept = 59_999
  wake()
  await settle()
  expect($availability.get().open).toBe(true)
  slept = 60_000
  wake()
  await awake.advance(0)
  await settle()
  expect($availability.get()).toEqual({ open: false, nextChangeAt: at(awake, 99_000_000) })
  expect(asked).toHaveLength(1)
  dispose()
})
