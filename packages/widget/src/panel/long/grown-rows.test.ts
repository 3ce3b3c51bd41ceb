import type { TimelineEntry } from '@chatdesk/core'
import type { Author } from '@chatdesk/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { threadRows } from '../conversation/thread-rows.js'
import { createGrownRows } from './grown-rows.js'

const visitor: Author = { kind: 'visitor', id: 'v1' }
const asha: Author = { kind: 'agent', id: 'a1', name: 'Asha' }

/** What is said next, and how many minutes later. */
interface Step {
  says: 'visitor' | 'agent' | 'change'
  minutes: number
}

const step: fc.Arbitrary<Step> = fc.record({
  says: fc.constantFrom('visitor', 'visitor', 'agent', 'agent', 'change'),
  minutes: fc.constantFrom(0, 0, 0, 1, 400, -400),
})
/** What happens to a timeline. */
const happening = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('appended' as const), steps: fc.array(step, { maxLength: 20 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('older' as const), steps: fc.array(step, { maxLength: 20 }) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delivered' as const), back: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('discarded' as const), back: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('divided' as const), back: fc.option(fc.nat(30)) }) },
)

/** A timeline to which things happen. */
function createTimeline() {
  let entries: readonly TimelineEntry[] = []
  let newFrom: string | null = null
  let made = 0
  let clock = new Date(2026, 10, 20, 12).getTime()

  function entryOf({ says, minutes }: Step): TimelineEntry {
    clock += minutes * 60_000
    const key = `e${made++}`
    const createdAt = new Date(clock).toISOString()
    const author = says === 'visitor' ? visitor : asha
    if (says === 'change') {
      const common = { id: key, conversationId: 'c', seq: made, createdAt, author }
      return {
        type: 'change',
        key,
        seq: made,
        change: { type: 'conversation.changed', ...common, status: 'assigned', agent: asha },
      }
    }
    const own = author === visitor
    return { type: 'message', key, author, own, parts: [{ type: 'text', text: key }], createdAt, delivery: 'sent' }
  }

  return {
    get: () => [entries, newFrom] as const,
    happens(what: typeof happening extends fc.Arbitrary<infer T> ? T : never): void {
      if (what.type === 'appended') entries = [...entries, ...what.steps.map(entryOf)]
      else if (what.type === 'older') entries = [...what.steps.map(entryOf), ...entries]
      else if (what.type === 'divided') newFrom = what.back === null ? null : (entries.at(-1 - what.back)?.key ?? null)
      else {
        const place = entries.length - 1 - what.back
        const entry = entries[place]
        if (!entry) return
        const stays = what.type === 'delivered' && entry.type === 'message'
        const changed: TimelineEntry[] = stays ? [{ ...entry, delivery: 'read' }] : []
        entries = [...entries.slice(0, place), ...changed, ...entries.slice(place + 1)]
      }
    },
  }
}

describe('createGrownRows', () => {
  it('makes the rows that are made of the whole, whatever has happened to the timeline', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
        const timeline = createTimeline()
        const rowsOf = createGrownRows(threadRows)
        for (const what of happenings) {
          timeline.happens(what)
          const [entries, newFrom] = timeline.get()
          expect(rowsOf(entries, newFrom)).toEqual(threadRows(entries, newFrom))
        }
      }),
      { seed: 20261121, numRuns: 500 },
    )
  })

  it('looks at the last row and at what is new, however many stand above', () => {
    const timeline = createTimeline()
    const looked: number[] = []
    const rowsOf = createGrownRows((entries, ...rest) => {
      looked.push(entries.length)
      return threadRows(entries, ...rest)
    })
    const says = (minutes: number) => ({ says: 'agent' as const, minutes })
    timeline.happens({ type: 'appended', steps: Array.from({ length: 1000 }, () => says(1)) })
    const before = rowsOf(...timeline.get())
    timeline.happens({ type: 'appended', steps: [says(0)] })
    const after = rowsOf(...timeline.get())
    expect(rowsOf(...timeline.get())).toBe(after)
    expect(looked).toEqual([1000, 2])
    expect(after.length).toBe(before.length)
    expect(after.slice(0, -1).every((row, index) => row === before[index])).toBe(true)
  })
})
