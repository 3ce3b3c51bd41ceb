import { describe, expect, it } from 'vitest'
import { waitingTime } from '../inbox/waiting-time.js'
import { JONAS, minutesAgo, PRIYA, SAMPLE_NOW, sampleChange, visitor } from '../testing/sample-data.js'
import { changeText } from './change-text.js'
import { dayTitle, shortDuration } from './format-time.js'
import { initials } from './initials.js'
import { safeLink } from './safe-link.js'

it.each([
  [0, '<1m'],
  [59_999, '<1m'],
  [60_000, '1m'],
  [3_599_999, '59m'],
  [3_600_000, '1h'],
  [86_400_000, '1d'],
])('says %d ms as %s', (ms, words) => {
  expect(shortDuration(ms)).toBe(words)
})

it('names the days', () => {
  expect(dayTitle(minutesAgo(0), SAMPLE_NOW)).toBe('Today')
  expect(dayTitle(minutesAgo(24 * 60), SAMPLE_NOW)).toBe('Yesterday')
  expect(dayTitle(minutesAgo(48 * 60), SAMPLE_NOW)).toBe('Sunday, November 15')
  expect(dayTitle(minutesAgo(365 * 24 * 60), SAMPLE_NOW)).toBe('November 17, 2025')
})

it.each([
  [null, null],
  [minutesAgo(-1), 'fresh'],
  [minutesAgo(1.9), 'fresh'],
  [minutesAgo(2), 'late'],
  [minutesAgo(10), 'overdue'],
])('calls a wait since %s %s', (since, urgency) => {
  expect(waitingTime(since, SAMPLE_NOW)?.urgency ?? null).toBe(urgency)
})

it.each([
  ['Priya Raman', 'PR'],
  ['anna', 'A'],
  ['Ana Maria de Souza', 'AS'],
  ['  ', '?'],
  ['😀 Smile', '😀S'],
])('shortens %s to %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})

describe('threat 56: links', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://bank.example@evil.example/', 'nonsense', 'file:///etc'])(
    'is none: %s',
    (address) => expect(safeLink(address)).toBeNull(),
  )

  it('shows the host first, in the letters that are looked up', () => {
    expect(safeLink('https://аpple.example/pay')?.label).toBe('xn--pple-43d.example/pay')
    expect(safeLink('https://northwind.example/')?.label).toBe('northwind.example')
  })
})

it.each([
  [sampleChange(1, PRIYA, 'assigned', PRIYA, 1), 'Priya Raman took the conversation'],
  [sampleChange(1, PRIYA, 'assigned', JONAS, 1), 'Priya Raman assigned Jonas Weber'],
  [sampleChange(1, PRIYA, 'resolved', PRIYA, 1), 'Priya Raman ended the conversation'],
  [sampleChange(1, visitor('Anaya'), 'resolved', null, 1), 'Anaya ended the conversation'],
  [sampleChange(1, visitor('Anaya'), 'waiting', null, 1), 'Anaya reopened the conversation'],
  [sampleChange(1, PRIYA, 'waiting', null, 1), 'Priya Raman put the conversation back in the queue'],
  [sampleChange(1, { kind: 'system' }, 'waiting', null, 1), 'The conversation waits for the team'],
])('tells a change as a line', ({ change }, words) => {
  expect(changeText(change)).toBe(words)
})
