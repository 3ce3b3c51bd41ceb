import type {
  CannedReply,
  CreateCannedReplyRequest,
  CreateTicketRequest,
  ListTicketsQuery,
  ListTicketsResponse,
  Macro,
  MacroRun,
  Tag,
  Ticket,
  UpdateCannedReplyRequest,
  UpdateTicketRequest,
} from '@chatdesk/protocol'
import {
  cannedReplyResponse,
  listCannedRepliesResponse,
  listMacrosResponse,
  listTagsResponse,
  listTicketsResponse,
  macroResponse,
  macroRunResponse,
  oneTicketResponse,
  tagResponse,
} from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** What a team works with beside conversations. */
export interface DeskApi {
  tickets: {
    list(query: ListTicketsQuery): Promise<ListTicketsResponse>
    get(id: string): Promise<Ticket>
    /** The same `id` again is the same ticket. */
    create(input: CreateTicketRequest): Promise<Ticket>
    update(id: string, changes: UpdateTicketRequest): Promise<Ticket>
  }
  replies: {
    list(): Promise<CannedReply[]>
    create(input: CreateCannedReplyRequest): Promise<CannedReply>
    update(id: string, changes: UpdateCannedReplyRequest): Promise<void>
    remove(id: string): Promise<void>
  }
  macros: {
    list(): Promise<Macro[]>
    create(input: Pick<Macro, 'name' | 'actions'>): Promise<Macro>
    update(id: string, changes: Pick<Macro, 'name' | 'actions'>): Promise<void>
    remove(id: string): Promise<void>
    /** The same `runId` again is the same run. */
    run(conversationId: string, macroId: string, runId: string): Promise<MacroRun>
  }
  tags: {
    list(): Promise<Tag[]>
    create(name: string): Promise<Tag>
    rename(id: string, name: string): Promise<void>
    remove(id: string): Promise<void>
  }
}

export function createDeskApi({ ask, tell }: AdminCalls): DeskApi {
  return {
    tickets: {
      list: (query) => ask(listTicketsResponse, 'GET', `chat-widget/tickets${searchOf(query)}`),
      get: async (id) => (await ask(oneTicketResponse, 'GET', `chat-widget/tickets/${id}`)).ticket,
      create: async (input) => (await ask(oneTicketResponse, 'POST', 'chat-widget/tickets', input)).ticket,
      update: async (id, changes) =>
        (await ask(oneTicketResponse, 'PATCH', `chat-widget/tickets/${id}`, changes)).ticket,
    },
    replies: {
      list: async () => (await ask(listCannedRepliesResponse, 'GET', 'chat-widget/canned-replies')).replies,
      create: async (input) => (await ask(cannedReplyResponse, 'POST', 'chat-widget/canned-replies', input)).reply,
      update: (id, changes) => tell('PATCH', `chat-widget/canned-replies/${id}`, changes),
      remove: (id) => tell('DELETE', `chat-widget/canned-replies/${id}`),
    },
    macros: {
      list: async () => (await ask(listMacrosResponse, 'GET', 'chat-widget/macros')).macros,
      create: async (input) => (await ask(macroResponse, 'POST', 'chat-widget/macros', input)).macro,
      update: (id, changes) => tell('PATCH', `chat-widget/macros/${id}`, changes),
      remove: (id) => tell('DELETE', `chat-widget/macros/${id}`),
      run: (conversationId, macroId, runId) =>
        ask(macroRunResponse, 'POST', `chat-widget/conversations/${conversationId}/macros/${macroId}`, { runId }),
    },
    tags: {
      list: async () => (await ask(listTagsResponse, 'GET', 'chat-widget/tags')).tags,
      create: async (name) => (await ask(tagResponse, 'POST', 'chat-widget/tags', { name })).tag,
      rename: (id, name) => tell('PATCH', `chat-widget/tags/${id}`, { name }),
      remove: (id) => tell('DELETE', `chat-widget/tags/${id}`),
    },
  }
}

/** What is undefined or empty is not asked for. */
function searchOf(query: ListTicketsQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return search && `?${search}`
}
