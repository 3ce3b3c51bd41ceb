import { ChatError } from '@chatdesk/protocol'
import type { UserProof } from '../chat-client-options.js'
import { createDeferred, quiet } from '../platform/deferred.js'
import { callServer } from './call-server.js'
import type { ClientPort } from './client-port.js'

/** S13: has the session opened anew for whom the site names now; resolves when it is theirs. */
export function changeUser({ link, conversation, session }: ClientPort, user: UserProof): Promise<void> {
  // What somebody else has said of themselves is not said of whoever comes; what was said before anybody signed in is.
  if (session.user) conversation.outbox.abandon()
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
 */
export async function logOut(port: ClientPort): Promise<void> {
  const { options, conversation, session } = port
  const told = session.token && quiet(callServer(port, '/logout'))
  session.token = session.visitorToken = session.sendToken = session.traits = undefined
  // Whatever is written from here on waits for whoever comes next.
  conversation.lost()
  conversation.outbox.abandon()
  for (const { clientMessageId } of conversation.state().outbox)
    void conversation.handle.discardMessage(clientMessageId)
  conversation.dispatch({ type: 'conversation.moved', conversationId: null, synced: false })
  await options.identity.forget?.().catch(() => {})
  await Promise.all([told, changeUser(port, undefined)])
}
