import type { TimelineEntry } from '@chatdesk/core'
import type { ThreadRow, threadRows } from '../conversation/thread-rows.js'

/** Makes the rows of a timeline, which is another one with every message. */
export type GrownRows = (entries: readonly TimelineEntry[], newFrom: string | null) => readonly ThreadRow[]

const entriesIn = (row: ThreadRow): number => ('messages' in row ? row.messages.length : +('change' in row))

/** As `make` makes them, and of what it made before keeps all that stands above the first entry that differs. */
export function createGrownRows(make: typeof threadRows): GrownRows {
  let before: readonly TimelineEntry[] = []
  let divider: string | null = null
  let rows: readonly ThreadRow[] = []

  return (entries, newFrom) => {
    if (entries === before && newFrom === divider) return rows
    // A divider that moves is rare: then all are made.
    let same = newFrom === divider ? before.findIndex((entry, index) => entry !== entries[index]) : 0
    if (same < 0) same = before.length
    const above = [...rows]
    let from = before.length
    // The row of the last one that is the same goes too, and what stands above that for its sake: the next may join it.
    while (above[0] && (from >= same || !entriesIn(above.at(-1) as ThreadRow)))
      from -= entriesIn(above.pop() as ThreadRow)
    const upwards = [...above].reverse()
    const change = upwards.find((row) => 'change' in row)
    const below = make(entries.slice(from), newFrom, change?.change)
    const day = upwards.find((row) => 'day' in row)?.day
    const [first] = below
    if (first?.kind === 'day' && first.day.toDateString() === day?.toDateString()) below.shift()
    before = entries
    divider = newFrom
    rows = [...above, ...below]
    return rows
  }
}
