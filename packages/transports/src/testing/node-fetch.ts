import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'

/**
 * `fetch` of a page for tests in Node: as much of it as the transports use. It names the page's origin, as a browser would,
 * and keeps no connection once its answer is read, so that a test can see that nothing stays open.
 */
export function nodeFetch(origin = 'http://page.example'): typeof globalThis.fetch {
  return async (url, { method, body, signal } = {}) => {
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      signal?.throwIfAborted()
      const outgoing = request(url as string, {
        method,
        agent: false,
        signal: signal ?? undefined,
        headers: { origin },
      })
      outgoing.on('response', resolve).on('error', reject).end(body)
    })
    const stream = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
    return new Response(stream, { status: incoming.statusCode ?? 0 })
  }
}
