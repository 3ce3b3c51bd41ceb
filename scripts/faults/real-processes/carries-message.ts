const MESSAGE = 'message.send'

/** Whether a piece of a page's connection brings a message: in plain HTTP, or first in a WebSocket's frame. */
export function carriesMessage(piece: Buffer): boolean {
  return piece.includes(MESSAGE) || unmask(piece).includes(MESSAGE)
}

/** What a client's frame says beneath its mask. */
function unmask(frame: Buffer): Buffer {
  const start = ((frame[1] ?? 0) & 0x7f) < 126 ? 2 : 4
  const mask = frame.subarray(start, start + 4)
  return Buffer.from(frame.subarray(start + 4).map((byte, index) => byte ^ (mask[index % 4] ?? 0)))
}
