import { ChatError, type ErasureReceipt } from '@chatdesk/protocol'
import type { UserProof } from '../chat-client-options.js'
import { createDeferred, quiet } from '../platform/deferred.js'
import { callServer } from './call-server.js'
import type { ClientPort } from './client-port.js'

/** Who the visitor is at the site. */
export interface SiteUser {
  /** What the site calls them; tells one person from the next, and proves nothing. */
  id?: string | undefined
  /** Proves who they are (S13). */
  proof?: UserProof
}

/**
 * The site says who its visitor is; resolves when the session is theirs. Whoever it called by another id is another person:
 * of them nothing stays here, as after `logOut` (threat 13).
 */
export async function identify(port: ClientPort, { id, proof }: SiteUser): Promise<void> {
  const { session, conversation } = port
  const { user } = session
  const known = session.userId ?? (user && 'id' in user ? user.id : undefined)
  const isOther = id !== undefined && known !== undefined && id !== known
  let changed: Promise<void> | undefined
  if (isOther) {
    // Also where the server cannot be told.
    void tellServer(port)
    changed = forget(port, proof)
  } else if (proof) {
    if (user) {
      // What somebody else has said of themselves is not said of whoever comes; what was said before anybody signed in is.
      conversation.outbox.forget([])
      session.traits = undefined
    }
    changed = changeUser(port, proof)
  }
  session.userId = id ?? known
  const mustBeSame = whoIsThere(port)
  await changed
  mustBeSame()
}

/** Gives what throws once somebody else is there than now: what is said of the one is not said of the other (threat 13). */
export function whoIsThere({ session }: ClientPort): () => void {
  const { user, userId } = session
  return () => {
    // Who is proved anew under the same id is the same.
    if (session.userId !== userId || (!userId && session.user !== user)) throw new ChatError('ABORTED')
  }
}

/** S13: has the session opened anew for whom the site names now; resolves when it is theirs. */
function changeUser({ link, session }: ClientPort, user: UserProof): Promise<void> {
  session.user = user
  session.sendToken = undefined
  const { promise, resolve, reject } = createDeferred<void>()
  const stop = link.$connection.subscribe((state) => {
    // Once everybody has heard of it. It may have been opened for somebody else.
    queueMicrotask(() => {
      if (state.status === 'online' && !session.sendToken)
        link.giveUp(new ChatError('UNAUTHENTICATED', undefined, { retryAfterMs: 0 }))
      else if (state.status === 'failed') reject(state.error)
      else if (state.status === 'online' || state.status === 'idle') resolve()
    })
  })
  return promise.finally(stop)
}

/**
 * S15, threat 13: here everything is forgotten at once, and a new visitor begins. Rejects when the server could not be told.
 *
 * @param receipt what the server has given the visitor for their data.
 */
export async function logOut(port: ClientPort, receipt?: ErasureReceipt): Promise<void> {
  await Promise.all([tellServer(port), forget(port, undefined, receipt)])
}

/** While the client still has what proves whose it is. */
function tellServer(port: ClientPort): Promise<unknown> | undefined {
  return port.session.token ? quiet(callServer(port, '/logout')) : undefined
}

/** Whatever is written from here on waits for `next`. */
async function forget(port: ClientPort, next: UserProof, receipt?: ErasureReceipt): Promise<void> {
  const { options, conversation, session, $forgotten } = port
  session.token = session.visitorToken = session.sendToken = session.traits = session.userId = undefined
  session.user = next
  conversation.lost()
  conversation.outbox.forget()
  conversation.dispatch({ type: 'conversation.moved', conversationId: null, synced: false })
  $forgotten.set({ receipt })
  await options.identity.forget?.().catch(() => {})
  await changeUser(port, next)
}
