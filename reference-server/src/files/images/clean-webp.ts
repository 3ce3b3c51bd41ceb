import { type CleanImage, MOST_PARTS } from './image.js'

const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
/** Of `VP8X`: that there are EXIF and XMP behind. */
const METADATA_FLAGS = 0x0c

/** See `cleanImage`. */
export function cleanWebp(bytes: Buffer): CleanImage | undefined {
  const end = 8 + bytes.readUInt32LE(4)
  if (end > bytes.length) return undefined
  const kept: Buffer[] = []
  let size: { width: number; height: number } | undefined
  let drawn = false
  for (let at = 12, parts = 0; at < end; parts++) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const next = at + 8 + length + (length % 2)
    if (parts > MOST_PARTS || next > end) return undefined
    const chunk = Buffer.from(bytes.subarray(at, next))
    size ??= sizeOf(type, chunk.subarray(8))
    drawn ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF'
    if (type === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~METADATA_FLAGS, 8)
    if (KEPT.has(type)) kept.push(chunk)
    at = next
  }
  if (!size || !drawn) return undefined
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(4 + kept.reduce((sum, { length }) => sum + length, 0), 4)
  return { ...size, bytes: Buffer.concat([head, ...kept]) }
}

function sizeOf(type: string, data: Buffer): { width: number; height: number } | undefined {
  if (type === 'VP8X') return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 }
  if (type === 'VP8 ') return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff }
  if (type !== 'VP8L') return undefined
  const bits = data.readUInt32LE(1)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
