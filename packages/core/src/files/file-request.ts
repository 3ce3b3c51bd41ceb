import { ChatError, type ErrorBody } from '@chatdesk/protocol'
import type { Awaitable, Clock } from '../ports.js'

/** A request that has no answer by then, in milliseconds, is as good as lost: a chunk is small. */
const PATIENCE_MS = 60_000

/** What is asked. */
interface Asked {
  body?: object | Blob | undefined
  signal?: AbortSignal | undefined
}

/** Asks the server about files: an answer, or a `ChatError`. */
export type FileRequest = <T>(method: string, path: string, asked?: Asked) => Promise<T>

/** Who asks is said by headers that are fetched for each request; nobody there is `UNAUTHENTICATED`. */
export function createFileRequest(options: {
  base: string
  /** As `fetch` has it. */
  credentials: 'omit' | 'same-origin'
  getHeaders: () => Awaitable<Record<string, string> | undefined>
  fetch: typeof globalThis.fetch
  clock: Clock
}): FileRequest {
  const { base, credentials, getHeaders, fetch, clock } = options
  return async <T>(method: string, path: string, { body, signal }: Asked = {}) => {
    const headers = await getHeaders()
    if (!headers) throw new ChatError('UNAUTHENTICATED')
    const ended = new AbortController()
    const end = () => ended.abort()
    const cancel = clock.setTimeout(end, PATIENCE_MS)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
    try {
      const init = { method, credentials, signal: ended.signal, ...encode(headers, body) }
      return await read<T>(await fetch(base + path, init))
    } catch (cause) {
      if (ChatError.isInstance(cause)) throw cause
      throw new ChatError(signal?.aborted ? 'ABORTED' : ended.signal.aborted ? 'TIMEOUT' : 'OFFLINE', undefined, {
        cause,
      })
    } finally {
      cancel()
      signal?.removeEventListener('abort', end)
    }
  }
}

function encode(headers: Record<string, string>, body: Asked['body']) {
  if (!body) return { headers }
  return body instanceof Blob
    ? { headers: { ...headers, 'content-type': 'application/octet-stream' }, body }
    : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** The answer, or a refusal: in our words, or whatever stands in between. */
async function read<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T
  const content = (await answer.json().catch(() => undefined)) as (T & Partial<ErrorBody>) | undefined
  if (answer.ok && content) return content
  throw content?.error?.code ? ChatError.fromWire(content.error) : new ChatError('UNAVAILABLE', `${answer.status}`)
}
