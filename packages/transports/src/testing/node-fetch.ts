import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'

/**
 * `fetch` of a page for tests in Node: as much of it as clients and transports use. Each request has a connection of its own,
 * so that it can fail by itself, and keeps none once its answer is read, so that a test can see that nothing stays open.
 *
 * @param page what tells the server whose page it is: its origin, as a browser would, and whatever else each request carries.
 */
export function nodeFetch(
  page: Readonly<Record<string, string>> = { origin: 'http://page.example' },
): typeof globalThis.fetch {
  return async (url, { method, body, signal, headers } = {}) => {
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      signal?.throwIfAborted()
      const outgoing = request(url as string, {
        method,
        agent: false,
        signal: signal ?? undefined,
        headers: { ...Object.fromEntries(new Headers(headers)), ...page },
      })
      outgoing.on('response', resolve).on('error', reject).end(body)
    })
    const stream = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
    const answer = new Response(stream, { status: incoming.statusCode ?? 0 })
    for (const [name, values = []] of Object.entries(incoming.headersDistinct))
      for (const value of values) answer.headers.append(name, value)
    return answer
  }
}
