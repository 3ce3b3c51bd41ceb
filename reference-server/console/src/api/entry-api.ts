import type { CurrentMember, FirstRunRequest, ShowInviteResponse } from '@chatdesk/protocol'
import { firstRunState, showInviteResponse } from '@chatdesk/protocol/schemas'
import { believed, readMember } from './believed.js'
import type { Send } from './send.js'

/** How somebody comes in who has no sign-in yet, or has lost it. */
export interface EntryApi {
  /** Whether the server waits for its first member. */
  isFirstRun(): Promise<boolean>
  firstRun(input: FirstRunRequest): Promise<CurrentMember>
  /** What an invite offers; `NOT_FOUND` when it was used, revoked or is too old. */
  lookAtInvite(token: string): Promise<ShowInviteResponse>
  acceptInvite(input: { token: string; name: string; password: string }): Promise<CurrentMember>
  /** Never says whether somebody has this address. */
  forgotPassword(email: string): Promise<void>
  resetPassword(input: { token: string; password: string }): Promise<void>
}

/** Tokens travel in bodies: no log writes these down. */
export function createEntryApi(send: Send): EntryApi {
  const post = (path: string, body: unknown) => send({ method: 'POST', path: `auth/${path}`, body })
  return {
    isFirstRun: async () => believed(firstRunState, await send({ method: 'GET', path: 'auth/first-run' })).open,
    firstRun: async (input) => readMember(await post('first-run', input)),
    lookAtInvite: async (token) => believed(showInviteResponse, await post('invite', { token })),
    acceptInvite: async (input) => readMember(await post('invite/accept', input)),
    forgotPassword: async (email) => void (await post('forgot', { email })),
    resetPassword: async (input) => void (await post('reset', input)),
  }
}
