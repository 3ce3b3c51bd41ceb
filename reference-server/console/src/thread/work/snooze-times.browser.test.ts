import { expect, it } from 'vitest'
import { SAMPLE_NOW } from '../../testing/sample-data.js'
import { typedTime, usualTimes } from './snooze-times.js'

const HOUR = 3_600_000

it('offers moments of this computer’s calendar', () => {
  const times = usualTimes(SAMPLE_NOW)
  expect(times.map(({ label }) => label)).toEqual(['In an hour', 'Later today', 'Tomorrow morning', 'Next week'])
  const [hour, later, tomorrow, week] = times.map(({ until }) => new Date(until))
  expect(hour?.getTime()).toBe(SAMPLE_NOW + HOUR)
  expect([later?.getHours(), later?.getMinutes()]).toEqual([15, 0])
  expect([tomorrow?.getDate(), tomorrow?.getHours()]).toEqual([18, 9])
  expect([week?.getDay(), week?.getDate()]).toEqual([1, 23])
})

it('offers nothing twice: no later today at night, no next week on a Sunday', () => {
  const sundayNight = new Date(2026, 10, 22, 23, 30).getTime()
  expect(usualTimes(sundayNight).map(({ id }) => id)).toEqual(['hour', 'tomorrow'])
})

it.each([
  ['45m', 'In 45 minutes', 0.75],
  ['1 h', 'In 1 hour', 1],
  ['in 3 hours', 'In 3 hours', 3],
  ['2D', 'In 2 days', 48],
  ['1 week', 'In 1 week', 168],
])('understands %s', (text, label, hours) => {
  expect(typedTime(text, 0)).toEqual({ id: 'typed', label, until: hours * HOUR })
})

it.each(['', '0h', 'tomorrow', '3', '9999d', '-1h', '1.5h'])('does not guess at %j', (text) => {
  expect(typedTime(text, 0)).toBeNull()
})
