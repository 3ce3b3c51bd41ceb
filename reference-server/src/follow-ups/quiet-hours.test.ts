import { expect, it } from 'vitest'
import { quietUntil } from './quiet-hours.js'

const NIGHT = { from: '22:00', to: '07:30' }
const until = (now: string, hours: { from: string; to: string }, timeZone: string) =>
  quietUntil(new Date(now), { ...hours, timeZone }).toISOString()

it.each([
  ['before they begin', '2026-01-10T16:29:59.999Z', '2026-01-10T16:29:59.999Z'],
  ['when they begin', '2026-01-10T16:30:00.000Z', '2026-01-11T02:00:00.000Z'],
  ['after midnight, in the middle of a minute', '2026-01-10T20:00:12.345Z', '2026-01-11T02:00:00.000Z'],
  ['in their last millisecond', '2026-01-11T01:59:59.999Z', '2026-01-11T02:00:00.000Z'],
  ['when they end', '2026-01-11T02:00:00.000Z', '2026-01-11T02:00:00.000Z'],
])('[N4] %s', (_name, now, end) => {
  expect(until(now, NIGHT, 'Asia/Kolkata')).toBe(end)
})

it('[N4] hours of one day', () => {
  const lunch = { from: '12:00', to: '13:00' }
  expect(until('2026-06-01T10:15:00.000Z', lunch, 'Europe/Berlin')).toBe('2026-06-01T11:00:00.000Z')
  expect(until('2026-06-01T20:00:00.000Z', lunch, 'Europe/Berlin')).toBe('2026-06-01T20:00:00.000Z')
})

it.each([
  // New York, 8 March 2026: 01:59 EST is followed by 03:00 EDT.
  ['a night that is an hour shorter', '2026-03-08T03:30:00.000Z', '07:30', '2026-03-08T11:30:00.000Z'],
  ['an end in the hour that is left out', '2026-03-08T03:30:00.000Z', '02:30', '2026-03-08T07:00:00.000Z'],
  // New York, 1 November 2026: 01:59 EDT is followed by 01:00 EST.
  ['a night that is an hour longer', '2026-11-01T02:30:00.000Z', '07:30', '2026-11-01T12:30:00.000Z'],
  [
    'an end in the hour that comes twice, the first time',
    '2026-11-01T02:30:00.000Z',
    '01:30',
    '2026-11-01T05:30:00.000Z',
  ],
  [
    'an end in the hour that comes twice, the second time',
    '2026-11-01T06:10:00.000Z',
    '01:30',
    '2026-11-01T06:30:00.000Z',
  ],
])('[N4] over a change of the clock: %s', (_name, now, to, end) => {
  expect(until(now, { from: '22:00', to }, 'America/New_York')).toBe(end)
})
