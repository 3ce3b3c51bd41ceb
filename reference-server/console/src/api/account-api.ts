import type { AdminCall } from './admin-call.js'
import type { MemberSession } from './contract.js'

/** What concerns only oneself. */
export interface AccountApi {
  changePassword(input: { current: string; next: string }): Promise<void>
  sessions(): Promise<MemberSession[]>
  endSession(id: string): Promise<void>
  signOutEverywhere(): Promise<void>
}

export function createAccountApi(call: AdminCall): AccountApi {
  return {
    changePassword: async (input) => void (await call('POST', 'auth/password', input)),
    sessions: async () => (await call<{ sessions: MemberSession[] }>('GET', 'auth/sessions')).sessions,
    endSession: async (id) => void (await call('DELETE', `auth/sessions/${id}`)),
    signOutEverywhere: async () => void (await call('POST', 'auth/sign-out-everywhere')),
  }
}
