import { ChatError, type CurrentMember } from '@chatdesk/protocol'
import { currentMember, errorBody, type ParseResult, parseWith, ticketResponse } from '@chatdesk/protocol/schemas'

/** The REST calls of the console. Each rejects with a `ChatError`: the server's refusal, or `OFFLINE`. */
export interface ConsoleApi {
  /** `UNAUTHENTICATED` when nobody is signed in. */
  me(): Promise<CurrentMember>
  signIn(credentials: { email: string; password: string }): Promise<CurrentMember>
  signOut(csrfToken: string): Promise<void>
  /** A single-use ticket for one connection (S3). */
  ticket(csrfToken: string): Promise<string>
}

/** Options of `createConsoleApi`. */
export interface ConsoleApiOptions {
  /** The server's mount point, without a slash at its end. */
  url: string
  fetch: typeof globalThis.fetch
}

interface Call {
  method: 'GET' | 'POST'
  path: string
  csrfToken?: string
  body?: unknown
}

/** Talks to the server that the console was served by; the session cookie goes along by itself. */
export function createConsoleApi({ url, fetch }: ConsoleApiOptions): ConsoleApi {
  async function call({ method, path, csrfToken, body }: Call): Promise<unknown> {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (csrfToken !== undefined) headers['x-chatdesk-csrf'] = csrfToken
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' }
    if (body !== undefined) init.body = JSON.stringify(body)
    const response = await fetch(`${url}/api/auth/${path}`, init).catch((cause: unknown) => {
      throw new ChatError('OFFLINE', 'The server cannot be reached.', { cause })
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw refusal(response, answer)
    return answer
  }

  return {
    me: async () => read(parseWith(currentMember, await call({ method: 'GET', path: 'me' }))),
    signIn: async (credentials) =>
      read(parseWith(currentMember, await call({ method: 'POST', path: 'sign-in', body: credentials }))),
    signOut: async (csrfToken) => {
      await call({ method: 'POST', path: 'sign-out', csrfToken })
    },
    ticket: async (csrfToken) =>
      read(parseWith(ticketResponse, await call({ method: 'POST', path: 'ticket', csrfToken }))).ticket,
  }
}

function read<T>(result: ParseResult<T>): T {
  if (!result.ok) throw new ChatError('INTERNAL', `The server's answer has an unknown shape: ${result.error.message}`)
  return result.value
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
