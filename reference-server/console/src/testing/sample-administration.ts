import type {
  AdministeredWidget,
  ApiToken,
  ConversationVisitor,
  Department,
  Installation,
  InviteRow,
  KnownVisitor,
  ListAuditResponse,
  MemberRow,
  SignInSession,
  TeamMember,
  UpdateWidgetRequest,
  Webhook,
  WebhookDelivery,
} from '@chatdesk/protocol'
import { DEFAULT_ASSISTANT_POLICY } from '@chatdesk/protocol/schemas'
import { minutesAgo, sampleId } from './sample-data.js'

const DAY = 1440

/** A widget; what is not given is usual. */
export function sampleWidget(number: number, given: Partial<AdministeredWidget> = {}): AdministeredWidget {
  return {
    id: sampleId(1000 + number),
    key: `wk_${'aB3xY9'.repeat(3)}${number}`,
    previousKeyUntil: null,
    name: 'Northwind support',
    enabled: true,
    allowedOrigins: ['https://northwind.example', 'https://*.northwind.example'],
    allowMissingOrigin: false,
    mailReplies: false,
    assistant: false,
    assistantPolicy: DEFAULT_ASSISTANT_POLICY,
    followUp: null,
    createdAt: minutesAgo(30 * DAY),
    createdBy: { id: sampleId(900), name: 'Priya Raman' },
    updatedAt: minutesAgo(DAY),
    settings: {
      primaryColor: '#2f5bea',
      position: 'bottom-right',
      bubbleIcon: 'chat',
      greeting: 'Hi! How can we help you today?',
      autoOpen: false,
      autoOpenDelaySeconds: 5,
      showAgentAvatars: true,
      showTypingIndicator: true,
      notificationWords: false,
      tabs: 'isolated',
      attachments: { kinds: ['image', 'pdf'], maxBytes: 5 * 1024 * 1024 },
      offlineMessage: 'We are not here right now. Leave a message, and we will answer.',
      expectedReply: 'Usually within 5 minutes',
      businessHours: {
        timeZone: 'Europe/Berlin',
        week: [
          { day: 1, from: '09:00', to: '12:00' },
          { day: 1, from: '13:00', to: '17:00' },
          ...[2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
        ],
        exceptions: [{ date: '2026-12-25' }, { date: '2026-12-31', from: '09:00', to: '12:00' }],
      },
      preChatForm: {
        fields: [
          { id: 'name', label: 'Your name', type: 'text', required: true },
          { id: 'topic', label: 'What is it about?', type: 'select', required: false, options: ['Orders', 'Returns'] },
        ],
        consent: null,
      },
      departmentIds: [sampleId(1100)],
      proactiveRules: [
        { id: sampleId(1200), when: { url: '*/pricing*', secondsOnPage: 30 }, message: 'Any question?' },
      ],
    },
    ...given,
  }
}

/** The widget after a change, as the server answers it. */
export function changedWidget(
  widget: AdministeredWidget,
  { settings, ...changes }: UpdateWidgetRequest,
): AdministeredWidget {
  return Object.assign({}, widget, changes, { settings: Object.assign({}, widget.settings, settings) })
}

export function sampleDepartments(): Department[] {
  return [
    { id: sampleId(1100), name: 'Sales', description: 'Prices and offers', createdAt: minutesAgo(20 * DAY) },
    { id: sampleId(1101), name: 'Support', description: '', createdAt: minutesAgo(20 * DAY) },
  ]
}

export function sampleMembers(): MemberRow[] {
  const member = (number: number, name: string, role: MemberRow['role'], seen: number | null): MemberRow => ({
    id: sampleId(number),
    email: `${name.split(' ')[0]?.toLowerCase()}@northwind.example`,
    name,
    role,
    createdAt: minutesAgo(60 * DAY),
    lastSeenAt: seen === null ? null : minutesAgo(seen),
  })
  return [
    member(900, 'Priya Raman', 'client_admin', 1),
    member(901, 'Jonas Weber', 'agent', 30),
    member(902, 'Maria da Conceição Albuquerque de Mendonça e Vasconcelos-Figueiredo', 'agent', null),
    member(903, 'Wei Zhang', 'client_user', DAY),
  ]
}

/** Those of the members who answer. */
export function sampleTeam(): TeamMember[] {
  return sampleMembers()
    .filter(({ role }) => role !== 'client_user')
    .map(({ id, name, role }, index) => ({
      ...{
        id,
        name,
        role,
        availability: 'available',
        backAt: null,
        online: index < 2,
        load: 2 - index,
        capacity: null,
      },
      departmentIds: [],
    }))
}

export function sampleInvite(): InviteRow {
  return {
    id: sampleId(1300),
    email: 'lena@northwind.example',
    role: 'agent',
    invitedBy: { id: sampleId(900), name: 'Priya Raman' },
    createdAt: minutesAgo(DAY),
    expiresAt: minutesAgo(-2 * DAY),
  }
}

export function sampleTokens(): ApiToken[] {
  return [
    {
      id: sampleId(1400),
      name: 'Nightly export',
      scopes: ['conversation:read', 'lead:read'],
      createdAt: minutesAgo(9 * DAY),
      lastUsedAt: minutesAgo(300),
      expiresAt: minutesAgo(-80 * DAY),
      member: { id: sampleId(900), name: 'Priya Raman' },
    },
  ]
}

export function sampleWebhooks(): Webhook[] {
  const well = { enabled: true, disabledReason: null, failingSince: null, previousSecretUntil: null }
  return [
    {
      ...{ ...well, id: sampleId(1600), url: 'https://hooks.northwind.example/chat', createdAt: minutesAgo(30 * DAY) },
      events: ['conversation.started', 'conversation.resolved', 'message.created'],
    },
    {
      ...{
        ...well,
        id: sampleId(1601),
        url: 'https://crm.example/in/7f3c2a90b1?source=chat',
        createdAt: minutesAgo(9 * DAY),
      },
      ...{
        events: ['conversation.rated'],
        enabled: false,
        disabledReason: 'failing',
        failingSince: minutesAgo(6 * DAY),
      },
    },
    {
      ...{ ...well, id: sampleId(1602), url: 'https://reports.example/daily', createdAt: minutesAgo(2 * DAY) },
      ...{ events: ['message.created'], failingSince: minutesAgo(40) },
    },
  ]
}

export function sampleWebhookDeliveries(): WebhookDelivery[] {
  const body = JSON.stringify({ type: 'ping', timestamp: minutesAgo(3), data: {} })
  const told = { conversationId: sampleId(1), nextAt: null, durationMs: 84, body, createdAt: minutesAgo(3) }
  const at = { ...told, attemptedAt: minutesAgo(3), error: null }
  return [
    { ...at, id: sampleId(1703), type: 'message.created', state: 'delivered', attempts: 1, status: 204, response: '' },
    {
      ...{ ...at, id: sampleId(1702), type: 'conversation.resolved', state: 'failed', attempts: 10, status: 500 },
      ...{ error: 'status', response: 'Internal Server Error: no such table "chats"' },
    },
    {
      ...{ ...at, id: sampleId(1701), type: 'message.created', state: 'pending', attempts: 2, status: null },
      ...{ error: 'timeout', response: null, nextAt: minutesAgo(-5), durationMs: 15_000 },
    },
  ]
}

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1'

export function sampleSessions(): SignInSession[] {
  const at = { createdAt: minutesAgo(3 * DAY), lastSeenAt: minutesAgo(1) }
  return [
    { id: sampleId(1500), ...at, userAgent: CHROME, current: true },
    { id: sampleId(1501), ...at, userAgent: IPHONE, current: false },
  ]
}

export function sampleInstallations(): Installation[] {
  return [
    {
      domain: 'northwind.example',
      firstSeenAt: minutesAgo(29 * DAY),
      lastSeenAt: minutesAgo(2),
      version: '1.0.0',
      refused: false,
      visits: 18_204,
    },
    {
      domain: 'staging.northwind-registrations.example:8443',
      firstSeenAt: minutesAgo(3 * DAY),
      lastSeenAt: minutesAgo(DAY),
      version: null,
      refused: true,
      visits: 7,
    },
  ]
}

/** Thirty entries, in pages of twenty. */
export function sampleAudit(before = 31): ListAuditResponse {
  const actor = { id: sampleId(900), name: 'Priya Raman', role: 'client_admin' as const, visiting: false }
  const first = Math.max(1, before - 20)
  const entries = Array.from({ length: before - first }, (_, index) => {
    const seq = before - 1 - index
    return {
      seq,
      at: minutesAgo((30 - seq) * 97),
      actor: seq % 7 === 0 ? { ...actor, name: 'Ops', role: 'super_admin' as const, visiting: true } : actor,
      address: '203.0.113.7',
      action: seq % 3 === 0 ? 'widget.rotateKey' : 'widget.update',
      target: { kind: 'widget', id: sampleId(1001), name: `Northwind support ${seq}` },
      ...(seq % 3 === 0 ? {} : { changes: { greeting: { from: 'Hi!', to: 'Hello! How can we help?' } } }),
      ...(seq % 7 === 0 ? { reason: 'They asked for help with their widget' } : {}),
    }
  })
  return { entries, nextBefore: first > 1 ? first : null }
}

/** A visitor who has answered the form. */
export function sampleVisitor(): ConversationVisitor {
  return {
    id: sampleId(500),
    name: 'Anaya Gupta',
    identified: false,
    email: null,
    account: null,
    traits: { name: 'Anaya Gupta', email: 'anaya@example.com', custom: { plan: 'Large' } },
    form: {
      answers: { mail: 'anaya@example.com', size: '20 people', news: true },
      consent: { text: 'You may keep this to answer me.', at: minutesAgo(12) },
      at: minutesAgo(12),
    },
    questions: { mail: 'Your email', size: 'How many are you?', news: 'Send me news' },
    department: { id: sampleId(601), name: 'Sales' },
    locale: 'en',
    device: {
      type: 'desktop',
      browser: 'Chrome 150',
      os: 'Windows 11',
      language: 'en-IN',
      country: 'IN',
      city: 'Pune',
    },
    referrer: 'https://search.example/',
    rating: null,
    messageRatings: [],
    events: [
      { at: minutesAgo(16), name: null, page: { url: 'https://northwind.example/', title: 'Northwind' } },
      { at: minutesAgo(14), name: null, page: { url: 'https://northwind.example/pricing', title: 'Pricing' } },
      { at: minutesAgo(13), name: 'plan_chosen', properties: { plan: 'Large', seats: 20 } },
    ],
  }
}

/** One who is proved, one who says so, one who talks, and one who is gone. */
export function sampleVisitors(): KnownVisitor[] {
  const nobody = { email: null, identified: false, nameClaimed: false, emailClaimed: false, conversationId: null }
  const seen = (minutes: number) => ({
    lastSeenAt: minutesAgo(minutes),
    pageUrl: 'https://northwind.example/prices?a=1',
  })
  return [
    {
      ...nobody,
      ...seen(2),
      id: sampleId(1501),
      name: 'Amara Okafor',
      email: 'amara@example.test',
      identified: true,
      reachable: true,
    },
    {
      ...nobody,
      ...seen(50),
      id: sampleId(1502),
      name: 'Lena Vogt',
      email: 'lena@example.test',
      nameClaimed: true,
      emailClaimed: true,
      reachable: true,
      conversationId: sampleId(1),
    },
    { ...nobody, ...seen(900), id: sampleId(1503), name: 'Visitor 4c1d', reachable: true },
    { ...nobody, ...seen(60_000), id: sampleId(1504), name: 'Visitor 90ab', pageUrl: null, reachable: false },
  ]
}
