import { ChatError, type ClientFrame, LIMITS } from '@chatdesk/protocol'

/** A frame's text; throws `PAYLOAD_TOO_LARGE` above `LIMITS.frameBytes` (T14, F5). */
export function encodeFrame(frame: ClientFrame): string {
  const text = JSON.stringify(frame)
  // A UTF-16 code unit takes at most three bytes of UTF-8, so most frames need no encoding to be measured.
  if (text.length * 3 > LIMITS.frameBytes && new TextEncoder().encode(text).length > LIMITS.frameBytes)
    throw new ChatError('PAYLOAD_TOO_LARGE', `A frame has at most ${LIMITS.frameBytes} bytes.`)
  return text
}
