import type { SignInSession } from '@chatdesk/protocol'
import { listSessionsResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** What concerns only oneself. */
export interface AccountApi {
  changePassword(input: { current: string; next: string }): Promise<void>
  sessions(): Promise<SignInSession[]>
  endSession(id: string): Promise<void>
  signOutEverywhere(): Promise<void>
}

export function createAccountApi({ ask, tell }: AdminCalls): AccountApi {
  return {
    changePassword: (input) => tell('POST', 'auth/password', input),
    sessions: async () => (await ask(listSessionsResponse, 'GET', 'auth/sessions')).sessions,
    endSession: (id) => tell('DELETE', `auth/sessions/${id}`),
    signOutEverywhere: () => tell('POST', 'auth/sign-out-everywhere'),
  }
}
