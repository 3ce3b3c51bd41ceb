import { randomUUID } from 'node:crypto'

/**
 * Makes UUIDs of version 7: 48 bits of milliseconds, then random. Ids made by one generator ascend even within a
 * millisecond, so that rows made one after the other lie side by side in their index.
 */
export function createIdGenerator(now: () => number = Date.now): () => string {
  let last = 0
  let counter = 0
  return () => {
    // Node keeps random bytes in stock for `randomUUID` alone; asking for sixteen at a time costs ten times as much.
    const random = randomUUID()
    const time = now()
    if (time > last) {
      last = time
      counter = Number.parseInt(random.slice(0, 3), 16) & 0x7ff
    } else if (++counter > 0xfff) {
      // The twelve bits of this millisecond are used up: borrow from the next one.
      last += 1
      counter = 0
    }
    const moment = last.toString(16).padStart(12, '0')
    return `${moment.slice(0, 8)}-${moment.slice(8)}-7${counter.toString(16).padStart(3, '0')}${random.slice(18)}`
  }
}
