import { ChatError, LIMITS, type ServerFrame, type ServerFrameResult } from '@chatdesk/protocol'

/** A frame as it travels; throws `PAYLOAD_TOO_LARGE` above `LIMITS.frameBytes` (T14, F5). */
export function encodeFrame(frame: unknown): string {
  const text = JSON.stringify(frame)
  if (new Blob([text]).size > LIMITS.frameBytes) throw new ChatError('PAYLOAD_TOO_LARGE')
  return text
}

/** One frame from what came over the wire, or null for one to skip (T8, F6). Content is never logged. */
export function decodeFrame(data: unknown, parse: (text: string) => ServerFrameResult): ServerFrame | null {
  // What is not text, such as a `Blob`, has no JSON for its text and so is malformed.
  const result = parse(String(data))
  if (result.ok) return result.value
  if (result.reason === 'malformed') console.warn('[chatdesk] malformed frame')
  return null
}
