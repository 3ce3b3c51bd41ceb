import type { TeamPresence, WidgetSettings } from '@chatdesk/protocol'
import type { ReadableAtom } from 'nanostores'
import type { ChatEventMap } from './chat-events.js'
import type { ClientPort } from './client/client-port.js'
import type { ConnectionState } from './connection-state.js'
import type { ConversationHandle, EventSource } from './conversation.js'

/** The headless client of one visitor on one page. */
export interface ChatClient extends ConversationHandle, EventSource<ChatEventMap> {
  readonly $connection: ReadableAtom<ConnectionState>
  /** Messages of the other side that the visitor has not read. */
  readonly $unreadCount: ReadableAtom<number>
  /** The widget as its owner set it up, and changes it; null until the session is open. */
  readonly $settings: ReadableAtom<WidgetSettings | null>
  /** Whether anybody of the team is there, and the agent in charge; null until the session is open. As of the last connection. */
  readonly $presence: ReadableAtom<TeamPresence | null>
  /** `memory` when the disk refuses: what is unsent is lost with the page. */
  readonly $persistence: ReadableAtom<'disk' | 'memory'>
  /** For the other entries of this package, such as `@chatdesk/core/visitor-actions`, which has whatever else a visitor may do. */
  readonly port: ClientPort
  /** The visitor has done something in the chat that this client cannot see, such as scrolling. Cheap: call it as often as you like. */
  noteActivity(): void
  /** Proves this session to the server's REST, as `createFileClient` asks for it; undefined until there is one. A secret. */
  getToken(): string | undefined
  /** Opens the session and connects; resolves when online for the first time, rejects when `failed`. Safe to call twice. */
  start(): Promise<void>
  /** Ends every timer, connection and listener; the outbox stays on disk. */
  dispose(): Promise<void>
}
