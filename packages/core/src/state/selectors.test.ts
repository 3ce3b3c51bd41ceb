import type { LogEvent } from '@chatdesk/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONVERSATION_ID, change, message, serverId, VISITOR } from '../testing/builders.js'
import { type ConversationState, unknownConversation } from './conversation-state.js'
import { createTimelineSelector, selectUnread } from './selectors.js'

/** A message of either side, or a change, which only its place tells. */
function eventAt(seq: number): LogEvent {
  if (seq % 7 === 0) return change({ seq })
  return seq % 3 === 0 ? message({ seq, author: VISITOR, clientMessageId: serverId(seq) }) : message({ seq })
}

const logOf = (from: number, length: number) => Array.from({ length }, (_, index) => eventAt(from + index))

/** A conversation that holds `length` events from `from` on. */
function holding(from: number, length: number, reads = { visitor: 0, team: 0 }): ConversationState {
  const events = logOf(from, length)
  return { ...unknownConversation({ kind: 'visitor' }, CONVERSATION_ID), events, reads }
}

const happening = fc.oneof(
  fc.record({ type: fc.constant('newer' as const), count: fc.nat(5) }),
  fc.record({ type: fc.constant('older' as const), count: fc.nat(5) }),
  fc.record({ type: fc.constantFrom('visitor' as const, 'team' as const), count: fc.nat(60) }),
  fc.record({ type: fc.constant('queued' as const), count: fc.nat(100) }),
  fc.record({ type: fc.constant('replaced' as const), count: fc.nat(20) }),
)

function after(state: ConversationState, { type, count }: typeof happening extends fc.Arbitrary<infer T> ? T : never) {
  const { events, outbox } = state
  const first = events[0]?.seq ?? 30
  if (type === 'newer') return { ...state, events: [...events, ...logOf((events.at(-1)?.seq ?? 29) + 1, count)] }
  if (type === 'older')
    return { ...state, events: [...logOf(Math.max(1, first - count), first - Math.max(1, first - count)), ...events] }
  if (type === 'replaced') return { ...state, events: logOf(30, count) }
  if (type !== 'queued') return { ...state, reads: { ...state.reads, [type]: count } }
  const entry = { clientMessageId: serverId(0x5000 + count), parts: [], createdAt: '', delivery: 'queued' as const }
  return { ...state, outbox: [...outbox.slice(-3), entry] }
}

describe('createTimelineSelector', () => {
  it('shows what a selector shows that knows of nothing before, whatever has happened', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 20 }), (happenings) => {
        const select = createTimelineSelector()
        let state = holding(30, 10)
        for (const what of happenings) {
          state = after(state, what)
          expect(select(state)).toEqual(createTimelineSelector()(state))
        }
      }),
      { seed: 20261121, numRuns: 500 },
    )
  })

  it('[H2] makes other entries only of what lies between the marks', () => {
    const select = createTimelineSelector()
    const state = holding(1, 100)
    const before = select(state)
    const read = select({ ...state, reads: { visitor: 0, team: 6 } })
    expect(read.flatMap((entry, index) => (entry === before[index] ? [] : [entry.seq]))).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('gives the same entries when older ones come before them', () => {
    const select = createTimelineSelector()
    const whole = holding(1, 100)
    const before = select({ ...whole, events: whole.events.slice(39) })
    const more = select(whole)
    expect(more).toHaveLength(100)
    expect(more.slice(39).every((entry, index) => entry === before[index])).toBe(true)
  })
})

describe('selectUnread', () => {
  it('[H2] counts the messages of the other side above the own mark, also of a log that is not held from its start', () => {
    for (const [from, visitor] of [
      [1, 0],
      [1, 95],
      [40, 0],
      [40, 39],
      [40, 70],
      [40, 500],
    ] as const) {
      const state = holding(from, 100, { visitor, team: 0 })
      const unread = state.events.filter(
        (event) => event.type === 'message.created' && event.author.kind !== 'visitor' && event.seq > visitor,
      )
      expect(selectUnread(state)).toBe(unread.length)
    }
    expect(selectUnread(holding(1, 0))).toBe(0)
  })
})
