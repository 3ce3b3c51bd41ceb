import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { cleanFileName } from './clean-file-name.js'
import { inspectFile } from './inspect-file.js'
import { exifOf, gifOf, jpegOf, officeOf, pdfOf, pngOf, webpOf, zipOf } from './testing/sample-files.js'

const SECRET = 'at 28.6139 N 77.2090 E'
const secret = Buffer.from(SECRET)
const inspect = (name: string, bytes: Buffer, declaredType = '') => inspectFile({ name, bytes, declaredType })

describe('[U3] a file is what its content, its name and its browser agree on', () => {
  it.each<[string, Buffer, string]>([
    ['a.png', pngOf(), 'image/png'],
    ['a.jpg', jpegOf(), 'image/jpeg'],
    ['a.JPEG', jpegOf(), 'image/jpeg'],
    ['a.gif', gifOf(), 'image/gif'],
    ['a.webp', webpOf(), 'image/webp'],
    ['a.pdf', pdfOf(), 'application/pdf'],
    ['a.txt', Buffer.from('BM is how a bitmap begins, and this text\r\n\tनमस्ते'), 'text/plain'],
    ['a.csv', Buffer.from('name,price\nM\xfcller,1\n', 'latin1'), 'text/csv'],
    ['a.docx', officeOf(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    [
      'a.odt',
      zipOf({ mimetype: 'application/vnd.oasis.opendocument.text' }),
      'application/vnd.oasis.opendocument.text',
    ],
  ])('%s', async (name, bytes, mediaType) => {
    expect(await inspect(name, bytes)).toMatchObject({ mediaType })
    expect(await inspect(name, bytes, mediaType)).toMatchObject({ mediaType })
    await expect(inspect(name, bytes, 'text/html')).rejects.toMatchObject({ code: 'FILE_TYPE_REFUSED' })
    await expect(inspect('a.mp4', bytes)).rejects.toMatchObject({ code: 'FILE_TYPE_REFUSED' })
  })
  it('a document with macros is none without', async () => {
    const macros = officeOf('application/vnd.ms-word.document.macroEnabled.main+xml')
    await expect(inspect('a.docx', macros)).rejects.toMatchObject({ code: 'FILE_TYPE_REFUSED' })
  })
})

describe('what is no picture stays behind', () => {
  it.each<[string, Buffer, number, number]>([
    [
      'a.png',
      pngOf(8, 4, {
        extra: [
          ['eXIf', secret],
          ['tEXt', secret],
          ['prIv', secret],
        ],
      }),
      8,
      4,
    ],
    [
      'a.jpg',
      jpegOf([
        [0xe1, exifOf(1, SECRET)],
        [0xfe, secret],
        [0xed, secret],
        [0xe2, secret],
      ]),
      1,
      1,
    ],
    ['a.gif', gifOf([Buffer.concat([Buffer.from([0x21, 0xfe, secret.length]), secret, Buffer.of(0)])]), 2, 1],
    [
      'a.webp',
      webpOf([
        ['EXIF', secret],
        ['XMP ', secret],
        ['hide', secret],
      ]),
      1,
      1,
    ],
  ])('in and behind %s', async (name, bytes, width, height) => {
    const image = await inspect(name, Buffer.concat([bytes, secret]))
    expect(image).toMatchObject({ width, height })
    expect(image.bytes.includes(secret)).toBe(false)
    // What was taken for clean once is so again, to the byte.
    expect((await inspect(name, image.bytes)).bytes.equals(image.bytes)).toBe(true)
  })
  it('but for how the camera was held', async () => {
    for (const orientation of [2, 3, 6, 8]) {
      const { bytes } = await inspect('a.jpg', jpegOf([[0xe1, exifOf(orientation, SECRET)]]))
      expect(bytes.includes(secret)).toBe(false)
      const exif = bytes.indexOf('Exif')
      expect(bytes.readUInt16BE(exif + 6 + 8 + 2 + 8)).toBe(orientation)
    }
  })
  it('threat 50: an image in more pieces than one has is not walked to its end', async () => {
    const many = <const T>(part: T) => Array.from({ length: 200_000 }, () => part)
    const nothing = Buffer.alloc(0)
    for (const [name, bytes] of [
      ['a.png', pngOf(8, 4, { extra: many(['IDAT', nothing]) })],
      ['a.jpg', jpegOf(many([0xdb, nothing]))],
      ['a.gif', gifOf(many(Buffer.from('21f9040000000000', 'hex')))],
      ['a.webp', webpOf(many(['ALPH', nothing]))],
    ] as const)
      await expect(inspect(name, bytes), name).rejects.toMatchObject({ code: 'FILE_UNSAFE' })
  })
  it('threat 50: an image that unfolds to too much is refused unseen', async () => {
    for (const [width, height] of [
      [65_535, 65_535],
      [2 ** 31, 1],
      [8_001, 8_000],
      [0, 5],
    ] as const)
      await expect(inspect('a.png', pngOf(width, height, { drawn: false }))).rejects.toMatchObject({
        code: 'FILE_UNSAFE',
      })
  })
  it('an image that ends too soon, or of which bytes were changed, is refused or clean, and never a fault', async () => {
    const images = { 'a.png': pngOf(), 'a.jpg': jpegOf(), 'a.gif': gifOf(), 'a.webp': webpOf([['EXIF', secret]]) }
    for (const [name, whole] of Object.entries(images)) {
      for (let length = 0; length < whole.length; length++)
        await expect(inspect(name, whole.subarray(0, length))).rejects.toMatchObject({ code: /^FILE_/ })
      for (let round = 0; round < 300; round++) {
        const damaged = Buffer.from(whole)
        damaged[randomBytes(2).readUInt16LE() % damaged.length] = randomBytes(1)[0] ?? 0
        await inspect(name, damaged).catch((error) => expect(error.code).toMatch(/^FILE_/))
      }
    }
  })
})

describe('threat 59: the name of a file', () => {
  it.each([
    ['holiday.PNG', 'holiday.png'],
    ['Rechnung für Müller.pdf', 'Rechnung für Müller.pdf'],
    ['चालान.pdf', 'चालान.pdf'],
    ['report.v1.2.pdf', 'report_v1.2.pdf'],
    ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
    ['a\u0000.exe\u0000.png', 'a_exe.png'],
    ['a\u200b\ufeff\u2066b.png', 'ab.png'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Windows\\system32\\a.txt', 'a.txt'],
    ['shell.php.png', 'shell_php.png'],
    ['a.txt:stream.png', 'a.txt_stream.png'],
    ['con.png', '_con.png'],
    ['...png', 'file.png'],
    ['.htaccess', 'file.htaccess'],
    ['a"b\r\nSet-Cookie: x=1.png', 'a_b_Set-Cookie_ x=1.png'],
    ['a.png. . ', 'a.png'],
    [`${'x'.repeat(500)}.png`, `${'x'.repeat(120)}.png`],
    ['\ud800.png', '\ufffd.png'],
    ['/', 'file'],
  ])('%j becomes %j', (given, expected) => {
    expect(cleanFileName(given)).toBe(expected)
    expect(cleanFileName(expected)).toBe(expected)
  })
})
