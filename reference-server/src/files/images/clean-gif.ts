import { type CleanImage, MOST_PARTS } from './image.js'

const EXTENSION = 0x21
const IMAGE = 0x2c
const TRAILER = 0x3b
const GRAPHIC_CONTROL = 0xf9
const APPLICATION = 0xff

/** Bytes of the colour table that these flags announce. */
const colorTableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** See `cleanImage`. */
export function cleanGif(bytes: Buffer): CleanImage | undefined {
  let at = 13 + colorTableBytes(bytes.readUInt8(10))
  const kept = [bytes.subarray(0, at)]
  let images = 0
  /** Behind the blocks of data that begin here. */
  const endOfBlocks = (start: number) => {
    let end = start
    for (let length = bytes.readUInt8(end); length > 0; length = bytes.readUInt8(end)) end += length + 1
    return end + 1
  }
  for (let parts = 0; ; parts++) {
    const kind = bytes.readUInt8(at)
    if (kind === TRAILER) break
    if (parts > MOST_PARTS || (kind !== EXTENSION && kind !== IMAGE)) return undefined
    const label = bytes.readUInt8(at + 1)
    const end = endOfBlocks(kind === IMAGE ? at + 11 + colorTableBytes(bytes.readUInt8(at + 9)) : at + 2)
    const repeats = label === APPLICATION && bytes.toString('latin1', at + 3, at + 14) === 'NETSCAPE2.0'
    if (kind === IMAGE || label === GRAPHIC_CONTROL || repeats) kept.push(bytes.subarray(at, end))
    if (kind === IMAGE) images++
    at = end
  }
  if (images === 0) return undefined
  kept.push(bytes.subarray(at, at + 1))
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), bytes: Buffer.concat(kept) }
}
