import type {
  ChatError,
  InitResponse,
  TeamPresence,
  VisitorTraits,
  VisitorUser,
  WidgetSettings,
} from '@chatdesk/protocol'
import type { ReadableAtom } from 'nanostores'
import type { ClientPort } from './client/client-port.js'
import type { ConnectionState } from './connection-state.js'
import type { ConversationHandle, EventSource, MessageView } from './conversation.js'
import type { Awaitable, Clock, IdentityProvider, KeyValueStorage, TransportFactory, WakeSignals } from './ports.js'

/** Proof of who the visitor is at the site, or what asks for it; undefined: nobody is signed in there. */
export type UserProof = VisitorUser | (() => Awaitable<VisitorUser | undefined>) | undefined

/** Options of `createChatClient`. */
export interface ChatClientOptions {
  /** Address of the server's mount point. Plain `http:` is refused but for loopback addresses (threat 41). */
  url: string
  widgetKey: string
  identity: IdentityProvider
  /** In order of preference; no hidden default. */
  transports: readonly TransportFactory[]
  /** Holds the outbox; memory when absent. */
  storage?: KeyValueStorage | undefined
  /** The page that the visitor is on, told to the server at the start. */
  page?: (() => { url?: string; referrer?: string }) | undefined
  /**
   * Proof of who the visitor is at the site (S13); undefined when nobody is signed in there. A function is asked whenever the
   * session is opened or renewed: once a day at least, and a token lasts for an hour.
   */
  user?: UserProof
  /** What the page says of the visitor: shown to agents as unproved. */
  traits?: VisitorTraits | undefined
  /** How long the visitor may do nothing in the chat before the server is told, in milliseconds; 0: it is never told. Default 5 minutes. */
  inactivityMs?: number | undefined
  wakeSignals?: WakeSignals | undefined
  /** Told of each answer of `init`, before the first transport is made: the server's word may choose it. */
  onSession?: ((session: Pick<InitResponse, 'sessionId' | 'widget'>) => Awaitable<void>) | undefined
  clock?: Clock | undefined
  /** Makes ids: 8 to 64 characters of `A-Za-z0-9_-`, unguessable. */
  generateId?: (() => string) | undefined
  fetch?: typeof globalThis.fetch | undefined
  /** Uniform in [0, 1), for the jitter of the back-off. */
  random?: (() => number) | undefined
}

/** What a client tells its listeners. */
export interface ChatEventMap {
  /** A message of the other side arrived live, or one's own was confirmed; once each. */
  message: MessageView
  'connection.changed': ConnectionState
  error: ChatError
}

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
