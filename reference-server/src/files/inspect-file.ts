import { ChatError } from '@chatdesk/protocol'
import { fileTypeFromBuffer } from 'file-type'
import { isDeclaredAs, typeOfName } from './file-types.js'
import { cleanImage } from './images/clean-image.js'

/** Largest image, in pixels: whoever shows it unfolds it to four bytes for each (threat 50). */
const MAX_PIXELS = 64_000_000

/** A file as its author sent it; the name is clean. */
export interface SentFile {
  name: string
  declaredType: string
  bytes: Buffer
}

/** What it was found to be, and the bytes that are kept of it. */
export interface InspectedFile {
  mediaType: string
  bytes: Buffer
  width?: number
  height?: number
}

/** Control characters that no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what it is for
const BINARY = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/
/** What would run if somebody's program took the text for what it is. */
const MARKUP = /^\ufeff?\s*(<!doctype|<!--|<\?|<html|<head|<body|<svg|<script|<iframe|#!)/i

/**
 * Takes a file for what its content is, when its name and its browser say the same. Throws `FILE_TYPE_REFUSED` for what they do
 * not agree on, `FILE_UNSAFE` for an image that is not whole or too large when shown.
 */
export async function inspectFile({ name, declaredType, bytes }: SentFile): Promise<InspectedFile> {
  const type = typeOfName(name)
  if (!type || !isDeclaredAs(type, declaredType) || !(await hasContent(type.content, bytes)))
    throw new ChatError('FILE_TYPE_REFUSED', 'The file is of another type than its name says.', { field: 'name' })
  if (type.kind !== 'image') return { mediaType: type.mediaType, bytes }
  const image = cleanImage(type.mediaType, bytes)
  if (!image || image.width * image.height < 1) throw new ChatError('FILE_UNSAFE', 'The image is damaged.')
  if (image.width * image.height > MAX_PIXELS)
    throw new ChatError('FILE_UNSAFE', `The image has more than ${MAX_PIXELS} pixels.`)
  return { mediaType: type.mediaType, ...image }
}

async function hasContent(expected: readonly string[], bytes: Buffer): Promise<boolean> {
  if (expected.length === 0) return isText(bytes)
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  return found !== undefined && expected.includes(found.mime)
}

function isText(bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  return !BINARY.test(text) && !MARKUP.test(bytes.toString('utf8', 0, 1024))
}
