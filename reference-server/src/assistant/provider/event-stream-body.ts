import { ProviderFailure } from './provider-failure.js'

/** A stream of an answer is far smaller, even with what a model thinks aloud; a server that goes on is not read on. */
const MOST_BYTES = 4 * 1024 * 1024
const DONE = /(?:^|[\r\n])data: ?\[DONE\]/

/**
 * The body of a response as the openai package can read it to its end: bounded; over at `[DONE]`, after which some servers keep the
 * connection; and with the blank line at its end that some leave out, without which the last event would be lost.
 */
export function readableToItsEnd(body: ReadableStream<Uint8Array>, most = MOST_BYTES): ReadableStream<Uint8Array> {
  let bytes = 0
  let tail = '\n'
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength
        if (bytes > most) return controller.error(new ProviderFailure('malformed'))
        controller.enqueue(chunk)
        // Latin-1 keeps every byte a character, so that a letter cut in two between chunks does no harm.
        tail += Buffer.from(chunk).toString('latin1')
        if (DONE.test(tail)) {
          controller.enqueue(BLANK_LINE)
          controller.terminate()
        }
        tail = tail.slice(-16)
      },
      flush: (controller) => controller.enqueue(BLANK_LINE),
    }),
  )
}

const BLANK_LINE = new TextEncoder().encode('\n\n')
