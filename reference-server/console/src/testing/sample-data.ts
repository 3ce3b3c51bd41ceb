import type { ChangeView, MessageView, TimelineEntry } from '@chatdesk/core'
import type { Author, ConversationStatus, ConversationSummary, CurrentMember, MemberRole } from '@chatdesk/protocol'

/** "Now" of every sample: a Tuesday noon in local time. */
export const SAMPLE_NOW = new Date(2026, 10, 17, 12, 4).getTime()

const MINUTE = 60_000

/** An id of the server's shape that ends in `number`. */
export function sampleId(number: number): string {
  return `0199a000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

/** A moment so many minutes before `SAMPLE_NOW`. */
export function minutesAgo(minutes: number): string {
  return new Date(SAMPLE_NOW - minutes * MINUTE).toISOString()
}

export const PRIYA: Author = { kind: 'agent', id: sampleId(900), name: 'Priya Raman' }
export const JONAS: Author = { kind: 'agent', id: sampleId(901), name: 'Jonas Weber' }

/** Priya Raman, signed in. */
export function sampleMember(role: MemberRole = 'agent'): CurrentMember {
  return {
    member: { id: sampleId(900), email: 'priya@northwind.example', name: 'Priya Raman', role },
    organization: { id: sampleId(999), name: 'Northwind Registrations' },
    home: { id: sampleId(999), name: 'Northwind Registrations' },
    visiting: null,
    csrfToken: 'csrf-token',
  }
}

/** A visitor as author. */
export function visitor(name: string): Author {
  return { kind: 'visitor', id: sampleId(501), name }
}

/** A row of the inbox; what is not given is usual. */
export function sampleRow(number: number, given: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id: sampleId(number),
    version: 1,
    status: 'assigned',
    visitor: { id: sampleId(500 + number), name: `Visitor ${number}`, identified: false },
    agent: PRIYA,
    headSeq: 3,
    unread: 0,
    lastMessage: { author: PRIYA, text: 'You are welcome!', createdAt: minutesAgo(number) },
    waitingSince: null,
    pageUrl: 'https://northwind.example/pricing',
    widgetId: sampleId(1),
    priority: 'normal',
    tagIds: [],
    departmentId: null,
    snoozedUntil: null,
    notes: 0,
    createdAt: minutesAgo(60 + number),
    updatedAt: minutesAgo(number),
    ...given,
  }
}

function said(name: string, text: string, minutes: number): Partial<ConversationSummary> {
  return {
    visitor: { id: sampleId(name.length * 37 + text.length), name, identified: false },
    lastMessage: { author: visitor(name), text, createdAt: minutesAgo(minutes) },
    updatedAt: minutesAgo(minutes),
    createdAt: minutesAgo(minutes + 8),
  }
}

/** An inbox as on a normal day. */
export function sampleInbox(): ConversationSummary[] {
  const waiting: { status: ConversationStatus; agent: null } = { status: 'waiting', agent: null }
  return [
    sampleRow(1, {
      ...said('Anaya Deshmukh', 'And how long does the certificate take after that?', 1),
      visitor: { id: sampleId(501), name: 'Anaya Deshmukh', identified: true },
      unread: 1,
      waitingSince: minutesAgo(1),
    }),
    sampleRow(2, {
      ...said('Visitor 3f2a', 'Hello? Is anybody there', 14),
      ...waiting,
      unread: 3,
      waitingSince: minutesAgo(14),
    }),
    sampleRow(3, {
      ...said('Tomás Oliveira', 'Can I register with a rented address?', 4),
      ...waiting,
      unread: 1,
      waitingSince: minutesAgo(4),
    }),
    sampleRow(4, {
      ...said('Wolfeschlegelsteinhausenbergerdorff Konstantin-Maximilian', '', 22),
      agent: JONAS,
      lastMessage: {
        author: JONAS,
        text: 'I have sent you the list of documents by email.',
        createdAt: minutesAgo(22),
      },
    }),
    sampleRow(5, {
      ...said('فاطمة الزهراء', 'شكرا جزيلا', 48),
      agent: PRIYA,
      lastMessage: { author: visitor('فاطمة الزهراء'), text: 'شكرا جزيلا', createdAt: minutesAgo(48) },
    }),
    sampleRow(6, {
      ...said('Visitor 91c0', '', 190),
      lastMessage: { author: PRIYA, text: 'Take your time, I will be here.', createdAt: minutesAgo(190) },
    }),
    sampleRow(7, { ...said('Mei Tanaka', 'Perfect, thank you for your help', 1500), status: 'resolved', agent: JONAS }),
    sampleRow(8, { ...said('Visitor 07de', 'ok', 9000), status: 'resolved' }),
  ]
}

/** A message in the log. */
export function sampleMessage(seq: number, author: Author, text: string, minutes: number): MessageView {
  return {
    type: 'message',
    key: `message-${seq}`,
    seq,
    author,
    own: author.kind !== 'visitor',
    parts: [{ type: 'text', text }],
    createdAt: minutesAgo(minutes),
    delivery: 'sent',
  }
}

/** A change of status in the log. */
export function sampleChange(
  seq: number,
  author: Author,
  status: ConversationStatus,
  agent: Author | null,
  minutes: number,
): ChangeView {
  const change = {
    type: 'conversation.changed' as const,
    id: sampleId(7000 + seq),
    conversationId: sampleId(1),
    seq,
    createdAt: minutesAgo(minutes),
    author,
    status,
    agent,
  }
  return { type: 'change', key: `change-${seq}`, seq, change }
}

/** A thread with all that a thread may hold. */
export function sampleTimeline(): TimelineEntry[] {
  const anaya = visitor('Anaya Deshmukh')
  return [
    sampleMessage(1, anaya, 'Hi! I want to register a private limited company. What does it cost?', 1480),
    sampleChange(2, JONAS, 'assigned', JONAS, 1475),
    {
      ...sampleMessage(
        3,
        JONAS,
        'Hello Anaya, happy to help. It depends on the state and on the capital. Where will the company be?',
        1475,
      ),
      delivery: 'read',
    },
    sampleMessage(4, anaya, 'Maharashtra, with the minimum capital', 1470),
    {
      ...sampleMessage(
        5,
        JONAS,
        'Then it is 7,499 all in: name approval, two digital signatures, the filing and the certificate.',
        1468,
      ),
      delivery: 'read',
    },
    sampleChange(6, JONAS, 'resolved', JONAS, 1460),
    sampleChange(7, anaya, 'assigned', PRIYA, 12),
    sampleMessage(8, anaya, 'I am back :)', 12),
    sampleMessage(
      9,
      anaya,
      'Two questions:\n1. Do both directors have to sign?\n2. Is a rental agreement enough as proof of the address?',
      12,
    ),
    { ...sampleMessage(10, PRIYA, 'Welcome back! Yes, both sign, digitally and from home.', 9), delivery: 'read' },
    {
      ...sampleMessage(
        11,
        PRIYA,
        'And yes: a rental agreement together with a utility bill that is not older than two months.',
        9,
      ),
      delivery: 'read',
    },
    sampleMessage(12, anaya, 'And how long does the certificate take after that?', 1),
  ]
}
