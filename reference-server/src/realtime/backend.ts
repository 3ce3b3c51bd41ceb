import type {
  ChatMessage,
  ConversationSummary,
  ConversationSync,
  LogEvent,
  ReadMarks,
  SessionStart,
  SubmittedPart,
  Viewer,
  VisitorFacts,
  WireError,
} from '@chatdesk/protocol'
import type { Actor, MemberActor, VisitorActor } from '../organizations/actor.js'

/** Something that was committed. For one conversation, changes are told in the order of their commits. */
export interface Change {
  organizationId: string
  conversationId: string
  /** New events of the log, ascending and without a hole; empty when only marks or summary facts moved, or nothing did. */
  events: readonly LogEvent[]
  /** Known to be in the log; what a subscriber lacks up to here, it is sent. */
  headSeq: number
  /** Present when a read mark moved. */
  reads?: ReadMarks
  /** Present when its visitor has said that a message of the assistant's did not help (J2). */
  unhelpful?: true
  /** Present when it was begun past the visitor's page: in this session, which may be connected (C27). */
  beganIn?: string
}

/** A session in which somebody other than its visitor has begun a conversation. */
export interface BegunSession {
  organizationId: string
  sessionId: string
}

/** How far a log is known. */
export interface KnownLog {
  organizationId: string
  conversationId: string
  headSeq: number
  reads: ReadMarks
}

/** Which widget. */
export interface WidgetId {
  organizationId: string
  widgetId: string
}

/** A widget as its visitors' connections need it. */
export interface WidgetState {
  /** Another one after each write. */
  mark: string
  /** G1. */
  version: string
  /** Why a page of this origin may not use it (G2, S7); undefined when it may. */
  refusalOf(origin: string | undefined): WireError | undefined
}

/** A widget that was written; `state` is null when it is gone. */
export interface ChangedWidget extends WidgetId {
  state: WidgetState | null
}

/**
 * What the realtime layer asks of the features. Every method authorises by the policy table and throws a `ChatError`
 * (`NOT_FOUND`, `FORBIDDEN`, `UNAUTHENTICATED`, `FORBIDDEN_ORIGIN`, `ID_REUSED`, …) when it refuses.
 */
export interface RealtimeBackend {
  /** Turns the first frame and the upgrade's `Origin` header into an actor (S4, S7). */
  authenticate(start: SessionStart, origin: string | undefined): Promise<Actor>
  /** Of the named conversations those that this session owns, and at the end the one that it shows (C10). */
  conversationsOf(actor: VisitorActor, named: readonly string[]): Promise<string[]>
  /** C2, C9. */
  startConversation(
    actor: VisitorActor,
    input: { clientConversationId: string; after?: string | undefined },
  ): Promise<{ conversationId: string }>
  /** C10. */
  openConversation(actor: VisitorActor, input: { conversationId: string }): Promise<void>
  /** V1. */
  updateVisitor(actor: VisitorActor, facts: VisitorFacts): Promise<void>
  /** C4. */
  endConversation(actor: Actor, input: { conversationId: string }): Promise<void>
  /** Appends and resolves after the commit (Q2, Q3, C19). */
  appendMessage(
    actor: Actor,
    input: {
      conversationId: string
      clientMessageId: string
      parts: readonly SubmittedPart[]
      /** Of a visitor without effect (C19). */
      seenSeq?: number | undefined
    },
  ): Promise<ChatMessage>
  /** H2; clamps to the head. */
  markRead(actor: Actor, input: { conversationId: string; upToSeq: number }): Promise<void>
  /** The visitor has given a sign of itself, other than a message (N3). */
  noteVisitorSign(actor: VisitorActor, input: { conversationId: string }): Promise<void>
  /** H1. */
  loadHistory(
    actor: Actor,
    input: { conversationId: string; beforeSeq?: number | undefined; afterSeq?: number | undefined; limit: number },
  ): Promise<{ events: LogEvent[]; reachedStart: boolean; headSeq: number }>
  /** R1 to R4, read in one snapshot. */
  syncConversation(
    actor: Actor,
    input: { conversationId: string; cursor?: { seq: number; eventId: string } | undefined },
  ): Promise<ConversationSync>
  /** I1. */
  loadInbox(
    actor: MemberActor,
    input: { limit: number; cursor?: string | undefined },
  ): Promise<{ conversations: ConversationSummary[]; nextCursor: string | null }>
  /** The inbox rows of these conversations, for `inbox.changed`. */
  loadSummaries(organizationId: string, conversationIds: readonly string[]): Promise<ConversationSummary[]>
  /** What these members of an organization are called. */
  loadMemberNames(organizationId: string, memberIds: readonly string[]): Promise<Viewer[]>
  /** What lies in the logs beyond what is known of them, whoever wrote it: the oldest events of each, all marks, the true head. */
  loadChanges(known: readonly KnownLog[]): Promise<Change[]>
  /** All inbox rows of these organizations that changed within the last so many milliseconds, and perhaps some that changed before. */
  loadVersions(
    organizationIds: readonly string[],
    withinMs: number,
  ): Promise<{ organizationId: string; conversationId: string; version: number }[]>
  /** Where the team of these organizations has begun a conversation within the last so many milliseconds, and perhaps before. */
  loadBegun(organizationIds: readonly string[], withinMs: number): Promise<BegunSession[]>
  /** Whether this actor's credential still stands, and these conversations, which it is sent, are still its to read; asked at every heartbeat. */
  isStillValid(actor: Actor, conversationIds: readonly string[]): Promise<boolean>
  /** Those of these members whose sign-in stands unchanged; asked every few seconds, for all connections at once. */
  findStandingMembers(actors: readonly MemberActor[]): Promise<ReadonlySet<MemberActor>>
  /** What is committed in this process. */
  onChange(listener: (change: Change) => void): () => void
  /** Of these widgets those that have another mark than this; every one has another than the empty one. */
  loadWidgets(known: readonly (WidgetId & { mark: string })[]): Promise<ChangedWidget[]>
  /** Widgets that were changed, or deleted, in this process. */
  onWidgetChange(listener: (widget: WidgetId) => void): () => void
  /** Whether any widget lets this origin in. */
  isKnownOrigin(origin: string): Promise<boolean>
}
