import { UNTOUCHED_BY_TEAM } from '@chatdesk/core/testing'
import {
  type Author,
  type ConversationStatus,
  type ConversationSummary,
  type LogEvent,
  type ReadMarks,
  textOf,
} from '@chatdesk/protocol'

/** A conversation with its log. */
export interface MemoryConversation {
  id: string
  organizationId: string
  sessionId: string
  status: ConversationStatus
  agent: Author | null
  log: LogEvent[]
  reads: ReadMarks
  version: number
  createdAt: string
}

/** Its row in the inbox. */
export function summaryOf(conversation: MemoryConversation): ConversationSummary {
  const { id, version, status, log, createdAt, reads } = conversation
  const last = log.filter((event) => event.type === 'message.created').at(-1)
  const lastMessage = last && { author: last.author, text: textOf(last.parts), createdAt: last.createdAt }
  const unread = log.filter((event) => event.seq > reads.team && event.author.kind === 'visitor').length
  return {
    id,
    version,
    status,
    visitor: { id: conversation.sessionId, name: 'Visitor', identified: false },
    agent: null,
    headSeq: log.length,
    unread,
    lastMessage: lastMessage ?? null,
    waitingSince: null,
    pageUrl: null,
    ...UNTOUCHED_BY_TEAM,
    createdAt,
    updatedAt: log.at(-1)?.createdAt ?? createdAt,
  }
}
