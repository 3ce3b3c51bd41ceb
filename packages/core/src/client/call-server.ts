import { ChatError, type ErrorBody } from '@chatdesk/protocol'
import type { ClientPort } from './client-port.js'

/** One call of `/api/widget`. */
export interface ServerCall {
  method?: string | undefined
  body?: object | undefined
}

/** Calls `/api/widget<path>` as the visitor of a client. Rejects with the server's refusal, with `NOT_OPEN` before there is a session, or as `fetch` does. */
export async function callServer(
  { options, link, session }: Pick<ClientPort, 'options' | 'link' | 'session'>,
  path: string,
  { method = 'POST', body }: ServerCall = {},
): Promise<Response> {
  const { fetch = globalThis.fetch } = options
  const { token } = session
  if (!token) throw new ChatError('NOT_OPEN')
  const response = await fetch(`${link.url}/api/widget${path}`, {
    method,
    // In a header, never in the address (S3).
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    // No cookie of any site has a part in it.
    credentials: 'omit',
  })
  if (response.ok) return response
  const refusal = (await response.json().catch(() => null)) as Partial<ErrorBody> | null
  throw refusal?.error?.code ? ChatError.fromWire(refusal.error) : new ChatError('UNAVAILABLE', `${response.status}`)
}
