import type { BusinessHours } from '@chatdesk/protocol'
import { expect, it, vi } from 'vitest'
import { openingAt } from './business-hours.js'
import { createOpenings } from './opening-cache.js'

const hours = (from: string): BusinessHours => ({
  timeZone: 'Asia/Kolkata',
  week: [{ day: 1, from, to: '17:00' }],
  exceptions: [],
})
const at = (time: string) => new Date(`2026-11-23T${time}:00Z`)

it('works hours out once until their next change, and says the same as without', () => {
  const workOut = vi.fn(openingAt)
  const openings = createOpenings(workOut)
  for (const [time, times] of [
    ['03:00', 1],
    ['03:29', 1],
    ['03:30', 2],
    ['11:29', 2],
    ['11:30', 3],
    // A clock that is put back knows nothing of what was to come.
    ['03:00', 4],
  ] as const) {
    const now = at(time)
    expect(openings(hours('09:00'), now), time).toEqual(openingAt(hours('09:00'), now))
    expect(workOut, time).toHaveBeenCalledTimes(times)
  }
})

it('tells hours apart, and keeps no more than a thousand of them', () => {
  const workOut = vi.fn(openingAt)
  const openings = createOpenings(workOut)
  const minutes = Array.from({ length: 1_001 }, (_, index) => {
    const [hour, minute] = [Math.floor(index / 60), index % 60]
    return hours(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
  })
  for (const each of minutes) expect(openings(each, at('00:00'))).toEqual(openingAt(each, at('00:00')))
  openings(minutes[1_000] as BusinessHours, at('00:00'))
  expect(workOut).toHaveBeenCalledTimes(1_001)
  openings(minutes[0] as BusinessHours, at('00:00'))
  expect(workOut).toHaveBeenCalledTimes(1_002)
})
