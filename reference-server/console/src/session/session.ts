import { ChatError, type CurrentMember } from '@chatdesk/protocol'
import { atom, type ReadableAtom } from 'nanostores'
import type { ConsoleApi } from '../api/console-api.js'

/** Who is signed in, as far as is known. */
export type SessionState =
  | { status: 'loading' }
  /** `expired`: a session that was open has ended without a sign-out. */
  | { status: 'signed-out'; expired: boolean }
  | { status: 'signed-in'; current: CurrentMember }
  | { status: 'unreachable'; error: ChatError }

/** The sign-in of one browser. */
export interface Session {
  readonly $state: ReadableAtom<SessionState>
  /** Asks the server who is signed in. Never rejects: the answer is in `$state`. */
  load(): Promise<void>
  /** Rejects with the server's refusal. */
  signIn(credentials: { email: string; password: string }): Promise<void>
  /** Rejects when the server cannot be reached: the cookie then still stands. */
  signOut(): Promise<void>
  /** A ticket for one connection attempt (S3). Notices when the session has ended. */
  getTicket(): Promise<string>
}

/** Makes the session; nothing happens before `load`. */
export function createSession(api: ConsoleApi): Session {
  const $state = atom<SessionState>({ status: 'loading' })

  function expire(): void {
    const state = $state.get()
    // Whoever finds out second must not take the reason away.
    const expired = state.status === 'signed-in' || (state.status === 'signed-out' && state.expired)
    $state.set({ status: 'signed-out', expired })
  }

  function csrfToken(): string {
    const state = $state.get()
    if (state.status !== 'signed-in') throw new ChatError('UNAUTHENTICATED', 'Not signed in.')
    return state.current.csrfToken
  }

  async function load(): Promise<void> {
    try {
      $state.set({ status: 'signed-in', current: await api.me() })
    } catch (error) {
      if (!ChatError.isInstance(error)) throw error
      if (error.code === 'UNAUTHENTICATED') expire()
      // Whoever is signed in stays so through a failure of the network.
      else if ($state.get().status !== 'signed-in') $state.set({ status: 'unreachable', error })
    }
  }

  return {
    $state,
    load,
    async signIn(credentials) {
      $state.set({ status: 'signed-in', current: await api.signIn(credentials) })
    },
    async signOut() {
      try {
        await api.signOut(csrfToken())
      } catch (error) {
        if (!ChatError.isInstance(error) || error.code !== 'UNAUTHENTICATED') throw error
      }
      $state.set({ status: 'signed-out', expired: false })
    },
    async getTicket() {
      try {
        return await api.ticket(csrfToken())
      } catch (error) {
        if (!ChatError.isInstance(error)) throw error
        if (error.code === 'UNAUTHENTICATED') expire()
        // Another tab has signed in since: its cookie is ours, its token is not. Learn it; the next attempt has it.
        if (error.code === 'FORBIDDEN') {
          await load()
          throw new ChatError('UNAVAILABLE', 'The sign-in has changed.', { cause: error })
        }
        throw error
      }
    },
  }
}
