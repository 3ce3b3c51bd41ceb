import { ChatError, type ConversationSummary, type Note, type Tag } from '@chatdesk/protocol'
import type { ConversationsApi } from '../api/conversations-api.js'
import type { TeamWorkApi } from '../api/team-work-api.js'
import type { FakeAgentClient } from './fake-agent-client.js'
import { minutesAgo, PRIYA, sampleId, sampleRow } from './sample-data.js'

/** Tags as a team has them. */
export function sampleTags(): Tag[] {
  return ['Billing', 'Delivery', 'documents', 'refund', 'vip'].map((name, index) => ({
    id: sampleId(1600 + index),
    name,
    createdAt: minutesAgo(9000),
  }))
}

/** A note of Priya's; what is not given is usual. */
export function sampleNote(number: number, given: Partial<Note> = {}): Note {
  return {
    id: sampleId(1700 + number),
    conversationId: sampleId(1),
    author: { id: PRIYA.id ?? null, name: PRIYA.name ?? '' },
    text: `Note ${number}`,
    mentions: [],
    afterSeq: 10,
    createdAt: minutesAgo(8),
    ...given,
  }
}

/** A team's work on the rows that the fake client holds; what moves them is told to `note`. */
export function createFakeTeamWork(
  client: FakeAgentClient,
  tell: (what: string, input?: unknown) => void,
): TeamWorkApi & { earlier: ConversationsApi['earlier'] } {
  const notes = new Map<string, Note[]>()
  const notesOf = (id: string) => notes.get(id) ?? []

  function rowOf(id: string): ConversationSummary {
    const row = client.$inbox.get().find((candidate) => candidate.id === id)
    if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
    return row
  }

  /** As the server tells all consoles. */
  function change(id: string, changes: Partial<ConversationSummary>): ConversationSummary {
    const before = rowOf(id)
    const after = { ...before, ...changes, version: before.version + 1 }
    client.$inbox.set(client.$inbox.get().map((row) => (row === before ? after : row)))
    const { $conversation } = client.conversation(id)
    $conversation.set({ ...$conversation.get(), status: after.status, agent: after.agent })
    return after
  }

  return {
    conversation: async (id) => rowOf(id),
    async assign(id, input) {
      tell('assign', input)
      const { agent } = rowOf(id)
      if ((agent?.id ?? null) !== input.expectedAgentId) return { outcome: 'taken', conversation: rowOf(id) }
      const name = input.agentId === PRIYA.id ? 'Priya Raman' : 'Jonas Weber'
      const conversation = change(id, { status: 'assigned', agent: { kind: 'agent', id: input.agentId, name } })
      return { outcome: 'done', conversation }
    },
    async release(id, input) {
      tell('release', input)
      return { outcome: 'done', conversation: change(id, { ...input, status: 'waiting', agent: null }) }
    },
    async reopen(id) {
      tell('reopen')
      return { outcome: 'done', conversation: change(id, { status: 'assigned', agent: PRIYA }) }
    },
    async update(id, update) {
      tell('update', update)
      return change(id, update)
    },
    notes: async (id) => [...notesOf(id)],
    async addNote(id, note) {
      tell('add note', { text: note.text, mentions: note.mentions })
      const { headSeq } = rowOf(id)
      const written = sampleNote(0, { ...note, conversationId: id, afterSeq: headSeq, createdAt: minutesAgo(0) })
      notes.set(id, [...notesOf(id), written])
      change(id, { notes: notesOf(id).length })
      return written
    },
    async deleteNote(id, noteId) {
      tell('delete note')
      notes.set(
        id,
        notesOf(id).filter((note) => note.id !== noteId),
      )
      change(id, { notes: notesOf(id).length })
    },
    earlier: async () => ({
      conversations: [
        sampleRow(41, { status: 'resolved', createdAt: minutesAgo(9000), updatedAt: minutesAgo(8990) }),
        sampleRow(42, { status: 'resolved', createdAt: minutesAgo(90_000), updatedAt: minutesAgo(89_000) }),
      ],
      nextCursor: null,
    }),
  }
}
