import type {
  ConversationRating,
  ErasureReceipt,
  OfferedDepartment,
  VisitorConversation,
  VisitorExport,
  VisitorFacts,
} from '@chatdesk/protocol'
import { atom, type ReadableAtom } from 'nanostores'
import type { ChatClient } from '../chat-client.js'
import { quiet } from '../platform/deferred.js'
import { guard } from '../platform/emitter.js'
import { callServer } from './call-server.js'
import { identify, logOut, type SiteUser, whoIsThere } from './change-user.js'
import { sayOfVisitor } from './say-of-visitor.js'
import { newConversation, openConversation } from './switch-conversation.js'

/** What a visitor may do beside talking in one conversation. Each rejects with the server's refusal. */
export interface VisitorActions {
  /**
   * Starts the conversation that follows this one, and shows it; the same in whatever tab and however often (C9). Nothing
   * happens where nothing was said yet. Rejects with `UNAVAILABLE` while a message is on its way, which stays where it is, and
   * without a connection. What is written before it resolves goes into the new one.
   */
  newConversation(): Promise<void>
  /** Shows an earlier conversation of the session's or the user's, to read and go on with (C10). Rejects as `newConversation`. */
  openConversation(conversationId: string): Promise<void>
  /**
   * Says something of the visitor: traits, answers to the form, department, language. Kept until the server has acknowledged it,
   * over reloads as well, and said before any message (V1). Resolves then.
   */
  updateVisitor(facts: VisitorFacts): Promise<void>
  /** The departments that the widget offers, in its order. */
  loadDepartments(): Promise<OfferedDepartment[]>
  /**
   * The site says who its visitor is, by an id, a proof or both; resolves when the session is theirs. What another user has left
   * here is gone: one with another id at once, as by `logout`; of a proof without an id the server says whose it is. Rejects
   * with `ABORTED` when somebody else comes before, as does `updateVisitor` with what was said of the one who is gone.
   */
  identify(user: SiteUser): Promise<void>
  /**
   * Forgets the visitor: conversation, outbox, identity, here and at the server, which tells the other tabs of this browser.
   * The client goes on with a new one. Rejects when the server could not be told; here everything is gone by then.
   */
  logout(): Promise<void>
  /** The visitor's own conversations, most recently changed first; null until they were loaded (C11). */
  readonly $conversations: ReadableAtom<readonly VisitorConversation[] | null>
  /** Loads them anew. */
  loadConversations(): Promise<readonly VisitorConversation[]>
  /** From 1 to 5; may be changed for a day (J1). */
  rate(conversationId: string, rating: ConversationRating): Promise<void>
  /** Whether a message of the assistant has helped (J2). */
  rateMessage(conversationId: string, seq: number, helpful: boolean): Promise<void>
  /** What was rated so far: the conversation, and messages by their `seq`. */
  loadRating(
    conversationId: string,
  ): Promise<{ rating: VisitorConversation['rating']; messages: { seq: number; helpful: boolean }[] }>
  /** A file to keep (C13). */
  transcript(conversationId: string, format?: 'txt' | 'html' | 'json', locale?: string): Promise<Blob>
  /** By mail, where the server lets it (C14). */
  mailTranscript(conversationId: string, email: string, locale?: string): Promise<void>
  /** All that is kept of the visitor, as far as this session reaches (W7). */
  exportData(): Promise<VisitorExport>
  /** Deletes as much, and forgets the visitor here as well (W8). */
  deleteData(): Promise<ErasureReceipt>
}

/** For a part of a page that is loaded when it is wanted. */
export function createVisitorActions({ port }: Pick<ChatClient, 'port'>): VisitorActions {
  const $conversations = atom<readonly VisitorConversation[] | null>(null)
  let changing: Promise<void> | undefined
  // Another tab has signed them out: who comes is not said yet, unless it was said here (S15).
  port.$forgotten.subscribe((forgotten) => {
    if (forgotten?.earlier === false && port.session.sendToken) port.session.traits = port.session.userId = undefined
  })
  const at = (conversationId: string, rest: string) => `/conversations/${encodeURIComponent(conversationId)}${rest}`
  const read = async <T>(path: string, method = 'GET') => (await (await callServer(port, path, { method })).json()) as T

  /** As soon as it is clear who they are. */
  async function say(facts: VisitorFacts): Promise<void> {
    const mustBeSame = whoIsThere(port)
    await changing?.catch(() => {})
    mustBeSame()
    await sayOfVisitor(port, facts)
  }

  return {
    newConversation: () => quiet(newConversation(port)),
    openConversation: (conversationId) => quiet(openConversation(port, conversationId)),
    updateVisitor: (facts) => quiet(say(facts)),
    loadDepartments: async () => (await read<{ departments: OfferedDepartment[] }>('/departments')).departments,
    identify(user) {
      changing = quiet(identify(port, user))
      return changing
    },
    logout: () => quiet(logOut(port)),
    $conversations,
    async loadConversations() {
      const { conversations } = await read<{ conversations: VisitorConversation[] }>('/conversations')
      guard(() => $conversations.set(conversations))
      return conversations
    },
    async rate(conversationId, rating) {
      await callServer(port, at(conversationId, '/rating'), { method: 'PUT', body: rating })
    },
    async rateMessage(conversationId, seq, helpful) {
      await callServer(port, at(conversationId, '/message-rating'), { method: 'PUT', body: { seq, helpful } })
    },
    loadRating: (conversationId) => read(at(conversationId, '/rating')),
    async transcript(conversationId, format = 'txt', locale) {
      const query = new URLSearchParams({ format, ...(locale === undefined ? {} : { locale }) })
      return (await callServer(port, at(conversationId, `/transcript?${query}`), { method: 'GET' })).blob()
    },
    async mailTranscript(conversationId, email, locale) {
      await callServer(port, at(conversationId, '/transcript'), { body: { email, ...(locale ? { locale } : {}) } })
    },
    exportData: () => read('/visitor/export'),
    async deleteData() {
      const receipt = await read<ErasureReceipt>('/visitor', 'DELETE')
      // The session went with the rest: the server has nobody to log out any more.
      await logOut(port, receipt).catch(() => {})
      return receipt
    },
  }
}
