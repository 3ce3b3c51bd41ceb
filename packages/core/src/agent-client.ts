import type { Author, ConversationSummary, Viewer, VisitorPresence } from '@chatdesk/protocol'
import type { ReadableAtom } from 'nanostores'
import type { ChatEventMap } from './chat-events.js'
import type { OtherTabs } from './client/agent-outboxes.js'
import type { ConnectionState } from './connection-state.js'
import type { ConversationHandle, EventSource } from './conversation.js'
import type { Clock, KeyValueStorage, TransportFactory, WakeSignals } from './ports.js'

/** Options of `createAgentClient`. */
export interface AgentClientOptions {
  url: string
  /** Fetches a single-use ticket; called once for each attempt. Rejects with `UNAUTHENTICATED` when signed out. */
  getTicket: () => Promise<string>
  transports: readonly TransportFactory[]
  /** Holds the outbox; memory when absent. */
  storage?: KeyValueStorage | undefined
  /** Names whose outbox it is, where one member has several: as a guest of another organization. Else the member's id does. */
  account?: string | undefined
  /** Absent: what a tab has left when it goes waits for that tab. */
  otherTabs?: OtherTabs | undefined
  /** Names this tab in the keys of the outbox, so that two tabs of one agent do not send each other's messages. */
  tabId?: string | undefined
  wakeSignals?: WakeSignals | undefined
  clock?: Clock | undefined
  generateId?: (() => string) | undefined
  random?: (() => number) | undefined
}

/** A conversation that an agent has open. */
export interface AgentConversation extends ConversationHandle {
  readonly conversationId: string
  /** Whether the visitor is there; null while that cannot be known. */
  readonly $presence: ReadableAtom<VisitorPresence | null>
  /** Which colleagues watch it who may answer; whether they type, `$typing` says. Nobody while that cannot be known. */
  readonly $viewers: ReadableAtom<readonly Viewer[]>
  /** There is no such conversation, or none any more. */
  readonly $missing: ReadableAtom<boolean>
  /** Stops watching; the outbox goes on until it is empty. */
  close(): void
}

/** The headless client of one agent: an inbox, and as many open conversations as wanted. */
export interface AgentClient extends EventSource<ChatEventMap> {
  readonly $connection: ReadableAtom<ConnectionState>
  /** Who the server takes us for; null until online. */
  readonly $self: ReadableAtom<Author | null>
  /** Every known row, most recently changed first. */
  readonly $inbox: ReadableAtom<readonly ConversationSummary[]>
  /** `hasMore`: older rows are on the server · `loaded`: a first page has come. */
  readonly $inboxState: ReadableAtom<{ loaded: boolean; hasMore: boolean }>
  start(): Promise<void>
  /** Appends the next page to `$inbox`. */
  loadMoreInbox(): Promise<void>
  /** Adds rows to `$inbox` that came another way, as answers to requests; one that is held at a higher version stays. */
  takeRows(rows: readonly ConversationSummary[]): void
  /** Opens a conversation; the same id twice gives the same handle. */
  openConversation(conversationId: string): AgentConversation
  /** How many messages of this agent are in no log, in whatever tab of this browser they were written. */
  countUnsent(): Promise<number>
  /** Gives them up, and leaves nothing of them in this browser. */
  forgetUnsent(): Promise<void>
  dispose(): Promise<void>
}
