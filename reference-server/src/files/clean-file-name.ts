import { cleanText } from '@chatdesk/protocol/schemas'

const MAX_LENGTH = 120
/** Directions, joiners and blanks that no eye sees, with which `gpj.exe` reads as `exe.jpg`. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800]/gu
/** What some system takes for part of a path, a stream, a wildcard or a variable. */
const SPECIAL = /[<>:"|?*%$`\n\t]/g
/** Names of devices on Windows, with whatever extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i
/** An extension that is not the last one: `report.html.png`. */
const INNER_EXTENSION = /\.(?=[a-z][a-z0-9]{0,9}\.)/gi

/** A file's name as it is shown, and written to a disk: one visible line, no path, one extension (threat 59). */
export function cleanFileName(name: string): string {
  const base = cleanText(name.normalize('NFC')).replace(INVISIBLE, '').split(/[/\\]/).at(-1) ?? ''
  const plain = base
    .replace(SPECIAL, '_')
    .replace(/\s+/g, ' ')
    .replace(/^\s+|[.\s]+$/g, '')
    .replace(INNER_EXTENSION, '_')
    .replace(DEVICE, '_$1')
  const extension = extensionOf(plain)
  const stem = [...plain.slice(0, plain.length - extension.length)].slice(0, MAX_LENGTH).join('')
  return `${stem.replace(/^\.+|\.+$/g, '') || 'file'}${extension}`
}

/** `.png`, in lower case and with its dot; empty: none. */
export function extensionOf(name: string): string {
  return /\.[a-z0-9]{1,10}$/i.exec(name)?.[0].toLowerCase() ?? ''
}
