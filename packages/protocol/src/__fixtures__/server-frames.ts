import type {
  Author,
  ChatMessage,
  ConversationChange,
  ConversationSummary,
  ConversationSync,
  ServerFrame,
} from '../index.js'

const commandId = 'command-0001'
const conversationId = '01980000-0000-7000-8000-000000000001'
const createdAt = '2026-11-20T10:00:00.000Z'
const agent: Author = {
  kind: 'agent',
  id: '01980000-0000-7000-8000-00000000000a',
  name: 'Asha',
  avatarUrl: '/asha.png',
}

const message: ChatMessage = {
  type: 'message.created',
  id: '01980000-0000-7000-8000-000000000002',
  conversationId,
  seq: 2,
  createdAt,
  author: { kind: 'visitor' },
  clientMessageId: 'message-0001',
  parts: [
    { type: 'text', text: 'Hello' },
    {
      type: 'file',
      text: 'shop.png',
      fileId: '01980000-0000-7000-8000-00000000000f',
      name: 'shop.png',
      mediaType: 'image/png',
      sizeBytes: 1234,
      width: 640,
      height: 480,
    },
  ],
}
const change: ConversationChange = {
  type: 'conversation.changed',
  id: '01980000-0000-7000-8000-000000000003',
  conversationId,
  seq: 3,
  createdAt,
  author: agent,
  status: 'assigned',
  agent,
}
const sync: ConversationSync = {
  conversationId,
  status: 'assigned',
  agent,
  recovery: 'resumed',
  headSeq: 3,
  events: [message, change],
  reachedStart: false,
  reads: { visitor: 2, team: 3 },
}
const summary: ConversationSummary = {
  id: conversationId,
  version: 9,
  status: 'waiting',
  visitor: { id: '01980000-0000-7000-8000-00000000000b', name: 'Visitor 4711', identified: false },
  agent: null,
  headSeq: 2,
  unread: 1,
  lastMessage: { author: { kind: 'visitor' }, text: 'Hello', createdAt },
  waitingSince: createdAt,
  pageUrl: null,
  widgetId: '01980000-0000-7000-8000-00000000000c',
  priority: 'normal',
  tagIds: [],
  departmentId: '01980000-0000-7000-8000-00000000000d',
  snoozedUntil: null,
  notes: 0,
  createdAt,
  updatedAt: createdAt,
}

/** For each type frames that are taken, and one that is malformed: for the schemas and for the browser's guard alike. */
export const SERVER_FRAME_FIXTURES: {
  [T in ServerFrame['type']]: { valid: readonly Extract<ServerFrame, { type: T }>[]; invalid: object }
} = {
  'session.ready': {
    valid: [
      {
        type: 'session.ready',
        commandId,
        sessionId: '01980000-0000-7000-8000-000000000004',
        protocolVersion: 1,
        self: { kind: 'visitor' },
        heartbeatMs: 25_000,
        conversations: [sync],
      },
      {
        type: 'session.ready',
        commandId,
        sessionId: '01980000-0000-7000-8000-000000000004',
        protocolVersion: 1,
        self: { kind: 'visitor' },
        heartbeatMs: 25_000,
        conversations: [],
        team: { online: true, agent: false },
        widgetVersion: 'Zm9yIHRlc3Rz',
      },
    ],
    invalid: { type: 'session.ready', commandId, protocolVersion: 1, heartbeatMs: 25_000, conversations: [] },
  },
  'session.ended': {
    valid: [
      {
        type: 'session.ended',
        error: { code: 'UNAVAILABLE', message: 'Draining.', retryAfterMs: 500, requestId: 'r' },
      },
    ],
    invalid: { type: 'session.ended', error: 'UNAVAILABLE' },
  },
  'message.created': { valid: [message], invalid: { ...message, parts: [{ type: 'text' }] } },
  'conversation.changed': {
    valid: [change, { ...change, status: 'resolved', agent: null }],
    invalid: { ...change, status: 'asleep' },
  },
  'conversation.synced': {
    valid: [{ type: 'conversation.synced', commandId, sync, presence: 'away' }],
    invalid: {
      type: 'conversation.synced',
      commandId,
      sync: { ...sync, events: [{ ...message, type: 'heartbeat' }] },
      presence: 'online',
    },
  },
  'history.page': {
    valid: [
      { type: 'history.page', commandId, conversationId, events: [message, change], reachedStart: true, headSeq: 3 },
    ],
    invalid: { type: 'history.page', commandId, conversationId, events: message, reachedStart: true, headSeq: 3 },
  },
  'inbox.page': {
    valid: [
      { type: 'inbox.page', commandId, conversations: [summary], nextCursor: null },
      { type: 'inbox.page', commandId, conversations: [], nextCursor: 'opaque' },
    ],
    invalid: { type: 'inbox.page', commandId, conversations: [] },
  },
  'inbox.changed': {
    valid: [{ type: 'inbox.changed', conversation: { ...summary, agent, lastMessage: null, waitingSince: null } }],
    invalid: { type: 'inbox.changed', conversation: { ...summary, visitor: null } },
  },
  'inbox.removed': {
    valid: [{ type: 'inbox.removed', conversationId }],
    invalid: { type: 'inbox.removed', conversationId: 7 },
  },
  'message.read': {
    valid: [{ type: 'message.read', conversationId, reader: 'team', upToSeq: 2 }],
    invalid: { type: 'message.read', conversationId, reader: 'nobody', upToSeq: 2 },
  },
  'typing.changed': {
    valid: [
      { type: 'typing.changed', conversationId, author: agent, active: true },
      {
        type: 'typing.changed',
        conversationId,
        author: { ...agent, kind: 'assistant' },
        active: true,
        draft: 'It costs Rs. 1,499.',
      },
    ],
    invalid: { type: 'typing.changed', conversationId, author: { kind: 'ghost' }, active: true },
  },
  'visitor.presence': {
    valid: [
      { type: 'visitor.presence', conversationId, presence: 'online' },
      { type: 'visitor.presence', conversationId, presence: 'offline' },
    ],
    invalid: { type: 'visitor.presence', conversationId, presence: 'asleep' },
  },
  'conversation.viewers': {
    valid: [
      {
        type: 'conversation.viewers',
        conversationId,
        viewers: [{ id: '01980000-0000-7000-8000-00000000000e', name: 'Ravi' }],
      },
      { type: 'conversation.viewers', conversationId, viewers: [] },
    ],
    invalid: { type: 'conversation.viewers', conversationId, viewers: [{ name: 'Ravi' }] },
  },
  'team.presence': {
    valid: [{ type: 'team.presence', team: { online: true, agent: true } }],
    invalid: { type: 'team.presence', team: { online: true } },
  },
  'widget.changed': {
    valid: [{ type: 'widget.changed', widgetVersion: 'Zm9yIHRlc3Rz' }],
    invalid: { type: 'widget.changed', widgetVersion: null },
  },
  heartbeat: {
    valid: [
      { type: 'heartbeat', heads: { [conversationId]: 3 } },
      { type: 'heartbeat', heads: {} },
    ],
    invalid: { type: 'heartbeat', heads: { [conversationId]: '3' } },
  },
  ack: {
    valid: [
      { type: 'ack', commandId, ok: true },
      { type: 'ack', commandId, ok: true, conversationId, seq: 4 },
      {
        type: 'ack',
        commandId,
        ok: false,
        error: { code: 'VALIDATION_FAILED', message: 'text: empty', field: 'text' },
      },
    ],
    invalid: { type: 'ack', commandId, ok: false },
  },
}
