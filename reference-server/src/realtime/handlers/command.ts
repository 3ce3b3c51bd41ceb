import type { Author, ClientFrame, ConversationSync, ServerFrame, SessionReady } from '@chatdesk/protocol'
import type { Actor } from '../../organizations/actor.js'
import type { RealtimeBackend } from '../backend.js'
import type { SessionPresence } from '../session-presence.js'
import type { Subscription } from '../subscription.js'

/** A frame that is answered (F4). */
export type Command = Extract<ClientFrame, { commandId: string }>

/** The answer to a command, and what becomes possible once it is sent. */
export interface Reply {
  frame: ServerFrame
  /** Runs right behind the sending, so that no live frame overtakes the answer. */
  sent?: () => void
}

/** What a handler may use: the actor that the server made, never what the frame says of its sender. */
export interface CommandContext {
  readonly actor: Actor
  readonly self: Author
  readonly backend: RealtimeBackend
  readonly subscriptions: Subscriptions
  readonly presence: SessionPresence
  /** Sends `inbox.changed` from now on; safe to call twice. */
  watchInbox(): void
  /** How the session stands. */
  ready(commandId: string, facts: Pick<SessionReady, 'conversations' | 'team'>): SessionReady
  /** Sends a frame, as text. */
  send(text: string): void
  /** Sends a heartbeat now. */
  beat(): void
}

/** The conversations that this connection is sent. */
export interface Subscriptions {
  /** Registers; replaces an earlier one of the same conversation. Throws `RATE_LIMITED` above the bound. */
  open(conversationId: string): Subscription
  /** Without effect when there is none. */
  close(conversationId: string): void
  has(conversationId: string): boolean
}

/** Handles one command. Throws a `ChatError` to refuse it; anything else that it throws is our fault. */
export type CommandHandler<T extends Command['type']> = (
  context: CommandContext,
  command: Extract<Command, { type: T }>,
) => Promise<Reply>

/** A positive `ack`. */
export function accept(command: Command, facts: { conversationId?: string; seq?: number } = {}): Reply {
  return { frame: { type: 'ack', commandId: command.commandId, ok: true, ...facts } }
}

/** Sends how these conversations stand, though nobody has asked (C2, C27): no command has this id. */
export function tell(session: Pick<CommandContext, 'ready' | 'send'>, conversations: ConversationSync[]): void {
  session.send(JSON.stringify(session.ready('', { conversations })))
}
