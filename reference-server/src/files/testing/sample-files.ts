import { crc32, deflateSync } from 'node:zlib'

const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A grey PNG of this size, with these chunks before its data. `drawn`: whether its data is as large as it says. */
export function pngOf(
  width = 8,
  height = 4,
  { extra = [] as [type: string, data: Buffer][], drawn = true } = {},
): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.writeUInt8(8, 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...extra.map(([type, data]) => chunk(type, data)),
    chunk('IDAT', deflateSync(Buffer.alloc(drawn ? (width + 1) * height : 1))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** The smallest JPEG that browsers draw: one grey pixel. */
const PIXEL = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
  'base64',
)

/** A JPEG with these segments behind its first one. */
export function jpegOf(extra: readonly [marker: number, data: Buffer][] = []): Buffer {
  const start = 20
  return Buffer.concat([
    PIXEL.subarray(0, start),
    ...extra.map(([marker, data]) => segment(marker, data)),
    PIXEL.subarray(start),
  ])
}

/** What a telephone writes into a photo: how it was held, and where; `secret` stands for the place. */
export function exifOf(orientation: number, secret: string): Buffer {
  const directory = Buffer.alloc(2 + 2 * 12 + 4)
  directory.writeUInt16LE(2, 0)
  directory.writeUInt16LE(0x0112, 2)
  directory.writeUInt16LE(3, 4)
  directory.writeUInt32LE(1, 6)
  directory.writeUInt16LE(orientation, 10)
  directory.writeUInt16LE(0x8825, 14)
  return Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1'), directory, Buffer.from(secret)])
}

/** A GIF of two by one, with these extensions before its picture. */
export function gifOf(extra: readonly Buffer[] = []): Buffer {
  const gif = Buffer.from('R0lGODlhAgABAIAAAAAAAP///ywAAAAAAgABAAACAgQKADs=', 'base64')
  return Buffer.concat([gif.subarray(0, 19), ...extra, gif.subarray(19)])
}

/** A WebP of one pixel, with these chunks behind it. */
export function webpOf(extra: readonly [type: string, data: Buffer][] = []): Buffer {
  const riff = (type: string, data: Buffer) => {
    const head = Buffer.from(`${type}\0\0\0\0`, 'latin1')
    head.writeUInt32LE(data.length, 4)
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
  }
  const picture = riff('VP8L', Buffer.from('2f000000001007101111888888fe0700', 'hex'))
  const extended = extra.length > 0 ? [riff('VP8X', Buffer.from('0c000000000000000000', 'hex'))] : []
  const chunks = [...extended, picture, ...extra.map(([type, data]) => riff(type, data))]
  return riff('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]))
}

/** A PDF with these words in it. */
export function pdfOf(words = 'Hello'): Buffer {
  return Buffer.from(
    `%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n% ${words}\ntrailer<</Root 1 0 R>>\n%%EOF`,
    'latin1',
  )
}

/** A zip of these files, none of them compressed. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const [nameBytes, data] = [Buffer.from(name), Buffer.from(content)]
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt32LE(crc32(data), 10)
    facts.writeUInt32LE(data.length, 14)
    facts.writeUInt32LE(data.length, 18)
    facts.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, nameBytes, data])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), facts, place, nameBytes]))
    parts.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(Buffer.concat(directory).length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}

/** A document of an office program, by the type of its main part. */
export function officeOf(
  type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  folder = 'word',
): Buffer {
  return zipOf({
    '[Content_Types].xml': `<?xml version="1.0"?><Types><Override PartName="/${folder}/document.xml" ContentType="${type}"/></Types>`,
    [`${folder}/document.xml`]: '<document/>',
  })
}
