import { ChatError } from '@chatdesk/protocol'
import { errorBody, parseWith } from '@chatdesk/protocol/schemas'

/** One request to the server. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `api/`, without a slash before it. */
  path: string
  csrfToken?: string | undefined
  body?: unknown
}

/** Sends a request; the answer's body, undefined where there is none. Rejects with a `ChatError`: the refusal, or `OFFLINE`. */
export type Send = (call: Call) => Promise<unknown>

/** Options of `createSend`. */
export interface SendOptions {
  /** The server's mount point, without a slash at its end. */
  url: string
  fetch: typeof globalThis.fetch
}

/** Talks to the server that the console was served by; the session cookie goes along by itself. */
export function createSend({ url, fetch }: SendOptions): Send {
  return async ({ method, path, csrfToken, body }) => {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (csrfToken !== undefined) headers['x-chatdesk-csrf'] = csrfToken
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' }
    if (body !== undefined) init.body = JSON.stringify(body)
    const response = await fetch(`${url}/api/${path}`, init).catch((cause: unknown) => {
      throw new ChatError('OFFLINE', 'The server cannot be reached.', { cause })
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw refusal(response, answer)
    return answer
  }
}

/** A proxy in between may answer in its own way, so the status alone has to do. */
function refusal(response: Response, answer: unknown): ChatError {
  const body = parseWith(errorBody, answer)
  if (body.ok) return ChatError.fromWire(body.value.error)
  const { status } = response
  if (status === 401) return new ChatError('UNAUTHENTICATED', 'Not signed in.')
  if (status === 429) return new ChatError('RATE_LIMITED', 'Too many attempts.')
  return new ChatError(status >= 502 ? 'UNAVAILABLE' : 'INTERNAL', `The server answered ${status}.`)
}
