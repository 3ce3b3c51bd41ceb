import { parseServerFrame, type ServerFrame } from '@chatdesk/protocol'

/** One frame from what came over the wire, or null for one to skip (T8, F6). Content is never logged. */
export function decodeFrame(data: unknown): ServerFrame | null {
  const result = typeof data === 'string' ? parseServerFrame(data) : ({ ok: false, reason: 'malformed' } as const)
  if (result.ok) return result.value
  if (result.reason === 'malformed') console.warn('[chatdesk] skipped a malformed frame')
  return null
}
