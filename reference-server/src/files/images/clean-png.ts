import { type CleanImage, MOST_PARTS } from './image.js'

/** What draws: header, palette, data, transparency, colour space, resolution, animation. */
const KEPT = new Set('IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT pHYs bKGD acTL fcTL fdAT'.split(' '))
const SIGNATURE_BYTES = 8
/** Length, type and checksum. */
const FRAME_BYTES = 12

/** See `cleanImage`. */
export function cleanPng(bytes: Buffer): CleanImage | undefined {
  const kept = [bytes.subarray(0, SIGNATURE_BYTES)]
  const seen = new Set<string>()
  for (let at = SIGNATURE_BYTES, parts = 0; ; parts++) {
    const end = at + FRAME_BYTES + bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (parts > MOST_PARTS || end > bytes.length || (seen.size === 0) !== (type === 'IHDR')) return undefined
    seen.add(type)
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IEND') break
    at = end
  }
  if (!seen.has('IDAT')) return undefined
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), bytes: Buffer.concat(kept) }
}
