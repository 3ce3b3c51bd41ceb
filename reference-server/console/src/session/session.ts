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
  /** Goes on as whoever an answer of the server names: a new member, or a super admin who visits. */
  enter(current: CurrentMember): void
  /** Runs a call with the CSRF token (S3). Notices when the session has ended. */
  authorized<T>(run: (csrfToken: string) => Promise<T>): Promise<T>
}

/** Makes the session; nothing happens before `load`. */
export function createSession(api: Pick<ConsoleApi, 'me' | 'signIn' | 'signOut' | 'ticket'>): Session {
  const $state = atom<SessionState>({ status: 'loading' })

  function expire(): void {
    const state = $state.get()
    // Whoever finds out second must not take the reason away.
    const expired = state.status === 'signed-in' || (state.status === 'signed-out' && state.expired)
    $state.set({ status: 'signed-out', expired })
  }

  function signedIn(): CurrentMember {
    const state = $state.get()
    if (state.status !== 'signed-in') throw new ChatError('UNAUTHENTICATED', 'Not signed in.')
    return state.current
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

  /** Who to go on as when a token is refused: another tab has signed in since, or has begun or ended a visit. */
  async function relearn(before: CurrentMember, error: ChatError): Promise<CurrentMember> {
    await load()
    const now = signedIn()
    if (now.csrfToken === before.csrfToken || now.member.id !== before.member.id) throw error
    return now
  }

  return {
    $state,
    load,
    async signIn(credentials) {
      $state.set({ status: 'signed-in', current: await api.signIn(credentials) })
    },
    async signOut() {
      const before = signedIn()
      try {
        await api.signOut(before.csrfToken)
      } catch (error) {
        if (!ChatError.isInstance(error)) throw error
        if (error.code === 'FORBIDDEN') await api.signOut((await relearn(before, error)).csrfToken)
        else if (error.code !== 'UNAUTHENTICATED') throw error
      }
      $state.set({ status: 'signed-out', expired: false })
    },
    async getTicket() {
      try {
        return await api.ticket(signedIn().csrfToken)
      } catch (error) {
        if (!ChatError.isInstance(error)) throw error
        if (error.code === 'UNAUTHENTICATED') expire()
        // Another tab has signed in since, or visits: its cookie is ours, its token is not. Learn it; the next attempt has it.
        if (error.code === 'FORBIDDEN') {
          await load()
          throw new ChatError('UNAVAILABLE', 'The sign-in has changed.', { cause: error })
        }
        throw error
      }
    },
    enter(current) {
      $state.set({ status: 'signed-in', current })
    },
    async authorized(run) {
      const before = signedIn()
      try {
        return await run(before.csrfToken)
      } catch (error) {
        if (!ChatError.isInstance(error)) throw error
        if (error.code === 'UNAUTHENTICATED') expire()
        if (error.code !== 'FORBIDDEN') throw error
        // The same member may go on with the new token; for another, or in another organization, it was not meant.
        const now = await relearn(before, error)
        if (now.organization.id !== before.organization.id) throw error
        return run(now.csrfToken)
      }
    },
  }
}
