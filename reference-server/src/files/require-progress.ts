import { ChatError } from '@chatdesk/protocol'

/** How often it is looked at how far a body has come, in milliseconds. */
const LOOK_MS = 10_000
/** Bytes that have come between two looks: 16 KiB a second, which a poor mobile line reaches. */
const LEAST_BYTES = (16 * 1024 * LOOK_MS) / 1000

/** Resolves with what `read` gives; throws `PAYLOAD_TOO_LARGE` when the bytes of it come too slowly to be waited for. */
export async function requireProgress<T>(bytesRead: () => number, read: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const stalled = new Promise<never>((_, reject) => {
    let before = bytesRead()
    timer = setInterval(() => {
      const now = bytesRead()
      if (now - before < LEAST_BYTES)
        reject(new ChatError('PAYLOAD_TOO_LARGE', 'For a line this slow it is too large. Send it in chunks.'))
      before = now
    }, LOOK_MS)
  })
  try {
    return await Promise.race([read(), stalled])
  } finally {
    clearInterval(timer)
  }
}
