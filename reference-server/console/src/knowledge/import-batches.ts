import type { ImportedEntry } from '@chatdesk/protocol'

/** Of one request: the server takes 64 KB, and so many entries. */
const MOST_BYTES = 60_000
const MOST_ENTRIES = 200

/** Entries in as few requests as they fit in, in their order. */
export function batchesOf(entries: readonly ImportedEntry[]): ImportedEntry[][] {
  const batches: ImportedEntry[][] = []
  let room = 0
  for (const entry of entries) {
    const size = new TextEncoder().encode(JSON.stringify(entry)).length + 1
    const last = batches.at(-1)
    if (last && size <= room && last.length < MOST_ENTRIES) {
      last.push(entry)
      room -= size
    } else {
      batches.push([entry])
      room = MOST_BYTES - size
    }
  }
  return batches
}
