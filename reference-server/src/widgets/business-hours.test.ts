import type { BusinessHours } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { openingAt } from './business-hours.js'

const weekdays = (from: string, to: string) => [1, 2, 3, 4, 5].map((day) => ({ day, from, to }))
const BERLIN: BusinessHours = { timeZone: 'Europe/Berlin', week: weekdays('09:00', '17:00'), exceptions: [] }
const NIGHT: BusinessHours = {
  timeZone: 'Europe/Berlin',
  week: [
    { day: 6, from: '22:00', to: '24:00' },
    { day: 7, from: '00:00', to: '02:30' },
  ],
  exceptions: [],
}

it('is always there without hours, and never with none', () => {
  const now = new Date('2026-03-27T12:00:00Z')
  expect(openingAt(null, now)).toEqual({ open: true, nextChangeAt: null })
  expect(openingAt({ timeZone: 'UTC', week: [], exceptions: [] }, now)).toEqual({ open: false, nextChangeAt: null })
})

it.each([
  // A Friday in winter time, 09:00 is 08:00 UTC; the Monday after the clock was put forward it is 07:00.
  [BERLIN, '2026-03-27T07:59:59.999Z', false, '2026-03-27T08:00:00.000Z'],
  [BERLIN, '2026-03-27T08:00:00.000Z', true, '2026-03-27T16:00:00.000Z'],
  [BERLIN, '2026-03-27T15:59:59.999Z', true, '2026-03-27T16:00:00.000Z'],
  [BERLIN, '2026-03-27T16:00:00.000Z', false, '2026-03-30T07:00:00.000Z'],
  [BERLIN, '2026-03-30T07:00:00.000Z', true, '2026-03-30T15:00:00.000Z'],
  // Put back on 25 October: Friday's end is 15:00 UTC, Monday's beginning 08:00.
  [BERLIN, '2026-10-23T15:00:00.000Z', false, '2026-10-26T08:00:00.000Z'],
  // 29 March, 02:30 does not exist: the span ends at the jump, 03:00 there, 01:00 UTC.
  [NIGHT, '2026-03-29T00:59:59.000Z', true, '2026-03-29T01:00:00.000Z'],
  [NIGHT, '2026-03-29T01:00:00.000Z', false, '2026-04-04T20:00:00.000Z'],
  // 25 October, 02:30 is shown twice: at the first, 00:30 UTC, it ends.
  [NIGHT, '2026-10-25T00:29:59.000Z', true, '2026-10-25T00:30:00.000Z'],
  [NIGHT, '2026-10-25T01:15:00.000Z', false, '2026-10-31T21:00:00.000Z'],
  // Two spans that touch at midnight are one.
  [NIGHT, '2026-06-06T21:00:00.000Z', true, '2026-06-07T00:30:00.000Z'],
])('%#: at %s it is open: %s, until %s', (hours, now, open, nextChangeAt) => {
  expect(openingAt(hours, new Date(now))).toEqual({ open, nextChangeAt: new Date(nextChangeAt) })
})

it('keeps to the exceptions: closed, shorter, or open on a Sunday', () => {
  const exceptions = [
    { date: '2026-12-25' },
    { date: '2026-12-24', from: '09:00', to: '12:00' },
    { date: '2026-12-27', from: '10:00', to: '11:00' },
  ]
  const hours = { ...BERLIN, exceptions }
  expect(openingAt(hours, new Date('2026-12-24T10:00:00Z'))).toEqual({
    open: true,
    nextChangeAt: new Date('2026-12-24T11:00:00Z'),
  })
  expect(openingAt(hours, new Date('2026-12-24T11:00:00Z'))).toEqual({
    open: false,
    nextChangeAt: new Date('2026-12-27T09:00:00Z'),
  })
  expect(openingAt(hours, new Date('2026-12-27T09:30:00Z')).open).toBe(true)
})

it.each(['Asia/Kolkata', 'Pacific/Apia', 'America/St_Johns', 'Pacific/Chatham', 'Australia/Lord_Howe'])(
  'in %s a day is open exactly between its hours, all year',
  (timeZone) => {
    const hours: BusinessHours = {
      timeZone,
      week: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '09:00', to: '17:30' })),
      exceptions: [],
    }
    const show = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 7 * 3_600_000 + 60_000) {
      const shown = show.format(at)
      expect([new Date(at).toISOString(), openingAt(hours, new Date(at)).open]).toEqual([
        new Date(at).toISOString(),
        shown >= '09:00' && shown < '17:30',
      ])
    }
  },
)
