import { type CannedReply, ChatError, type Macro, type Ticket } from '@chatdesk/protocol'
import type { DeskApi } from '../api/desk-api.js'
import { sampleTags } from './fake-team-work.js'
import { minutesAgo, sampleId, sampleRow } from './sample-data.js'

const JONAS = { id: sampleId(901), name: 'Jonas Weber' }

/** Tickets as a small team has them, the newest first. */
function sampleTickets(): Ticket[] {
  const ticket = (number: number, title: string | null, given: Partial<Ticket>): Ticket => ({
    ...{ id: sampleId(2000 + number), number, title, description: '', status: 'open', priority: 'normal' },
    ...{ assignee: null, conversationId: null, visitorName: null, createdBy: JONAS, source: 'manual' },
    ...{ createdAt: minutesAgo(3000), updatedAt: minutesAgo(40), solvedAt: null, ...given },
  })
  const about = { conversationId: sampleId(1), visitorName: 'Anaya Deshmukh' }
  return [
    ticket(4, 'Send the corrected invoice of May', {
      ...{ ...about, priority: 'high', assignee: JONAS },
      description: 'The address on it is the old one.\nShe needs it before Friday.',
    }),
    ticket(3, 'Ask the courier where parcel 88-1240 is', { status: 'pending' }),
    ticket(2, null, { status: 'solved', solvedAt: minutesAgo(900) }),
    ticket(1, 'Explain the new prices', { status: 'closed', priority: 'low' }),
  ]
}

function sampleReplies(): CannedReply[] {
  const reply = (number: number, shortcut: string, title: string, text: string, given: Partial<CannedReply> = {}) => ({
    ...{ id: sampleId(2100 + number), shortcut, title, text, departmentId: null, language: null },
    ...{ updatedAt: minutesAgo(5000), ...given },
  })
  return [
    reply(1, 'hello', 'Greeting', 'Hi {{visitor.name|there}}, {{agent.name}} here. How can I help you?'),
    reply(2, 'hello', 'Begrüßung', 'Hallo {{visitor.name}}, wie kann ich helfen?', { language: 'de' }),
    reply(3, 'hours', 'Opening hours', 'We are here Monday to Friday, from nine to five.'),
    reply(4, 'refund', 'How a refund works', 'The money is back within ten working days.', {
      departmentId: sampleId(1100),
    }),
  ]
}

function sampleMacros(): Macro[] {
  return [
    {
      ...{ id: sampleId(2200), name: 'We look into it', updatedAt: minutesAgo(5000) },
      actions: [
        { type: 'reply', text: 'Thank you, {{visitor.name|there}}. We look into it and come back to you.' },
        { type: 'tag', tagId: sampleId(1600) },
        { type: 'snooze', minutes: 1440 },
      ],
    },
    { id: sampleId(2201), name: 'Spam', updatedAt: minutesAgo(5000), actions: [{ type: 'end' }] },
  ]
}

/** What a team works with, in memory; `note` hears of what changes something. */
export function createFakeDesk(note: (what: string, input?: unknown) => void): DeskApi {
  const tickets = sampleTickets()
  const replies = sampleReplies()
  const macros = sampleMacros()
  const tags = sampleTags()
  let made = 2400
  const newId = () => sampleId(made++)
  function find<T extends { id: string }>(list: T[], id: string): T {
    const found = list.find((entry) => entry.id === id)
    if (!found) throw new ChatError('NOT_FOUND', 'No such thing.')
    return found
  }
  const drop = <T extends { id: string }>(list: T[], id: string) => void list.splice(list.indexOf(find(list, id)), 1)
  return {
    tickets: {
      list: async ({ status, assigneeId, conversationId, q = '' }) => ({
        tickets: tickets.filter(
          (ticket) =>
            (status === undefined || ticket.status === status) &&
            (assigneeId === undefined || (ticket.assignee?.id ?? 'none') === assigneeId) &&
            (conversationId === undefined || ticket.conversationId === conversationId) &&
            (ticket.title ?? '').toLowerCase().includes(q.toLowerCase()),
        ),
        nextCursor: null,
      }),
      get: async (id) => find(tickets, id),
      async create({ id, title, description = '', priority = 'normal', conversationId = null, assigneeId }) {
        note('create ticket', { title, conversationId, ...(assigneeId ? { assigneeId } : {}) })
        const [sample] = sampleTickets()
        if (!sample) throw new Error('no sample')
        const assignee = assigneeId ? { ...JONAS, id: assigneeId } : null
        const facts = { id, title, description, priority, conversationId, assignee }
        const ticket = { ...sample, ...facts, number: tickets.length + 1 }
        tickets.unshift(ticket)
        return ticket
      },
      async update(id, { assigneeId, ...changes }) {
        note('update ticket', { ...changes, ...(assigneeId === undefined ? {} : { assigneeId }) })
        const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
        const assignee = assigneeId ? { ...JONAS, id: assigneeId } : null
        const after = { ...find(tickets, id), ...given, ...(assigneeId === undefined ? {} : { assignee }) }
        tickets.splice(tickets.indexOf(find(tickets, id)), 1, after)
        return after
      },
    },
    replies: {
      list: async () => [...replies],
      async create(input) {
        note('create reply', input)
        const { departmentId = null, language = null, ...words } = input
        const reply = { ...words, departmentId, language, id: newId(), updatedAt: minutesAgo(0) }
        replies.push(reply)
        return reply
      },
      async update(id, changes) {
        note('update reply', changes)
        Object.assign(find(replies, id), changes)
      },
      async remove(id) {
        note('delete reply')
        drop(replies, id)
      },
    },
    macros: {
      list: async () => [...macros],
      async create(input) {
        note('create macro', input)
        const macro = { ...input, id: newId(), updatedAt: minutesAgo(0) }
        macros.push(macro)
        return macro
      },
      async update(id, changes) {
        note('update macro', changes)
        Object.assign(find(macros, id), changes)
      },
      async remove(id) {
        note('delete macro')
        drop(macros, id)
      },
      async run(conversationId, macroId) {
        note('run macro', { conversationId, name: find(macros, macroId).name })
        return { outcome: 'done', stoppedAt: null, conversation: sampleRow(1) }
      },
    },
    tags: {
      list: async () => [...tags],
      async create(name) {
        note('create tag', name)
        const tag = { id: newId(), name, createdAt: minutesAgo(0) }
        tags.push(tag)
        return tag
      },
      async rename(id, name) {
        note('rename tag', name)
        Object.assign(find(tags, id), { name })
      },
      async remove(id) {
        note('delete tag')
        drop(tags, id)
      },
    },
  }
}
