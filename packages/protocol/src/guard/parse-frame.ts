import type { ServerFrame } from '../types.js'
import { hasShape, type Shape } from './shape.js'

/** A frame, or why there is none: `unknown` types are skipped in silence (F6), `malformed` ones are worth a log line. */
export type ServerFrameResult = { ok: true; value: ServerFrame } | { ok: false; reason: 'unknown' | 'malformed' }

/** Reads one frame of these types from text. Never throws. */
export function parseFrame(text: string, shapes: Readonly<Record<string, Shape>>): ServerFrameResult {
  let frame: { type?: unknown } | null = null
  try {
    frame = JSON.parse(text)
  } catch {
    // No JSON is as malformed as no frame.
  }
  const type = frame?.type
  if (typeof type === 'string' && !Object.hasOwn(shapes, type)) return { ok: false, reason: 'unknown' }
  const fits = typeof type === 'string' && hasShape(frame, shapes[type] as Shape)
  return fits ? { ok: true, value: frame as ServerFrame } : { ok: false, reason: 'malformed' }
}
