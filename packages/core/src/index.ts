export type { ChatClient, ChatClientOptions, ChatEventMap } from './chat-client.js'
export type { ConnectionState } from './connection-state.js'
export type {
  ChangeView,
  ConversationHandle,
  ConversationInfo,
  DeliveryState,
  EventSource,
  MessageView,
  TimelineEntry,
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
