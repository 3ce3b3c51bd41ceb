import type {
  Author,
  ChatError,
  ChatMessage,
  ClientFrame,
  ConversationStatus,
  MessagePart,
  ServerFrame,
  WidgetSettings,
} from '@chatdesk/protocol'
import type { Clock, TransportClosure, TransportFactory } from '../ports.js'
import type { TestLog } from './test-log.js'
import type { TestVisitorRecord } from './test-visitor-routes.js'

/** Options of `createTestServer`. */
export interface TestServerOptions {
  clock?: Clock
  settings?: Partial<WidgetSettings>
  /** Who an agent's ticket stands for. */
  agent?: Author
  /** Milliseconds; the server itself beats only when it is told to. */
  heartbeatMs?: number
}

/** Where something happens when there is more than one conversation; the newest otherwise. */
export interface InConversation {
  conversationId?: string
}

/**
 * A ChatDesk server in memory, for tests and stories: it keeps logs, answers commands and tells every client that is
 * concerned, as `SPEC.md` says. Clients of both kinds may use one server and talk to each other.
 */
export interface TestServer {
  /** For the clients' `transports`. */
  readonly transport: TransportFactory
  /** For the visitor's client: answers what visitors ask by REST, and the widget's public settings. */
  readonly fetch: typeof globalThis.fetch
  /** For the agent's client. */
  readonly getTicket: () => Promise<string>
  /** What came of what visitors have asked for by REST. */
  readonly asked: TestVisitorRecord
  /** Every frame from every client, in order; one that breaks the protocol is refused as a server would. */
  readonly received: readonly ClientFrame[]
  /** Open connections. */
  readonly connections: number
  /** The newest conversation's log, or that of the given id. Throws when there is none. */
  log(conversationId?: string): TestLog
  /** Makes a conversation that the visitor finds on arrival. */
  startConversation(): TestLog
  /** In words, or by any one part. */
  agentSays(words: string | MessagePart, where?: InConversation): ChatMessage
  visitorSays(words: string | MessagePart, where?: InConversation): ChatMessage
  types(author: 'agent' | 'visitor', active: boolean, where?: InConversation & { draft?: string }): void
  reads(side: 'visitor' | 'team', where?: InConversation): void
  changeStatus(status: ConversationStatus, where?: InConversation): void
  /** As its owner does it (G1). */
  changeWidget(settings: Partial<WidgetSettings>): void
  heartbeat(): void
  /** Sends any frame to every connection. */
  push(frame: ServerFrame): void
  /** Ends every connection; as a broken network unless told otherwise. */
  drop(closure?: TransportClosure): void
  /** Whether clients can reach it. Going away ends every connection. */
  setReachable(reachable: boolean): void
  /** Tokens given out so far are worth nothing from now on. */
  revokeTokens(): void
  /** Refuses the next command of this type, or the next `times`. `session.start` ends the connection as well. */
  refuse(type: ClientFrame['type'], error: ChatError, times?: number): void
  /** Takes commands of this type without doing anything, until the returned function lets them all happen in their order. */
  hold(type: ClientFrame['type']): () => void
  /** Does these commands, and loses the answers and what would be told of them, until the returned function is called. */
  loseAnswers(): () => void
}
