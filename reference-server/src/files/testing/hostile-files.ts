import { deflateSync, gzipSync } from 'node:zlib'
import { gifOf, jpegOf, officeOf, pdfOf, pngOf, webpOf, zipOf } from './sample-files.js'

/** A file that somebody sends to do harm. */
export interface HostileFile {
  name: string
  mediaType: string
  bytes: Buffer
}

/** What runs in a page that shows it as one, and says so: the title changes, and something is asked for from elsewhere. */
export const SCRIPT = "document.title='hacked';new Image().src='/hacked';parent.postMessage('hacked','*')"

const MARKUP: Record<string, string> = {
  html: `<!doctype html><script>${SCRIPT}</script><img src=x onerror="${SCRIPT}">`,
  svg: `<svg xmlns="http://www.w3.org/2000/svg" onload="${SCRIPT}"><script>${SCRIPT}</script></svg>`,
  xhtml: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>${SCRIPT}</script></html>`,
  xml: `<?xml version="1.0"?><?xml-stylesheet href="data:text/xsl,x"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">${SCRIPT}</x:script>`,
  js: SCRIPT,
  php: `<?php system($_GET['c']); ?>`,
  sh: '#!/bin/sh\nrm -rf /',
  hta: `<script language="VBScript">CreateObject("WScript.Shell").Run "calc"</script>`,
}
const BINARIES: Record<string, Buffer> = {
  exe: Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), Buffer.alloc(200)]),
  elf: Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)]),
  class: Buffer.from('cafebabe0000003400', 'hex'),
  jar: zipOf({ 'META-INF/MANIFEST.MF': 'Main-Class: X' }),
  zip: zipOf({ 'invoice.exe': 'MZ' }),
  gz: gzipSync(Buffer.alloc(1_000_000)),
  swf: Buffer.concat([Buffer.from('CWS\x0a\0\0\0\0', 'latin1'), deflateSync(Buffer.alloc(100))]),
  doc: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1_000)]),
  docm: officeOf('application/vnd.ms-word.document.macroEnabled.main+xml'),
}
const CONTENTS: Record<string, Buffer> = {
  ...Object.fromEntries(Object.entries(MARKUP).map(([name, text]) => [name, Buffer.from(text)])),
  ...BINARIES,
}
const IMAGES: Record<string, (hidden: Buffer) => Buffer> = {
  png: (hidden) => pngOf(8, 4, { extra: [['tEXt', hidden]] }),
  jpg: (hidden) => jpegOf([[0xfe, hidden]]),
  gif: (hidden) =>
    gifOf([
      Buffer.concat([Buffer.from([0x21, 0xfe, Math.min(hidden.length, 255)]), hidden.subarray(0, 255), Buffer.of(0)]),
    ]),
  webp: (hidden) => webpOf([['XMP ', hidden]]),
}
const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  txt: 'text/plain',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html',
  svg: 'image/svg+xml',
}
const typeOf = (extension: string) => TYPES[extension] ?? ''

/** Files that must be refused: by their names, or because they are not what those say. */
export function refusedFiles(): HostileFile[] {
  const files: HostileFile[] = []
  const add = (name: string, bytes: Buffer, mediaType = '') => void files.push({ name, mediaType, bytes })
  for (const [kind, bytes] of Object.entries(CONTENTS)) {
    // As what it is, under a trusted name in front, and with signs that turn the end of its name around or cut it off.
    add(`a.${kind}`, bytes, typeOf(kind))
    add(`invoice.pdf.${kind}`, bytes)
    add(`photo\u202Egnp.${kind}`, bytes, 'image/png')
    add(`photo.png\u0000.${kind}`, bytes, 'image/png')
    // As something that is taken.
    for (const extension of ['png', 'jpg', 'gif', 'webp', 'pdf', 'docx'])
      add(`a.${extension}`, bytes, typeOf(extension))
    add('a.png', bytes, 'image/svg+xml')
  }
  for (const kind of ['html', 'svg', 'xhtml', 'xml', 'php', 'sh', 'hta'])
    add('notes.txt', CONTENTS[kind] ?? Buffer.of(0), 'text/plain')
  for (const kind of Object.keys(BINARIES)) add('notes.txt', BINARIES[kind] ?? Buffer.of(0), 'text/plain')
  for (const [extension, make] of Object.entries(IMAGES)) {
    const whole = make(Buffer.from('x'))
    // An image that its browser takes for a page, one of another type, one that is only a beginning.
    add(`a.${extension}`, whole, 'text/html')
    add(`a.html`, whole, typeOf(extension))
    for (const other of Object.keys(IMAGES).filter((name) => name !== extension)) add(`a.${other}`, whole)
    add(`a.${extension}`, Buffer.concat([whole.subarray(0, 12), Buffer.from(MARKUP.html ?? '')]))
  }
  for (const [width, height] of [
    [65_535, 65_535],
    [100_000, 100_000],
    [2 ** 31 - 1, 1],
  ] as const)
    add('bomb.png', pngOf(width, height, { drawn: false }))
  for (const name of [
    '',
    '.',
    '..',
    '/',
    'png',
    '.htaccess',
    'a.',
    'desktop.ini',
    'a.lnk',
    'a.url',
    'a.png/',
    'a.scr ',
    'CON',
  ])
    add(name || ' ', pngOf())
  return files
}

/** Files that are taken, since they are what they say, and hold a page or a program beside; and those whose names try something. */
export function takenFiles(): HostileFile[] {
  const files: HostileFile[] = []
  for (const [kind, hidden] of Object.entries(CONTENTS))
    for (const [extension, make] of Object.entries(IMAGES)) {
      const bytes = Buffer.concat([make(hidden), hidden])
      files.push({ name: `${kind}.${extension}`, mediaType: typeOf(extension), bytes })
    }
  for (const text of Object.values(MARKUP))
    files.push({ name: 'both.pdf', mediaType: '', bytes: pdfOf(text.replaceAll('\n', ' ')) })
  for (const text of Object.values(MARKUP))
    files.push({ name: 'said.txt', mediaType: '', bytes: Buffer.from(`see: ${text}`) })
  for (const name of [
    '../../../etc/cron.d/x.png',
    '..\\..\\boot.png',
    'page.html.png',
    'shell.php.jpg.png',
    'a\u202Ehtml.png',
    'a\u0000.png',
    '<img src=x onerror=alert(1)>.png',
    '"; filename=evil.html; x=".png',
    'a\r\nContent-Type: text/html\r\n\r\n<script>.png',
    'aux.png',
    'नमस्ते.png',
    'ثعبان.png',
    '\u2066\u200b\ufeff.png',
    `${'a'.repeat(900)}.png`,
    '$HOME `id` %PATH%.png',
    '%2e%2e%2fetc.png',
  ])
    files.push({ name, mediaType: 'image/png', bytes: pngOf() })
  return files
}
