import { ProviderFailure } from './provider-failure.js'
import { fieldNamed } from './request-fields.js'

/** Of an error no more is read. */
const MOST_ERROR_BYTES = 64 * 1024

/**
 * Sends what the openai package wants to send. What goes out is the key, and nothing about this machine, whatever its environment says;
 * it goes to the one address that was set, never on to another. What comes back is a success that is no page, or a `ProviderFailure`.
 */
export async function sendToServer(
  { fetch, apiKey, accept }: { fetch: typeof globalThis.fetch; apiKey: string | null; accept: string },
  input: Parameters<typeof globalThis.fetch>[0],
  init: RequestInit = {},
): Promise<Response & { body: ReadableStream<Uint8Array> }> {
  const response = await fetch(input, {
    method: init.method ?? 'POST',
    body: init.body ?? null,
    ...(init.signal ? { signal: init.signal } : {}),
    headers: {
      'content-type': 'application/json',
      accept,
      ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    // Whoever redirects would be given the prompt.
    redirect: 'manual',
  })
  if (!response.ok) throw await failureOfStatus(response, init.body)
  if (response.body === null || /text\/html/i.test(response.headers.get('content-type') ?? ''))
    throw await dropped(response)
  return response as Response & { body: ReadableStream<Uint8Array> }
}

/** A body in one piece, as far as so many bytes of it go. */
export async function bodyText({ body }: Response, mostBytes: number): Promise<{ text: string; isWhole: boolean }> {
  if (!body) return { text: '', isWhole: true }
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of body) {
    parts.push(part)
    bytes += part.byteLength
    if (bytes > mostBytes) break
  }
  return { text: Buffer.concat(parts).toString('utf8'), isWhole: bytes <= mostBytes }
}

async function failureOfStatus(response: Response, sent: unknown): Promise<ProviderFailure> {
  const { status } = response
  const { text } = await bodyText(response, MOST_ERROR_BYTES)
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
