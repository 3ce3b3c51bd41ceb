import {
  type Author,
  ChatError,
  type ChatMessage,
  type ConversationStatus,
  type ConversationSummary,
  type ConversationSync,
  LIMITS,
  type LogEvent,
  type MessagePart,
  type ReadMarks,
  textOf,
} from '@chatdesk/protocol'
import { UNTOUCHED_BY_TEAM } from './builders.js'

type Entry = {
  author: Author
  parts: readonly MessagePart[]
  clientMessageId?: string | undefined
  seenSeq?: number | undefined
}

/** A conversation as a server keeps it, in memory. */
export interface TestLog {
  readonly id: string
  readonly events: readonly LogEvent[]
  readonly reads: ReadMarks
  /** Appends, or finds what was appended under the same client message id (Q3). */
  append(entry: Entry): { message: ChatMessage; appended: readonly LogEvent[] }
  changeStatus(status: ConversationStatus, author: Author, agent?: Author | null): LogEvent
  markRead(side: keyof ReadMarks, upToSeq: number): number
  sync(cursor?: { seq: number; eventId: string }): ConversationSync
  page(range: { beforeSeq?: number | undefined; afterSeq?: number | undefined; limit: number }): {
    events: LogEvent[]
    reachedStart: boolean
    headSeq: number
  }
  summary(): ConversationSummary
  /** Forgets everything above `seq`, as a restored backup does. */
  rewind(seq: number): void
}

/** C19: whether a colleague of this author has spoken behind what the author had seen. */
export function isOvertaken(events: readonly LogEvent[], author: Author, seenSeq: number | undefined): boolean {
  return events.some(
    (event) =>
      event.seq > (seenSeq ?? Number.POSITIVE_INFINITY) &&
      event.type === 'message.created' &&
      event.author.kind === 'agent' &&
      event.author.id !== author.id,
  )
}

/** Events get their ids from `nextId` and their times from `now`, in milliseconds since the epoch. */
export function createTestLog(id: string, visitor: Author, nextId: () => string, now: () => number): TestLog {
  let events: LogEvent[] = []
  let status: ConversationStatus = 'waiting'
  let agent: Author | null = null
  let version = 1
  const reads: ReadMarks = { visitor: 0, team: 0 }
  const createdAt = new Date(now()).toISOString()
  let updatedAt = createdAt
  const head = () => events.length

  function add<T extends object>(entry: T) {
    version += 1
    updatedAt = new Date(now()).toISOString()
    const event = { ...entry, id: nextId(), conversationId: id, seq: head() + 1, createdAt: updatedAt }
    events = [...events, event as unknown as LogEvent]
    return event
  }

  function changeStatus(next: ConversationStatus, author: Author, nextAgent: Author | null = agent): LogEvent {
    status = next
    agent = nextAgent
    return add({ type: 'conversation.changed' as const, author, status, agent })
  }

  return {
    id,
    get events() {
      return events
    },
    reads,
    append({ author, parts, clientMessageId, seenSeq }) {
      const known = events.find(
        (event): event is ChatMessage =>
          event.type === 'message.created' &&
          clientMessageId !== undefined &&
          event.clientMessageId === clientMessageId &&
          event.author.id === author.id,
      )
      if (known && JSON.stringify(known.parts) !== JSON.stringify(parts))
        throw new ChatError('ID_REUSED', 'This id stands for another message.')
      if (known) return { message: known, appended: [] }
      if (author.kind === 'agent' && isOvertaken(events, author, seenSeq))
        throw new ChatError('OVERTAKEN', 'A colleague has answered meanwhile.')
      const appended: LogEvent[] = []
      if (author.kind === 'agent' && agent === null) appended.push(changeStatus('assigned', author, author))
      if (author.kind === 'visitor' && status === 'resolved')
        appended.push(changeStatus(agent ? 'assigned' : 'waiting', author))
      const message = add({ type: 'message.created' as const, author, parts: [...parts], clientMessageId })
      return { message, appended: [...appended, message] }
    },
    changeStatus,
    markRead(side, upToSeq) {
      reads[side] = Math.max(reads[side], Math.min(upToSeq, head()))
      version += 1
      return reads[side]
    },
    sync(cursor) {
      const facts = { conversationId: id, status, agent, headSeq: head(), reads: { ...reads } }
      const held = cursor && events[cursor.seq - 1]?.id === cursor.eventId
      if (cursor && held && head() - cursor.seq <= LIMITS.replayWindow)
        return { ...facts, recovery: 'resumed', events: events.slice(cursor.seq), reachedStart: false }
      const from = Math.max(0, head() - LIMITS.freshWindow)
      return { ...facts, recovery: cursor ? 'gap' : 'fresh', events: events.slice(from), reachedStart: from === 0 }
    },
    page({ beforeSeq, afterSeq, limit }) {
      const end = beforeSeq === undefined ? head() : Math.min(head(), Math.max(0, beforeSeq - 1))
      const from = afterSeq ?? Math.max(0, end - limit)
      const page = afterSeq === undefined ? events.slice(from, end) : events.slice(from, from + limit)
      return { events: page, reachedStart: from === 0, headSeq: head() }
    },
    summary() {
      const messages = events.filter((event) => event.type === 'message.created')
      const last = messages.at(-1)
      return {
        id,
        version,
        status,
        visitor: { id: visitor.id as string, name: visitor.name ?? 'Visitor', identified: false },
        agent,
        headSeq: head(),
        unread: messages.filter(({ author, seq }) => author.kind === 'visitor' && seq > reads.team).length,
        lastMessage: last ? { author: last.author, text: textOf(last.parts), createdAt: last.createdAt } : null,
        waitingSince: status === 'waiting' ? createdAt : null,
        pageUrl: null,
        ...UNTOUCHED_BY_TEAM,
        createdAt,
        updatedAt,
      }
    },
    rewind(seq) {
      events = events.slice(0, seq)
    },
  }
}
