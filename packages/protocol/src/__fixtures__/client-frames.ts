import type { ClientFrame } from '../index.js'

const commandId = 'command-0001'
const conversationId = '01980000-0000-7000-8000-000000000001'
const eventId = '01980000-0000-7000-8000-000000000002'

/** For each type one frame that is accepted, and one that is refused, with the field that the refusal names (E2). */
export const CLIENT_FRAME_FIXTURES: {
  [T in ClientFrame['type']]: { valid: Extract<ClientFrame, { type: T }>; invalid: { frame: object; field: string } }
} = {
  'session.start': {
    valid: {
      type: 'session.start',
      commandId,
      protocolVersion: 1,
      token: 'opaque-token',
      tabId: 'tab-00000001',
      cursors: [{ conversationId, seq: 7, eventId }],
    },
    invalid: {
      frame: { type: 'session.start', commandId, protocolVersion: 1, token: '', cursors: [] },
      field: 'token',
    },
  },
  'conversation.start': {
    valid: { type: 'conversation.start', commandId, clientConversationId: 'conversation-0001' },
    invalid: {
      frame: { type: 'conversation.start', commandId, clientConversationId: 'too short'.slice(0, 3) },
      field: 'clientConversationId',
    },
  },
  'conversation.open': {
    valid: { type: 'conversation.open', commandId, conversationId },
    invalid: { frame: { type: 'conversation.open', commandId, conversationId: 'mine' }, field: 'conversationId' },
  },
  'visitor.update': {
    valid: {
      type: 'visitor.update',
      commandId,
      facts: {
        traits: { name: 'Ravi', custom: { plan: 'pro' } },
        form: { answers: { topic: 'Prices', newsletter: true }, consent: 'You may keep what I say.' },
        departmentId: null,
        locale: 'pt-BR',
      },
    },
    invalid: { frame: { type: 'visitor.update', commandId, facts: { locale: '../en' } }, field: 'facts.locale' },
  },
  'message.send': {
    valid: {
      type: 'message.send',
      commandId,
      conversationId,
      clientMessageId: 'message-0001',
      parts: [{ type: 'text', text: 'Hello' }],
      seenSeq: 3,
    },
    invalid: {
      frame: {
        type: 'message.send',
        commandId,
        conversationId,
        clientMessageId: 'message-0001',
        parts: [
          { type: 'text', text: 'Hello' },
          { type: 'text', text: ' \n ' },
        ],
      },
      field: 'parts.1.text',
    },
  },
  'message.markRead': {
    valid: { type: 'message.markRead', commandId, conversationId, upToSeq: 3 },
    invalid: { frame: { type: 'message.markRead', commandId, conversationId, upToSeq: -1 }, field: 'upToSeq' },
  },
  'history.load': {
    valid: { type: 'history.load', commandId, conversationId, beforeSeq: 50, limit: 20 },
    invalid: {
      frame: { type: 'history.load', commandId, conversationId, beforeSeq: 50, afterSeq: 1, limit: 20 },
      field: 'beforeSeq',
    },
  },
  'typing.set': {
    valid: { type: 'typing.set', conversationId, active: true },
    invalid: { frame: { type: 'typing.set', conversationId, active: 'yes' }, field: 'active' },
  },
  'activity.set': {
    valid: { type: 'activity.set', active: false },
    invalid: { frame: { type: 'activity.set', active: 0 }, field: 'active' },
  },
  'conversation.watch': {
    valid: { type: 'conversation.watch', commandId, conversationId, cursor: { seq: 7, eventId } },
    invalid: {
      frame: { type: 'conversation.watch', commandId, conversationId, cursor: { seq: 7, eventId: 'x' } },
      field: 'cursor.eventId',
    },
  },
  'conversation.unwatch': {
    valid: { type: 'conversation.unwatch', commandId, conversationId },
    invalid: { frame: { type: 'conversation.unwatch', commandId }, field: 'conversationId' },
  },
  'conversation.end': {
    valid: { type: 'conversation.end', commandId, conversationId },
    invalid: { frame: { type: 'conversation.end', commandId: 'no', conversationId }, field: 'commandId' },
  },
  'inbox.load': {
    valid: { type: 'inbox.load', commandId, limit: 50, cursor: 'opaque' },
    invalid: { frame: { type: 'inbox.load', commandId, limit: 101 }, field: 'limit' },
  },
  ping: {
    valid: { type: 'ping' },
    // A `ping` has no field that could be wrong: what is refused is a type that only looks like it.
    invalid: { frame: { type: 'Ping' }, field: 'type' },
  },
}
