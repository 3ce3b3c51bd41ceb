import type {
  Author,
  ChatMessage,
  ConversationChange,
  ConversationStatus,
  LogEvent,
  MessagePart,
} from '@chatdesk/protocol'

/** What the log stores of a message beside its columns. */
export interface MessageBody {
  author: Author
  parts: MessagePart[]
}

/** What the log stores of a change beside its columns. */
export interface ChangeBody {
  author: Author
  status: ConversationStatus
  agent: Author | null
}

interface EventFacts {
  conversationId: string
  seq: number
  id: string
  createdAt: string
}

/** A row of `events`, as a query answers with it in JSON: `createdAt` in any form that `Date` reads. */
export interface EventRow extends EventFacts {
  type: LogEvent['type']
  clientMessageId: string | null
  body: MessageBody | ChangeBody
}

/** A message as it travels. */
export function messageOf(facts: EventFacts, clientMessageId: string | null, body: MessageBody): ChatMessage {
  const { conversationId, seq, id, createdAt } = facts
  return {
    type: 'message.created',
    id,
    conversationId,
    seq,
    createdAt,
    author: body.author,
    ...(clientMessageId === null ? {} : { clientMessageId }),
    parts: body.parts,
  }
}

/** A change of status or agent as it travels. */
export function changeOf(facts: EventFacts, body: ChangeBody): ConversationChange {
  const { conversationId, seq, id, createdAt } = facts
  const { author, status, agent } = body
  return { type: 'conversation.changed', id, conversationId, seq, createdAt, author, status, agent }
}

/** An entry of the log as it travels. */
export function eventOf(row: EventRow): LogEvent {
  const facts = { ...row, createdAt: new Date(row.createdAt).toISOString() }
  return row.type === 'message.created'
    ? messageOf(facts, row.clientMessageId, row.body as MessageBody)
    : changeOf(facts, row.body as ChangeBody)
}
