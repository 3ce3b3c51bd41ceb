import type { ConversationSummary, Note, Priority } from '@chatdesk/protocol'
import {
  conversationSummaryResponse,
  listNotesResponse,
  movedConversationResponse,
  noteResponse,
} from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** How a move ended: `taken` means that somebody else had it by then, and nothing was changed (C15). */
export interface Moved {
  outcome: 'done' | 'taken'
  /** As it stands now. */
  conversation: ConversationSummary
}

/** What a team sets of a conversation that its visitor is not told; what is absent stays. */
export interface WorkUpdate {
  priority?: Priority
  /** All that it shall have. */
  tagIds?: string[]
  /** Null wakes it. */
  snoozedUntil?: string | null
}

/** What a team does with a conversation beside answering it (C15 to C18). */
export interface TeamWorkApi {
  conversation(id: string): Promise<ConversationSummary>
  /** `expectedAgentId`: who has it as far as the caller knows, null for nobody. */
  assign(id: string, input: { agentId: string; expectedAgentId: string | null }): Promise<Moved>
  /** Without a department it waits in that of the conversation. */
  release(id: string, input: { departmentId?: string | null }): Promise<Moved>
  reopen(id: string): Promise<Moved>
  update(id: string, update: WorkUpdate): Promise<ConversationSummary>
  notes(id: string): Promise<Note[]>
  /** The same `id` again is the same note. */
  addNote(id: string, note: { id: string; text: string; mentions: string[] }): Promise<Note>
  deleteNote(id: string, noteId: string): Promise<void>
}

export function createTeamWorkApi({ ask, tell }: AdminCalls): TeamWorkApi {
  const at = (id: string, rest = '') => `chat-widget/conversations/${id}${rest}`
  return {
    conversation: async (id) => (await ask(conversationSummaryResponse, 'GET', at(id))).conversation,
    assign: (id, input) => ask(movedConversationResponse, 'POST', at(id, '/assign'), input),
    release: (id, input) => ask(movedConversationResponse, 'POST', at(id, '/release'), input),
    reopen: (id) => ask(movedConversationResponse, 'POST', at(id, '/reopen')),
    update: async (id, update) => (await ask(conversationSummaryResponse, 'PATCH', at(id), update)).conversation,
    notes: async (id) => (await ask(listNotesResponse, 'GET', at(id, '/notes'))).notes,
    addNote: async (id, note) => (await ask(noteResponse, 'POST', at(id, '/notes'), note)).note,
    deleteNote: (id, noteId) => tell('DELETE', at(id, `/notes/${noteId}`)),
  }
}
