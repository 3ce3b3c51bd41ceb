import { isOvertaken, storedParts } from '@chatdesk/core/testing'
import {
  type Author,
  ChatError,
  type ChatMessage,
  type ConversationStatus,
  type ConversationSummary,
  type LogEvent,
  type ReadMarks,
  type SubmittedPart,
  textOf,
} from '@chatdesk/protocol'
import { type Actor, authorOf, type VisitorActor } from '@chatdesk/server/testing/realtime'

export const ORGANIZATION_ID = '00000000-0000-4000-9000-000000000001'
const WIDGET_ID = '00000000-0000-4000-9000-000000000002'
/** Tabs of this widget share a session (S12), those of any other are apart. */
export const SHARED_WIDGET_KEY = 'wk_shared'
const MONTH_MS = 30 * 24 * 3_600_000

/** A row of `conversations` with its events. */
export interface StoredConversation {
  readonly id: string
  readonly visitorId: string
  sessionId: string
  status: ConversationStatus
  agent: Author | null
  readonly log: LogEvent[]
  readonly reads: ReadMarks
  version: number
  /** When it got this version, in milliseconds since the epoch. */
  versionAt: number
  readonly createdAt: string
  updatedAt: string
}

interface StoredSession {
  actor: VisitorActor
  tabId: string | undefined
  shared: boolean
}

/** A message on its way into the log. */
export interface Draft {
  actor: Actor
  conversationId: string
  clientMessageId: string
  parts: readonly SubmittedPart[]
  seenSeq?: number | undefined
}

/** What became of a draft; `before` is the change of status that precedes the message (C3, C5). */
export type Appended =
  | { outcome: 'new'; message: ChatMessage; before: LogEvent | undefined }
  | { outcome: 'duplicate'; message: ChatMessage }
  | { outcome: 'refused'; error: ChatError }

/** The tables of the server, with its rules: each method is one transaction. */
export class LogStore {
  readonly conversations = new Map<string, StoredConversation>()
  readonly #sessions = new Map<string, StoredSession>()
  readonly #shared = new Set<string>()
  readonly #live = new Map<string, string>()
  readonly #visitors = new Map<string, string>()
  readonly #started = new Map<string, string>()
  readonly #messages = new Map<string, ChatMessage>()
  readonly #id: () => string
  readonly #now: () => number

  constructor(options: { id: () => string; now: () => number }) {
    this.#id = options.id
    this.#now = options.now
  }

  /** S4, S12. */
  openSession(claim: {
    widgetKey?: string
    token?: string | undefined
    tabId?: string | undefined
    visitorToken?: string | undefined
  }) {
    const shared = claim.widgetKey === SHARED_WIDGET_KEY
    const known = this.#sessions.get(claim.token ?? '')
    if (known && (shared || known.tabId === claim.tabId))
      return { token: claim.token as string, visitorToken: claim.visitorToken ?? '', actor: known.actor }
    const knownVisitor = this.#visitors.get(claim.visitorToken ?? '')
    const visitorId = knownVisitor ?? this.#id()
    const visitorToken = knownVisitor ? (claim.visitorToken as string) : `vt_${this.#id()}`
    this.#visitors.set(visitorToken, visitorId)
    const token = `vs_${shared ? visitorToken : this.#id()}`
    const earlier = this.#sessions.get(token)
    if (earlier) return { token, visitorToken, actor: earlier.actor }
    const actor: VisitorActor = {
      kind: 'visitor',
      organizationId: ORGANIZATION_ID,
      widgetId: WIDGET_ID,
      visitorId,
      sessionId: this.#id(),
      name: 'Visitor',
      expiresAt: new Date(this.#now() + MONTH_MS),
    }
    this.#sessions.set(token, { actor, tabId: claim.tabId, shared })
    if (shared) this.#shared.add(actor.sessionId)
    return { token, visitorToken, actor }
  }

  session(token: string, tabId: string | undefined): VisitorActor {
    const session = this.#sessions.get(token)
    if (!session || !(session.shared || session.tabId === tabId))
      throw new ChatError('UNAUTHENTICATED', 'Unknown token.')
    return session.actor
  }

  /** Of the named conversations those of the session, and at the end the one that it shows (C10). */
  conversationsOf({ sessionId }: VisitorActor, named: readonly string[]): string[] {
    const live = this.liveOf(sessionId)
    const isOwn = (id: string) => id !== live && this.conversations.get(id)?.sessionId === sessionId
    return [...named.filter(isOwn), ...(live === undefined ? [] : [live])]
  }

  /** The conversation that a session shows. */
  liveOf(sessionId: string): string | undefined {
    const own = [...this.conversations.values()].filter((one) => one.sessionId === sessionId).map(({ id }) => id)
    const live = this.#live.get(sessionId)
    return live !== undefined && own.includes(live) ? live : own.at(-1)
  }

  /** C10. */
  open(actor: VisitorActor, conversationId: string): void {
    this.#live.set(actor.sessionId, this.find(actor, conversationId).id)
  }

  /** C1. */
  find(actor: Actor, conversationId: string): StoredConversation {
    const conversation = this.conversations.get(conversationId)
    if (!conversation || (actor.kind === 'visitor' && conversation.sessionId !== actor.sessionId))
      throw new ChatError('NOT_FOUND', 'No such conversation.')
    return conversation
  }

  /** C2, C7, C9. */
  start(actor: VisitorActor, clientConversationId: string, after: string | undefined): StoredConversation {
    const live = this.liveOf(actor.sessionId)
    if (after !== undefined && (this.find(actor, after).log.length === 0 || live !== after))
      return this.find(actor, live ?? after)
    const isFirst = after === undefined && this.#shared.has(actor.sessionId)
    const key = `${actor.visitorId} ${isFirst ? actor.sessionId : clientConversationId}`
    const earlier = this.conversations.get(this.#started.get(key) ?? '')
    if (earlier) {
      earlier.sessionId = actor.sessionId
      return isFirst || after !== undefined ? this.find(actor, live ?? earlier.id) : earlier
    }
    const createdAt = this.#timestamp()
    const conversation: StoredConversation = {
      id: this.#id(),
      visitorId: actor.visitorId,
      sessionId: actor.sessionId,
      status: 'waiting',
      agent: null,
      log: [],
      reads: { visitor: 0, team: 0 },
      version: 1,
      versionAt: this.#now(),
      createdAt,
      updatedAt: createdAt,
    }
    this.#started.set(key, conversation.id)
    this.conversations.set(conversation.id, conversation)
    this.#live.set(actor.sessionId, conversation.id)
    return conversation
  }

  /** Q1, Q3, C19. */
  append({ actor, conversationId, clientMessageId, parts: submitted, seenSeq }: Draft): Appended {
    const parts = storedParts(submitted)
    const conversation = this.conversations.get(conversationId)
    if (!conversation || (actor.kind === 'visitor' && conversation.sessionId !== actor.sessionId))
      return { outcome: 'refused', error: new ChatError('NOT_FOUND', 'No such conversation.') }
    const author = authorOf(actor)
    const earlier = this.findRepeat(author, clientMessageId)
    if (earlier?.conversationId === conversationId && JSON.stringify(earlier.parts) === JSON.stringify(parts))
      return { outcome: 'duplicate', message: earlier }
    if (earlier) return { outcome: 'refused', error: new ChatError('ID_REUSED', 'Used for another message.') }
    if (actor.kind === 'member' && isOvertaken(conversation.log, author, seenSeq))
      return { outcome: 'refused', error: new ChatError('OVERTAKEN', 'A colleague has answered meanwhile.') }
    const before = actor.kind === 'member' && !conversation.agent ? this.#assign(conversation, author) : undefined
    const message = { ...this.#facts(conversation, author), type: 'message.created', clientMessageId, parts } as const
    const stored: ChatMessage = { ...message, parts: [...parts] }
    this.#messages.set(`${author.id} ${clientMessageId}`, stored)
    this.#add(conversation, stored)
    return { outcome: 'new', message: stored, before }
  }

  /** H2; whether it moved. */
  markRead(actor: Actor, conversationId: string, upToSeq: number): StoredConversation | undefined {
    const conversation = this.find(actor, conversationId)
    const reader = actor.kind === 'visitor' ? 'visitor' : 'team'
    const mark = Math.min(upToSeq, conversation.log.length)
    if (mark <= conversation.reads[reader]) return undefined
    conversation.reads[reader] = mark
    this.#touch(conversation)
    return conversation
  }

  changedWithin(milliseconds: number): StoredConversation[] {
    const since = this.#now() - milliseconds
    return [...this.conversations.values()].filter(({ versionAt }) => versionAt >= since)
  }

  summary(conversation: StoredConversation): ConversationSummary {
    const { id, version, status, agent, log, createdAt, updatedAt, reads, visitorId } = conversation
    const messages = log.filter((event) => event.type === 'message.created')
    const last = messages.at(-1)
    return {
      id,
      version,
      status,
      visitor: { id: visitorId, name: 'Visitor', identified: false },
      agent,
      headSeq: log.length,
      unread: messages.filter((event) => event.seq > reads.team && event.author.kind === 'visitor').length,
      lastMessage: last ? { author: last.author, text: textOf(last.parts), createdAt: last.createdAt } : null,
      waitingSince: null,
      pageUrl: null,
      widgetId: '01980000-0000-7000-8000-00000000000c',
      priority: 'normal',
      tagIds: [],
      departmentId: null,
      snoozedUntil: null,
      notes: 0,
      createdAt,
      updatedAt,
    }
  }

  /** The unique key of `events`. */
  protected findRepeat(author: Author, clientMessageId: string): ChatMessage | undefined {
    return this.#messages.get(`${author.id} ${clientMessageId}`)
  }

  #assign(conversation: StoredConversation, author: Author): LogEvent {
    conversation.status = 'assigned'
    conversation.agent = author
    const event: LogEvent = {
      ...this.#facts(conversation, author),
      type: 'conversation.changed',
      status: 'assigned',
      agent: author,
    }
    this.#add(conversation, event)
    return event
  }

  #facts({ id, log }: StoredConversation, author: Author) {
    return { id: this.#id(), conversationId: id, seq: log.length + 1, createdAt: this.#timestamp(), author }
  }

  #add(conversation: StoredConversation, event: LogEvent): void {
    conversation.log.push(event)
    conversation.updatedAt = event.createdAt
    this.#touch(conversation)
  }

  #touch(conversation: StoredConversation): void {
    conversation.version += 1
    conversation.versionAt = this.#now()
  }

  #timestamp(): string {
    return new Date(this.#now()).toISOString()
  }
}
