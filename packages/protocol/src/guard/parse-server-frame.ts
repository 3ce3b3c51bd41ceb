import type { ServerFrame } from '../types.js'
import { SERVER_FRAME_SHAPES } from './server-frame-shapes.js'
import { hasShape } from './shape.js'

/** A frame, or why there is none: `unknown` types are skipped in silence (F6), `malformed` ones are worth a log line. */
export type ServerFrameResult = { ok: true; value: ServerFrame } | { ok: false; reason: 'unknown' | 'malformed' }

/** Checks one decoded frame from the server. Never throws. */
export function checkServerFrame(input: unknown): ServerFrameResult {
  const type = (input as { type?: unknown } | null)?.type
  if (typeof type !== 'string') return { ok: false, reason: 'malformed' }
  if (!Object.hasOwn(SERVER_FRAME_SHAPES, type)) return { ok: false, reason: 'unknown' }
  const fits = hasShape(input, SERVER_FRAME_SHAPES[type] as never)
  return fits ? { ok: true, value: input as ServerFrame } : { ok: false, reason: 'malformed' }
}

/** Reads one frame from the server's text. Never throws. */
export function parseServerFrame(text: string): ServerFrameResult {
  try {
    return checkServerFrame(JSON.parse(text))
  } catch {
    return { ok: false, reason: 'malformed' }
  }
}
