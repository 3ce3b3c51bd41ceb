import { expect, it } from 'vitest'
import { sampleNote } from '../testing/fake-team-work.js'
import { JONAS, PRIYA, sampleChange, sampleId, sampleMessage, visitor } from '../testing/sample-data.js'
import { samplePaymentMessage } from '../testing/sample-payments.js'
import { timelineRows } from './timeline-rows.js'

const ANAYA = visitor('Anaya')

function shape(timeline: Parameters<typeof timelineRows>[0]) {
  return timelineRows(timeline).map((row) =>
    row.type === 'group' ? row.messages.map(({ seq }) => seq).join('+') : row.type,
  )
}

it('groups what one author says in one breath', () => {
  const timeline = [
    sampleMessage(1, ANAYA, 'a', 10),
    sampleMessage(2, ANAYA, 'b', 9.5),
    sampleMessage(3, ANAYA, 'c', 8),
    sampleMessage(4, PRIYA, 'd', 8),
    sampleMessage(5, JONAS, 'e', 8),
  ]
  expect(shape(timeline)).toEqual(['day', '1+2', '3', '4', '5'])
})

it('puts a day between two days, and what happened between two messages', () => {
  const timeline = [
    sampleMessage(1, ANAYA, 'a', 24 * 60),
    sampleMessage(2, ANAYA, 'b', 1),
    sampleChange(3, PRIYA, 'assigned', PRIYA, 1),
    sampleMessage(4, ANAYA, 'c', 1),
  ]
  expect(shape(timeline)).toEqual(['day', '1', 'day', '2', 'change', '4'])
})

it('gives every row a key of its own', () => {
  const keys = timelineRows([
    sampleMessage(1, ANAYA, 'a', 24 * 60),
    sampleMessage(2, ANAYA, 'b', 1),
    // A clock that was set back brings a day a second time.
    sampleMessage(3, ANAYA, 'c', 24 * 60),
  ]).map(({ key }) => key)
  expect(new Set(keys).size).toBe(6)
})

it('[C18] puts each note behind what it was written after, and leaves those out whose events are not loaded', () => {
  const note = (number: number, afterSeq: number) => sampleNote(number, { afterSeq })
  const timeline = [
    sampleMessage(4, PRIYA, 'four', 9),
    sampleMessage(5, PRIYA, 'five', 9),
    { ...sampleMessage(0, PRIYA, 'on its way', 9), seq: undefined, key: 'queued' },
  ]
  const rows = (hasOlder: boolean) =>
    timelineRows(timeline, [note(1, 2), note(2, 4), note(3, 5), note(4, 9)], hasOlder).flatMap((row) => {
      if (row.type === 'note') return row.note.text
      return row.type === 'group' ? row.messages.map(({ key }) => key) : []
    })
  expect(rows(false)).toEqual(['Note 1', 'message-4', 'Note 2', 'message-5', 'Note 3', 'Note 4', 'queued'])
  expect(rows(true)).toEqual(['message-4', 'Note 2', 'message-5', 'Note 3', 'Note 4', 'queued'])
})

it('[M1] draws the newest version of each payment as a card, whatever order they came in, and what came before as a line', () => {
  const other = { intentId: sampleId(4002) }
  const rows = timelineRows([
    samplePaymentMessage(1, 9),
    samplePaymentMessage(2, 8, { version: 3, status: 'paid' }),
    samplePaymentMessage(3, 7, { version: 2 }),
    samplePaymentMessage(4, 6, other),
  ])
  expect(rows.flatMap((row) => (row.type === 'payment' ? [[row.part.version, row.newest]] : []))).toEqual([
    [1, false],
    [3, true],
    [2, false],
    [1, true],
  ])
})

it('[M1] believes nobody but the server how a payment stands', () => {
  const [anybody] = [{ ...samplePaymentMessage(1, 9), author: visitor('Anaya') }]
  expect(timelineRows([anybody]).map(({ type }) => type)).toEqual(['day', 'group'])
})
