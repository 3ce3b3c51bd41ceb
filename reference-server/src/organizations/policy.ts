import { ChatError, type MemberRole } from '@chatdesk/protocol'
import type { Actor, MemberActor } from './actor.js'

/** Who may do what. A new action is refused to everybody until it stands here. */
const POLICY = {
  'conversation.start': ['visitor'],
  'conversation.read': ['visitor', 'super_admin', 'client_admin', 'agent', 'client_user'],
  'conversation.end': ['visitor', 'super_admin', 'client_admin', 'agent'],
  'message.send': ['visitor', 'super_admin', 'client_admin', 'agent'],
  'message.markRead': ['visitor', 'super_admin', 'client_admin', 'agent'],
  'inbox.read': ['super_admin', 'client_admin', 'agent', 'client_user'],
} as const satisfies Record<string, readonly ('visitor' | MemberRole)[]>

/** Something that can be done. */
export type Action = keyof typeof POLICY

/** Whether the table allows it; whose conversation it is, is the query's question (C1). */
export function isAllowed(actor: Actor, action: Action): boolean {
  const who = actor.kind === 'visitor' ? 'visitor' : actor.role
  return (POLICY[action] as readonly string[]).includes(who)
}

/** Throws `FORBIDDEN` unless the table allows it (C6). */
export function authorize(actor: Actor, action: Action): void {
  if (!isAllowed(actor, action)) throw new ChatError('FORBIDDEN', `Your role does not allow ${action}.`)
}

/** As `authorize`, for what only members do. */
export function authorizeMember(actor: Actor, action: Action): asserts actor is MemberActor {
  authorize(actor, action)
  if (actor.kind !== 'member') throw new ChatError('FORBIDDEN', `Only members may ${action}.`)
}

/** The session that must own a conversation for this actor to reach it; null: any of its organization. */
export function ownerSessionOf(actor: Actor): string | null {
  return actor.kind === 'visitor' ? actor.sessionId : null
}
