import type {
  Author,
  ChatMessage,
  ConversationChange,
  ConversationSummary,
  ConversationSync,
  MessagePart,
  SubmittedPart,
  WidgetSettings,
} from '@chatdesk/protocol'

/** A server's id with `number` in it. */
export function serverId(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
}

/** The conversation of builders that are told of no other. */
export const CONVERSATION_ID = serverId(0xc0)
/** An agent. */
export const AGENT: Author = { kind: 'agent', id: serverId(0xa1), name: 'Asha' }
/** A visitor. */
export const VISITOR: Author = { kind: 'visitor', id: serverId(0xb1), name: 'Visitor' }

/** A message in a log; an agent's unless told otherwise. `text` stands for one part. */
export function message(over: Partial<ChatMessage> & { text?: string } = {}): ChatMessage {
  const { text = `message ${over.seq ?? 1}`, ...fields } = over
  const seq = fields.seq ?? 1
  return {
    type: 'message.created',
    id: serverId(0x1000 + seq),
    conversationId: CONVERSATION_ID,
    seq,
    createdAt: new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString(),
    author: AGENT,
    parts: [{ type: 'text', text }],
    ...fields,
  }
}

/** Parts as a server stores them that takes every file for ready, and for the same. */
export function storedParts(parts: readonly SubmittedPart[]): MessagePart[] {
  return parts.map((part) =>
    part.type === 'file'
      ? { ...part, text: 'file.pdf', name: 'file.pdf', mediaType: 'application/pdf', sizeBytes: 1000 }
      : part,
  )
}

/** A change of status or agent in a log. */
export function change(over: Partial<ConversationChange> = {}): ConversationChange {
  const { id, conversationId, seq, createdAt, author } = message(over.seq === undefined ? {} : { seq: over.seq })
  const entry = { id, conversationId, seq, createdAt, author }
  return { type: 'conversation.changed', ...entry, status: 'assigned', agent: AGENT, ...over }
}

/** A conversation brought up to date; `headSeq` is the last event's unless told otherwise. */
export function sync(over: Partial<ConversationSync> = {}): ConversationSync {
  return {
    conversationId: CONVERSATION_ID,
    status: 'waiting',
    agent: null,
    recovery: 'fresh',
    headSeq: over.events?.at(-1)?.seq ?? 0,
    events: [],
    reachedStart: true,
    reads: { visitor: 0, team: 0 },
    ...over,
  }
}

/** A widget's settings. */
export function widgetSettings(over: Partial<WidgetSettings> = {}): WidgetSettings {
  return {
    key: 'wk_demo',
    name: 'Demo',
    primaryColor: '#4f46e5',
    position: 'bottom-right',
    greeting: 'Hello! How can we help?',
    tabs: 'isolated',
    version: 'first',
    ...over,
  }
}

/** Of an inbox row: what nobody of the team has touched. */
export const UNTOUCHED_BY_TEAM = {
  widgetId: '01980000-0000-7000-8000-00000000000c',
  priority: 'normal',
  tagIds: [],
  departmentId: null,
  snoozedUntil: null,
  notes: 0,
} satisfies Partial<ConversationSummary>
