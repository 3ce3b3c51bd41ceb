import { ChatError, type ConversationSync, PROTOCOL_VERSION, type SessionStart } from '@chatdesk/protocol'
import type { Actor } from '../organizations/actor.js'
import type { RealtimeBackend } from './backend.js'
import type { Subscriptions } from './handlers/command.js'
import { subscribe } from './handlers/conversation-handlers.js'

/** As many as session.start has room for cursors; a session that started more still gets in, and watches the others. */
const MOST_RESUMED = 50

/** Who is there, by the first frame and the upgrade's origin (S2, S4, S7). Throws what refuses it. */
export async function authenticate(
  backend: RealtimeBackend,
  start: SessionStart,
  origin: string | undefined,
): Promise<Actor> {
  if (start.protocolVersion > PROTOCOL_VERSION)
    throw new ChatError('UNSUPPORTED_VERSION', `This server speaks version ${PROTOCOL_VERSION}.`)
  return await backend.authenticate(start, origin)
}

/** Brings a visitor's conversations up to date (R1 to R5). A cursor of any other conversation is not even looked at (R6). */
export async function resume(
  context: { actor: Actor; backend: RealtimeBackend; subscriptions: Subscriptions },
  start: SessionStart,
): Promise<{ conversations: ConversationSync[]; sent: () => void }> {
  const { actor, backend } = context
  if (actor.kind !== 'visitor') return { conversations: [], sent: () => {} }
  const ids = (await backend.conversationsOf(actor)).slice(-MOST_RESUMED)
  const opened = await Promise.all(
    ids.map((conversationId) =>
      subscribe(context, {
        conversationId,
        cursor: start.cursors.find((cursor) => cursor.conversationId === conversationId),
      }),
    ),
  )
  return {
    conversations: opened.map(({ sync }) => sync),
    sent: () => {
      for (const { start } of opened) start()
    },
  }
}
