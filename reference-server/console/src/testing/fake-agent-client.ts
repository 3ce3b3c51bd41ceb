import type { ChatEventMap, ConnectionState, ConversationInfo, TimelineEntry } from '@chatdesk/core'
import type { AgentClient, AgentConversation } from '@chatdesk/core/agent'
import type { Author, ChatMessage, ConversationSummary, Viewer, VisitorPresence } from '@chatdesk/protocol'
import { atom, type WritableAtom } from 'nanostores'
import { messageText } from '../text/message-text.js'

/** A conversation whose every fact a test can set; `calls` says what was asked of it. */
export interface FakeConversation extends AgentConversation {
  readonly $timeline: WritableAtom<readonly TimelineEntry[]>
  readonly $conversation: WritableAtom<ConversationInfo>
  readonly $typing: WritableAtom<readonly Author[]>
  readonly $presence: WritableAtom<VisitorPresence | null>
  readonly $viewers: WritableAtom<readonly Viewer[]>
  readonly $missing: WritableAtom<boolean>
  readonly calls: string[]
  /** What the next `end` or `loadOlder` does. */
  behaviour: { end: () => Promise<void>; loadOlder: () => Promise<{ reachedStart: boolean }> }
}

/** A client without a server. */
export interface FakeAgentClient extends AgentClient {
  readonly $connection: WritableAtom<ConnectionState>
  readonly $inbox: WritableAtom<readonly ConversationSummary[]>
  readonly $inboxState: WritableAtom<{ loaded: boolean; hasMore: boolean }>
  loadMore: () => Promise<void>
  conversation(id: string): FakeConversation
  emit<K extends keyof ChatEventMap>(type: K, event: ChatEventMap[K]): void
}

/** Makes an `AgentClient` that is online with an empty inbox. */
export function createFakeAgentClient(): FakeAgentClient {
  const conversations = new Map<string, FakeConversation>()
  const listeners = new Map<keyof ChatEventMap, Set<(event: never) => void>>()
  const client: FakeAgentClient = {
    $connection: atom<ConnectionState>({ status: 'online', transport: 'websocket' }),
    $self: atom(null),
    $inbox: atom<readonly ConversationSummary[]>([]),
    $inboxState: atom({ loaded: true, hasMore: false }),
    loadMore: async () => undefined,
    start: async () => undefined,
    dispose: async () => undefined,
    loadMoreInbox: () => client.loadMore(),
    countUnsent: async () => 0,
    forgetUnsent: async () => undefined,
    takeRows(rows) {
      const held = client.$inbox.get()
      const news = rows.filter((row) => !held.some(({ id, version }) => id === row.id && version >= row.version))
      if (news.length > 0) client.$inbox.set([...news, ...held.filter(({ id }) => !news.some((row) => row.id === id))])
    },
    openConversation: (id) => client.conversation(id),
    conversation(id) {
      const conversation = conversations.get(id) ?? createFakeConversation(id)
      conversations.set(id, conversation)
      return conversation
    },
    on(type, listener) {
      const set = listeners.get(type) ?? new Set()
      listeners.set(type, set.add(listener))
      return () => void set.delete(listener)
    },
    emit(type, event) {
      for (const listener of listeners.get(type) ?? []) listener(event as never)
    },
  }
  return client
}

function createFakeConversation(id: string): FakeConversation {
  const calls: string[] = []
  const sent = new Promise<ChatMessage>(() => undefined)
  const conversation: FakeConversation = {
    conversationId: id,
    calls,
    behaviour: { end: async () => undefined, loadOlder: async () => ({ reachedStart: true }) },
    $timeline: atom<readonly TimelineEntry[]>([]),
    $conversation: atom<ConversationInfo>({ id, status: 'assigned', agent: null, hasOlder: false, synced: true }),
    $typing: atom<readonly Author[]>([]),
    $presence: atom<VisitorPresence | null>('online'),
    $viewers: atom<readonly Viewer[]>([]),
    $missing: atom(false),
    sendMessage(content) {
      calls.push(`send ${typeof content === 'string' ? content : messageText(content)}`)
      return sent
    },
    retryMessage(key) {
      calls.push(`retry ${key}`)
      return sent
    },
    async discardMessage(key) {
      calls.push(`discard ${key}`)
    },
    loadOlder() {
      calls.push('loadOlder')
      return conversation.behaviour.loadOlder()
    },
    markRead: () => void calls.push('markRead'),
    setTyping: (active) => void calls.push(`typing ${active}`),
    end() {
      calls.push('end')
      return conversation.behaviour.end()
    },
    close: () => void calls.push('close'),
  }
  return conversation
}
