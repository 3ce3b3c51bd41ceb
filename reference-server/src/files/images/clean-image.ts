import { cleanGif } from './clean-gif.js'
import { cleanJpeg } from './clean-jpeg.js'
import { cleanPng } from './clean-png.js'
import { cleanWebp } from './clean-webp.js'
import type { CleanImage } from './image.js'

const CLEANERS: Record<string, (bytes: Buffer) => CleanImage | undefined> = {
  'image/png': cleanPng,
  'image/jpeg': cleanJpeg,
  'image/gif': cleanGif,
  'image/webp': cleanWebp,
}

/**
 * Walks an image and copies the parts that draw it: places, names and comments of its author stay behind, and so does whatever
 * was hidden between or behind them. The picture itself is not decoded. Undefined: this is no whole image of that type.
 */
export function cleanImage(mediaType: string, bytes: Buffer): CleanImage | undefined {
  try {
    return CLEANERS[mediaType]?.(bytes)
  } catch (error) {
    // It ends before it says so.
    if (error instanceof RangeError) return undefined
    throw error
  }
}
