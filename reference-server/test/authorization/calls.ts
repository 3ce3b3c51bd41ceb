import type { Actor } from '../../src/organizations/actor.js'
import { isAllowed } from '../../src/organizations/policy.js'
import { type DeclaredRoute, expectedOutcome, type Ids, mayCross, type Outcome } from './expected.js'
import { validInput } from './samples.js'
import type { Caller, Stage } from './stage.js'
import type { TenantRows } from './tables.js'

/** What is named in a path or a body, and the table that has it. The name is that of the path's part before the id. */
const TABLE_OF: Record<string, string> = {
  organizations: 'organizations',
  members: 'members',
  team: 'members',
  invites: 'invites',
  'api-tokens': 'api_tokens',
  sessions: 'member_sessions',
  widgets: 'widgets',
  departments: 'departments',
  'identity-keys': 'identity_keys',
  knowledge: 'knowledge_entries',
  'knowledge-gaps': 'knowledge_gaps',
  'golden-questions': 'knowledge_golden_questions',
  conversations: 'conversations',
  visitors: 'visitors',
  notes: 'conversation_notes',
  tags: 'tags',
  tickets: 'tickets',
  'canned-replies': 'canned_replies',
  macros: 'macros',
  leads: 'leads',
  appointments: 'appointments',
  files: 'files',
  upload: 'files',
  webhooks: 'webhooks',
  deliveries: 'webhook_deliveries',
  payments: 'payment_intents',
  'payment-orphans': 'payment_orphans',
  razorpay: 'payment_accounts',
  receipts: 'payment_intents',
  back: 'payment_intents',
}

/** What names a row where that is no id of ours. */
const KEY_OF: Record<string, string> = { payment_orphans: 'payment_id' }

/** In the words of the interface that sites had before. */
const OF_SUPPORT_CHAT: Record<string, string> = { sessions: 'conversations' }

/** Bodies that no rule of thumb makes of a schema. */
const BODIES: Record<string, unknown> = {
  'post /api/chat-widget/widgets/:id/knowledge/preview': { format: 'json', text: '[]' },
  'post /api/chat-widget/widgets/:id/knowledge/site': { url: 'https://127.0.0.1/sitemap.xml' },
  'post /api/chat-widget/widgets/:id/knowledge/import': { entries: [{ question: 'sample', answer: 'sample' }] },
  'patch /api/chat-widget/conversations/:id': {
    priority: 'high',
    tagIds: [],
    snoozedUntil: '2999-01-01T00:00:00.000Z',
  },
  'post /api/chat-widget/conversations/bulk': {
    ids: ['01900000-0000-7000-8000-00000000000f'],
    action: { type: 'priority', priority: 'high' },
  },
  'post /api/chat-widget/conversations/:id/notes': {
    id: '01900000-0000-7000-8000-00000000000e',
    text: 'sample',
    mentions: [],
  },
  'post /api/chat-widget/conversations/:id/macros/:macroId': { runId: '01900000-0000-7000-8000-000000000010' },
  'put /api/chat-widget/payment-account': { keyId: 'rzp_test_sample', keySecret: 'sample' },
  'post /api/chat-widget/conversations/:id/payments': {
    id: '01900000-0000-7000-8000-00000000000d',
    purpose: 'sample',
    amountMinor: 100,
    currency: 'INR',
  },
  'post /api/chat-widget/payments/:id/refunds': {
    id: '01900000-0000-7000-8000-00000000000c',
    paymentId: 'pay_sample',
    amountMinor: 100,
    reason: 'sample',
  },
  'post /api/chat-widget/payments/:id/settle': { paymentId: 'pay_sample', reason: 'sample' },
  'post /api/widget/payments/seen': { payments: [] },
  'post /api/chat-widget/tickets': {
    id: '01900000-0000-7000-8000-00000000000f',
    title: 'sample',
    description: 'sample',
  },
  'patch /api/chat-widget/tickets/:id': {
    title: 'sample',
    description: 'sample',
    status: 'pending',
    priority: 'high',
    assigneeId: null,
  },
}

/** Of routes that answer nothing without one. */
const QUERIES: Record<string, string> = {
  'get /api/chat-widget/search': 'q=words',
}

/** One request of a route. */
export interface Call {
  path: string
  body: unknown
}

/** The id that a row has. */
function idIn(rows: TenantRows, noun: string, route: string): string {
  const table = (route.startsWith('/api/support/') ? OF_SUPPORT_CHAT : TABLE_OF)[noun] ?? ''
  const row = rows.get(table)
  if (!row) throw new Error(`${route}: which row is one of ${noun}? Name its table in calls.ts, TABLE_OF.`)
  return encodeURIComponent(String(row[KEY_OF[table] ?? 'id']))
}

/** Fills the path's parts; `choose` says of the n-th whose id it is. */
export function pathOf({ path }: DeclaredRoute, choose: (index: number) => TenantRows): string {
  let index = 0
  return path.replace(/([\w-]+)\/:(\w+)/g, (_, noun: string, name: string) => {
    const rows = choose(index++)
    return `${noun}/${name === 'key' ? rows.get('widgets')?.key : idIn(rows, noun, path)}`
  })
}

/** The path with the query that the route cannot do without. */
export function addressOf(route: DeclaredRoute, choose: (index: number) => TenantRows): string {
  return withQuery(pathOf(route, choose), QUERIES[`${route.method} ${route.path}`])
}

/** Says more in the query of an address. */
export function withQuery(address: string, query: string | undefined): string {
  return query === undefined ? address : `${address}${address.includes('?') ? '&' : '?'}${query}`
}

/** A body that the route takes, with ids out of these rows. */
export function bodyOf({ method, path, input }: DeclaredRoute, rows: TenantRows): unknown {
  if (!input.body) return undefined
  const body = BODIES[`${method} ${path}`] ?? validInput(input.body, (property) => idNamed(property, rows))
  if (body === undefined)
    throw new Error(`${method} ${path}: no body could be made of its schema; write one in calls.ts, BODIES.`)
  return body
}

function idNamed(property: string, rows: TenantRows): string | undefined {
  if (property === 'widgetKey') return String(rows.get('widgets')?.key)
  const [, noun] = /^(\w+?)Ids?$/.exec(property) ?? []
  const row = noun === undefined ? undefined : (rows.get(`${noun}s`) ?? rows.get(TABLE_OF[noun] ?? ''))
  return row && String(row.id)
}

/** The calls of one route whose ids are of this kind: of the foreign ones, every mixture that holds one at least. */
export function callsOf(stage: Stage, route: DeclaredRoute, ids: Ids): Call[] {
  const { own, foreign } = stage
  const holes = route.path.split('/:').length - 1
  if (ids === 'own') return [{ path: addressOf(route, () => own), body: bodyOf(route, own) }]
  const mixtures = Array.from({ length: 2 ** holes - 1 }, (_, index) => index + 1)
  const byPath = mixtures.map((bits) => addressOf(route, (index) => (bits & (1 << index) ? foreign : own)))
  const body = bodyOf(route, own)
  return byPath.map((path) => ({ path, body }))
}

/** What a server answered. */
export interface Answer {
  status: number
  /** Of a refusal. */
  code: string | undefined
  message: string
  field: string | undefined
  /** Head and body, to look through. */
  text: string
}

/** Sends one request. */
export async function send(
  stage: Stage,
  route: Pick<DeclaredRoute, 'method'>,
  call: Call,
  headers: Record<string, string>,
): Promise<Answer> {
  const { server } = stage
  const hasBody = call.body !== undefined && route.method !== 'get'
  const answer = await fetch(`${server.url}${call.path}`, {
    method: route.method.toUpperCase(),
    redirect: 'manual',
    headers: { origin: server.origin, ...(hasBody ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(hasBody ? { body: typeof call.body === 'string' ? call.body : JSON.stringify(call.body) } : {}),
  })
  const text = await answer.text()
  let error: { code?: string; message?: string; field?: string } | undefined
  if (!answer.ok && text.startsWith('{')) error = (JSON.parse(text) as { error?: typeof error }).error
  return {
    status: answer.status,
    code: error?.code,
    message: error?.message ?? '',
    field: error?.field,
    text: `${JSON.stringify([...answer.headers])} ${text}`,
  }
}

/** Words of the gate and of the policy, as against what a use case refuses to somebody who may do it in general. */
const BY_POLICY =
  /^(Your role does not allow|This token lacks|Only members may|The header x-chatdesk-csrf|Only pages of this server)/

/** What of the answer is not as expected, in sentences. */
function deviation(expected: Outcome, { status, code, message, text }: Answer): string[] {
  if (isFault(status)) return [`a fault of ours: ${status} ${text.slice(0, 300)}`]
  if (status >= 400 && code === undefined) return [`a refusal without a code: ${status}`]
  if (code === 'RATE_LIMITED') return ['a rate limit was in the way: raise it in stage.ts']
  if (expected === 'answered') return []
  if (expected !== 'allowed')
    return code === expected ? [] : [`${status} ${code ?? ''} ${message}, instead of ${expected}`]
  const isRefused = code === 'UNAUTHENTICATED' || (code === 'FORBIDDEN' && BY_POLICY.test(message))
  return isRefused ? [`refused: ${code} ${message}`] : []
}

/** What is not built yet says so by its own status. */
export function isFault(status: number): boolean {
  return status >= 500 && status !== 501
}

/**
 * Every route with every caller, and these ids: whatever is not as the policy says, in sentences. What was done is taken back
 * at once, and the other organization's rows are looked at before.
 */
export async function runMatrix(stage: Stage, ids: Ids): Promise<{ cases: number; deviations: string[] }> {
  const { snapshot, canary, foreignId } = stage
  const before = await snapshot.digest(foreignId)
  const deviations: string[] = []
  let cases = 0
  for (const route of stage.routes)
    for (const caller of stage.callers) {
      // By its purpose it is for everybody, whosever it is.
      if (route.access.for === 'everybody' && ids === 'foreign') continue
      for (const call of callsOf(stage, route, ids)) {
        cases++
        const wrong = await runCase(stage, { route, caller, ids, call, before })
        deviations.push(...wrong.map((text) => `${caller.name}: ${route.method} ${route.path}, ${ids} ids: ${text}`))
      }
    }
  deviations.push(...changed(before, await snapshot.digest(foreignId)))
  const logged = stage.log.filter((line) => line.includes(canary))
  deviations.push(...logged.map((line) => `logged: ${line}`))
  return { cases, deviations }
}

interface Case {
  route: DeclaredRoute
  caller: Caller
  ids: Ids
  call: Call
  /** Digests of the other organization's rows. */
  before: Record<string, string>
}

async function runCase(stage: Stage, { route, caller, ids, call, before }: Case): Promise<string[]> {
  const { snapshot, canary, foreignId } = stage
  const crosses = mayCross(route, caller.actor)
  const answer = await send(stage, route, call, caller.headers)
  const expected = expectedOutcome(route, caller, ids)
  const wrong = isTokenAside(expected, caller.actor, answer) ? [] : deviation(expected, answer)
  // Names of organizations are a super admin's business.
  const told = crosses ? answer.text.replaceAll(`${canary} organization`, '') : answer.text
  if (told.includes(canary)) wrong.push('told what is of the other organization')
  if (answer.status < 300 && route.method !== 'get') {
    if (!crosses) wrong.push(...changed(before, await snapshot.digest(foreignId)))
    await snapshot.restore()
  }
  return wrong
}

/** Where only sign-ins count, a token of the API is refused before anybody asks what it may do. */
function isTokenAside(expected: Outcome, actor: Actor | undefined, { code }: Answer): boolean {
  const isToken = actor?.kind === 'member' && actor.scopes !== undefined
  return isToken && expected === 'FORBIDDEN' && code === 'UNAUTHENTICATED'
}

/** What of the rows is no longer as it was. */
export function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  const tables = Object.keys(before).filter((table) => before[table] !== after[table])
  return tables.map((table) => `rows of ${table} changed`)
}

/** Who may call a route, with as little to say as that takes: what is refused to them is refused for what they send. */
export function lowestCallerOf(stage: Stage, { access }: DeclaredRoute): Caller {
  if (access.for === 'everybody') return stage.caller('nobody')
  if (access.for === 'visitor') return stage.caller('visitor')
  if (access.for === 'user' || access.for === 'user or member') return stage.caller('user')
  const { action } = access
  const may = ({ actor }: Caller) => actor?.kind === 'member' && (action === 'session' || isAllowed(actor, action))
  return stage.callers.find(may) ?? stage.caller('super_admin')
}
