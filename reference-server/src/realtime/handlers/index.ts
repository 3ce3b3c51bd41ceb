import type { Command, CommandHandler } from './command.js'
import {
  endConversation,
  loadInbox,
  openConversation,
  startConversation,
  unwatchConversation,
  watchConversation,
} from './conversation-handlers.js'
import { loadHistory, markRead, sendMessage } from './message-handlers.js'
import { updateVisitor } from './visitor-handlers.js'

/** A command of a session that is ready. */
export type SessionCommand = Exclude<Command, { type: 'session.start' }>

/** One handler for each command; the compiler misses none. */
export type CommandHandlers = { readonly [T in SessionCommand['type']]: CommandHandler<T> }

export const COMMAND_HANDLERS: CommandHandlers = {
  'conversation.start': startConversation,
  'conversation.open': openConversation,
  'visitor.update': updateVisitor,
  'conversation.watch': watchConversation,
  'conversation.unwatch': unwatchConversation,
  'conversation.end': endConversation,
  'message.send': sendMessage,
  'message.markRead': markRead,
  'history.load': loadHistory,
  'inbox.load': loadInbox,
}
