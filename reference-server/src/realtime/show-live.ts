import { type CommandContext, tell } from './handlers/command.js'
import { subscribe } from './handlers/conversation-handlers.js'

/** A session, as far as it is shown something. */
export interface ShownSession
  extends Pick<CommandContext, 'actor' | 'backend' | 'subscriptions' | 'presence' | 'ready' | 'send'> {
  /** Those that it is sent. */
  readonly conversationIds: readonly string[]
  has(conversationId: string): boolean
}

/**
 * C27: sends a visitor the conversation that is live, if it is not sent it yet, with what it has been shown so far before it:
 * a client with something on its way there stays until that has arrived (C12).
 */
export async function showLive(session: ShownSession): Promise<void> {
  const { actor, backend } = session
  if (actor.kind !== 'visitor') return
  const shown = session.conversationIds.at(-1)
  const live = (await backend.conversationsOf(actor, [])).at(-1)
  if (live === undefined || session.has(live)) return
  const before = shown === undefined ? [] : [await backend.syncConversation(actor, { conversationId: shown })]
  // It may have been shown meanwhile: by its own command, or by another look.
  if (session.has(live)) return
  const { sync, start } = await subscribe(session, { conversationId: live })
  tell(session, [...before, sync])
  start()
}
