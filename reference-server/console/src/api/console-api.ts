import type { CurrentMember } from '@chatdesk/protocol'
import { ticketResponse } from '@chatdesk/protocol/schemas'
import { believed, readMember } from './believed.js'
import { createEntryApi, type EntryApi } from './entry-api.js'
import { createSend, type Send, type SendOptions } from './send.js'

/** What concerns the sign-in of this browser. Each call rejects with a `ChatError`: the server's refusal, or `OFFLINE`. */
export interface ConsoleApi {
  /** `UNAUTHENTICATED` when nobody is signed in. */
  me(): Promise<CurrentMember>
  signIn(credentials: { email: string; password: string }): Promise<CurrentMember>
  signOut(csrfToken: string): Promise<void>
  /** A single-use ticket for one connection (S3). */
  ticket(csrfToken: string): Promise<string>
  /** For whoever is not signed in yet. */
  entry: EntryApi
  /** Every other call. */
  send: Send
}

/** Composes the calls that the console makes before and around a sign-in. */
export function createConsoleApi(options: SendOptions): ConsoleApi {
  const send = createSend(options)
  return {
    me: async () => readMember(await send({ method: 'GET', path: 'auth/me' })),
    signIn: async (body) => readMember(await send({ method: 'POST', path: 'auth/sign-in', body })),
    signOut: async (csrfToken) => {
      await send({ method: 'POST', path: 'auth/sign-out', csrfToken })
    },
    ticket: async (csrfToken) =>
      believed(ticketResponse, await send({ method: 'POST', path: 'auth/ticket', csrfToken })).ticket,
    entry: createEntryApi(send),
    send,
  }
}
