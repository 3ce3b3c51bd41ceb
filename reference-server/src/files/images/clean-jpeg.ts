import { type CleanImage, MOST_PARTS } from './image.js'

const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const APP15 = 0xef
const COMMENT = 0xfe
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9

/** Markers of frames: all of C0 to CF but tables. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** Tables, frames, scans, restarts; of what applications add, colours alone. */
function isKept(marker: number, data: Buffer): boolean {
  const begins = (text: string) => data.toString('latin1', 0, text.length) === text
  if (marker === APP0) return begins('JFIF\0')
  if (marker === APP2) return begins('ICC_PROFILE\0')
  if (marker === APP14) return begins('Adobe')
  return !(marker >= APP0 && marker <= APP15) && marker !== COMMENT
}

/** See `cleanImage`. How a camera was held is all that is kept of what it wrote: without that, photos would lie on their side. */
export function cleanJpeg(bytes: Buffer): CleanImage | undefined {
  const kept: Buffer[] = []
  let size: { width: number; height: number } | undefined
  let scanned = false
  let orientation = 1
  for (let start = 2, parts = 0; ; parts++) {
    const { marker, at, end: endOfHead } = segmentAt(bytes, start)
    if (marker === END_OF_IMAGE) break
    if (parts > MOST_PARTS) return undefined
    const data = bytes.subarray(at + 4, endOfHead)
    if (isFrame(marker)) size ??= { height: data.readUInt16BE(1), width: data.readUInt16BE(3) }
    if (marker === APP1) orientation = orientationIn(data) ?? orientation
    if (marker === START_OF_SCAN) scanned = true
    const end = marker === START_OF_SCAN ? endOfScan(bytes, endOfHead) : endOfHead
    if (isKept(marker, data)) kept.push(bytes.subarray(at, end))
    start = end
  }
  if (!size || !scanned) return undefined
  const head = orientation === 1 ? [] : [orientationSegment(orientation)]
  const whole = Buffer.concat([Buffer.from([0xff, 0xd8]), ...head, ...kept, Buffer.from([0xff, END_OF_IMAGE])])
  // From 5 on it lies on its side.
  const { width, height } = size
  return orientation < 5 ? { width, height, bytes: whole } : { width: height, height: width, bytes: whole }
}

/** The segment that begins at `start`, behind bytes that only fill. */
function segmentAt(bytes: Buffer, start: number): { marker: number; at: number; end: number } {
  let at = start
  while (bytes.readUInt8(at) === 0xff && bytes.readUInt8(at + 1) === 0xff) at++
  const marker = bytes.readUInt8(at + 1)
  const end = marker === END_OF_IMAGE ? at + 2 : at + 2 + bytes.readUInt16BE(at + 2)
  if (bytes.readUInt8(at) !== 0xff || end > bytes.length) throw new RangeError('no segment')
  return { marker, at, end }
}

/** Coded data goes on until a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = start; ; at += 2) {
    at = bytes.indexOf(0xff, at)
    if (at < 0) throw new RangeError('a scan without an end')
    const next = bytes.readUInt8(at + 1)
    if (next === 0xff) at--
    else if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
}

/** The orientation in an EXIF segment, 1 to 8. */
function orientationIn(data: Buffer): number | undefined {
  if (data.toString('latin1', 0, 6) !== 'Exif\0\0' || data.length < 14) return undefined
  const tiff = data.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let index = 0; index < Math.min(short(directory), 100); index++) {
    const entry = directory + 2 + index * 12
    if (short(entry) !== 0x0112) continue
    const value = short(entry + 8)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** An EXIF segment that says the orientation and nothing else. */
function orientationSegment(orientation: number): Buffer {
  const segment = Buffer.from(
    'ffe10022457869660000' + '4d4d002a00000008' + '0001' + '011200030000000100000000' + '00000000',
    'hex',
  )
  segment.writeUInt16BE(orientation, 28)
  return segment
}
