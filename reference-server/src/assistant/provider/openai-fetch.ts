import { readableToItsEnd } from './event-stream-body.js'
import { ProviderFailure } from './provider-failure.js'
import { bodyText, sendToServer } from './send-to-server.js'

/** Of an answer in one piece no more is read. */
const MOST_BODY_BYTES = 64 * 1024

/** The `fetch` that the openai package is given for answers. What comes back is a stream of events, or a `ProviderFailure`. */
export function createOpenAiFetch(fetch: typeof globalThis.fetch, apiKey: string | null): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await sendToServer({ fetch, apiKey, accept: 'text/event-stream' }, input, init)
    if (/json/i.test(response.headers.get('content-type') ?? ''))
      return asEventStream((await bodyText(response, MOST_BODY_BYTES)).text)
    return new Response(readableToItsEnd(response.body), { status: 200 })
  }
}

/** Of a server that does not stream, or that reports an error with status 200. */
function asEventStream(text: string): Response {
  try {
    return new Response(`data: ${JSON.stringify(JSON.parse(text))}\n\n`)
  } catch {
    throw new ProviderFailure('malformed')
  }
}
