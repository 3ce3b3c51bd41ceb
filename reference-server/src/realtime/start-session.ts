import {
  ChatError,
  type ConversationSync,
  PROTOCOL_VERSION,
  type SessionStart,
  type TeamPresence,
} from '@chatdesk/protocol'
import type { Actor } from '../organizations/actor.js'
import type { RealtimeBackend } from './backend.js'
import type { CommandContext } from './handlers/command.js'
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

/** Brings a visitor up to date: with its conversations (R1 to R5), and with the team's presence (P3). A cursor of any other conversation is not even looked at (R6). */
export async function resume(
  context: Pick<CommandContext, 'actor' | 'backend' | 'subscriptions' | 'presence'>,
  start: SessionStart,
): Promise<{ conversations: ConversationSync[]; team?: TeamPresence | undefined; sent: () => void }> {
  const { actor, backend } = context
  if (actor.kind !== 'visitor') return { conversations: [], sent: () => {} }
  const named = start.cursors.map(({ conversationId }) => conversationId)
  const ids = (await backend.conversationsOf(actor, named)).slice(-MOST_RESUMED)
  const opened = await Promise.all(
    ids.map((conversationId) => subscribe(context, { conversationId, cursor: cursorOf(start, conversationId) })),
  )
  return {
    conversations: opened.map(({ sync }) => sync),
    team: await context.presence.team(opened.at(-1)?.sync.agent?.id),
    sent: () => {
      for (const { start } of opened) start()
    },
  }
}

/** One of which nothing is held yet is read as without a cursor (R2). */
function cursorOf({ cursors }: SessionStart, conversationId: string): { seq: number; eventId: string } | undefined {
  const { seq, eventId } = cursors.find((cursor) => cursor.conversationId === conversationId) ?? {}
  return seq === undefined || eventId === undefined ? undefined : { seq, eventId }
}
