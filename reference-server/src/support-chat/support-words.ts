import {
  type ChatMessage,
  type ConversationStatus,
  type ConversationSummary,
  type SupportMessage,
  type SupportSession,
  textOf,
} from '@chatdesk/protocol'

/** How far both sides have read. */
export interface ReadSeqs {
  visitor: number
  team: number
}

/** While nobody of the team is asked for, the session is at work: with the assistant, or with an agent. */
const STATUS: Record<ConversationStatus, SupportSession['status']> = {
  open: 'ACTIVE',
  waiting: 'WAITING',
  assigned: 'ACTIVE',
  resolved: 'ENDED',
}

/** A conversation in the words of `/api/support/chat`; `userId`: the visitor's id at the site, where it is proved. */
export function supportSessionOf(conversation: ConversationSummary, userId: string | null): SupportSession {
  const { id, status, visitor, agent, priority, createdAt, updatedAt } = conversation
  return {
    id,
    status: STATUS[status],
    userId,
    userName: visitor.name,
    agentId: agent?.id ?? null,
    agentName: agent?.name ?? null,
    priority,
    createdAt,
    updatedAt,
  }
}

/** What a user is told of their own session: the team's priority is not theirs (C18). */
export function forUser({ priority: _, ...session }: SupportSession): SupportSession {
  return session
}

const SENDER = { visitor: 'user', agent: 'agent', assistant: 'ai', system: 'system' } as const

/** A message in the words of `/api/support/chat`. */
export function supportMessageOf(message: ChatMessage, userId: string | null, reads: ReadSeqs): SupportMessage {
  const { id, conversationId, seq, author, parts, createdAt } = message
  const senderIds = {
    visitor: userId ?? author.id ?? null,
    agent: author.id ?? null,
    assistant: 'AI_ASSISTANT',
    system: null,
  }
  return {
    id,
    sessionId: conversationId,
    seq,
    senderId: senderIds[author.kind],
    senderName: author.name ?? null,
    senderType: SENDER[author.kind],
    content: textOf(parts),
    isRead: seq <= (author.kind === 'visitor' ? reads.team : reads.visitor),
    createdAt,
  }
}
