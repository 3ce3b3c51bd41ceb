export type { ChatClient } from './chat-client.js'
export type { ChatClientOptions } from './chat-client-options.js'
export type { ChatEventMap } from './chat-events.js'
export type { Forgotten } from './client/client-port.js'
export type { ConnectionState } from './connection-state.js'
export type {
  ChangeView,
  ConversationHandle,
  ConversationInfo,
  DeliveryState,
  EventSource,
  MessageView,
  TimelineEntry,
  TypingAuthor,
} from './conversation.js'
export { createChatClient } from './create-chat-client.js'
export type {
  Awaitable,
  Clock,
  IdentityProvider,
  KeyValueStorage,
  Transport,
  TransportClosure,
  TransportConnectOptions,
  TransportFactory,
  TransportStatus,
  Unsubscribe,
  VisitorIdentity,
  WakeSignals,
} from './ports.js'
export { createMemoryStorage } from './storage/memory-storage.js'
