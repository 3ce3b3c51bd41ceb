import { readableToItsEnd } from './event-stream-body.js'
import { ProviderFailure } from './provider-failure.js'
import { fieldNamed } from './request-fields.js'

/** Of an error, or of an answer in one piece, no more is read. */
const MOST_BODY_BYTES = 64 * 1024

/**
 * The `fetch` that the openai package is given. What goes out is the key, and nothing about this machine, whatever its environment says;
 * it goes to the one address that was set, never on to another. What comes back is a stream of events, or a `ProviderFailure`.
 */
export function createOpenAiFetch(fetch: typeof globalThis.fetch, apiKey: string | null): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const response = await fetch(input, {
      method: init.method ?? 'POST',
      body: init.body ?? null,
      ...(init.signal ? { signal: init.signal } : {}),
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      // Whoever redirects would be given the prompt.
      redirect: 'manual',
    })
    if (!response.ok) throw await failureOfStatus(response, init.body)
    const type = response.headers.get('content-type') ?? ''
    if (response.body === null || /text\/html/i.test(type)) throw await dropped(response)
    if (/json/i.test(type)) return asEventStream(await bodyText(response))
    return new Response(readableToItsEnd(response.body), { status: 200 })
  }
}

async function failureOfStatus(response: Response, sent: unknown): Promise<ProviderFailure> {
  const { status } = response
  const text = await bodyText(response)
  if (status === 401 || status === 403) return new ProviderFailure('unauthorised')
  if (status === 429)
    return new ProviderFailure(/insufficient_quota/.test(text) ? 'quota_spent' : 'rate_limited', {
      retryAfterMs: retryAfterOf(response),
    })
  if (status >= 500 || status === 408 || status === 409)
    return new ProviderFailure('server_error', { retryAfterMs: retryAfterOf(response) })
  const names = status === 400 || status === 422 ? Object.keys(JSON.parse(String(sent))) : []
  return new ProviderFailure('rejected', { field: fieldNamed(text, names) })
}

function retryAfterOf({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null
}

async function dropped(response: Response): Promise<ProviderFailure> {
  // The connection is of no more use, whatever becomes of its end.
  await response.body?.cancel().catch(() => {})
  return new ProviderFailure('malformed')
}

/** A body in one piece: of a server that does not stream, or that reports an error with status 200. */
function asEventStream(text: string): Response {
  try {
    return new Response(`data: ${JSON.stringify(JSON.parse(text))}\n\n`)
  } catch {
    throw new ProviderFailure('malformed')
  }
}

async function bodyText({ body }: Response): Promise<string> {
  if (!body) return ''
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of body) {
    parts.push(part)
    bytes += part.byteLength
    if (bytes > MOST_BODY_BYTES) break
  }
  return Buffer.concat(parts).toString('utf8')
}
