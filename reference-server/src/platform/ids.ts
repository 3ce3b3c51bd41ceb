import { randomBytes } from 'node:crypto'

/**
 * Makes UUIDs of version 7: 48 bits of milliseconds, then random. Ids made by one generator ascend even within a
 * millisecond, so that rows made one after the other lie side by side in their index.
 */
export function createIdGenerator(now: () => number = Date.now): () => string {
  let last = 0
  let counter = 0
  return () => {
    const bytes = randomBytes(16)
    const time = now()
    if (time > last) {
      last = time
      counter = bytes.readUInt16BE(6) & 0x7ff
    } else if (++counter > 0xfff) {
      // The twelve bits of this millisecond are used up: borrow from the next one.
      last += 1
      counter = 0
    }
    bytes.writeUIntBE(last, 0, 6)
    bytes.writeUInt16BE(0x7000 | counter, 6)
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
    const hex = bytes.toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }
}
