import type { ChatError } from '@chatdesk/protocol'
import type { ConnectionState } from './connection-state.js'
import type { MessageView } from './conversation.js'

/** What a client tells its listeners. */
export interface ChatEventMap {
  /** A message of the other side arrived live, or one's own was confirmed; once each. */
  message: MessageView
  'connection.changed': ConnectionState
  error: ChatError
}
