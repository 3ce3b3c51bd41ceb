import { randomBytes, randomUUID } from 'node:crypto'
import type { MemberRole } from '@chatdesk/protocol'
import { DEFAULT_NOTIFICATIONS } from '@chatdesk/protocol/schemas'
import {
  createTestServer,
  type TestDatabaseKind,
  type TestMember,
  type TestServer,
  type TestServerOptions,
} from '@chatdesk/server/testing'
import { sql } from 'kysely'
import { sign } from '../../src/identity-keys/testing/test-issuer.js'
import type { Actor } from '../../src/organizations/actor.js'
import { ACTIONS, isAllowed, scopeOf } from '../../src/organizations/policy.js'
import { createStubProvider } from '../../src/payments/testing/stub-provider.js'
import { listRoutes } from '../../src/testing/list-routes.js'
import { NO_RATES } from '../threats/scene.js'
import type { Credential, DeclaredRoute } from './expected.js'
import { type Snapshot, takeSnapshot } from './snapshot.js'
import { fillTables, listTenantTables, type TenantRows } from './tables.js'

/** Somebody who calls, and who the policy takes them for. */
export interface Caller extends Credential {
  name: string
  /** Undefined: nobody. */
  actor: Actor | undefined
  headers: Record<string, string>
}

/** A real server with two organizations that have a row in every table, and callers of the one. */
export interface Stage {
  server: TestServer
  routes: readonly DeclaredRoute[]
  callers: readonly Caller[]
  caller(name: string): Caller
  /** Rows of the callers' organization, and of the other one. */
  own: TenantRows
  foreign: TenantRows
  ownId: string
  foreignId: string
  /** Stands in every text of the other organization's rows. */
  canary: string
  /** What the server wrote into its log. */
  log: string[]
  snapshot: Snapshot
  close(): Promise<void>
}

const ROLES: readonly MemberRole[] = ['client_user', 'agent', 'client_admin', 'super_admin']
const PLENTY = { points: 1e6, seconds: 1 }
const REASON = 'to look into a fault that they told us of'

/** What a stage may have beside what all have. */
export interface StageOptions extends Pick<TestServerOptions, 'secrets' | 'redisUrl' | 'redisHintSecret'> {
  /** Adds to the callers' organization what is to stand in the tables from the beginning. */
  prepare?(server: TestServer): Promise<void>
}

/** Sets the stage. */
export async function createStage(
  kind: TestDatabaseKind,
  { prepare, ...serverOptions }: StageOptions = {},
): Promise<Stage> {
  const log: string[] = []
  const write = (fields: object, message = '') => {
    const text = JSON.stringify(fields, (_, value) =>
      value instanceof Error ? `${value.stack} ${value.cause}` : value,
    )
    log.push(`${message} ${text}`)
  }
  const limits = {
    initPerAddress: PLENTY,
    callsPerAddress: PLENTY,
    messagesPerSession: PLENTY,
    writesPerSession: PLENTY,
    transcriptsPerNetwork: PLENTY,
    signInPerAddress: PLENTY,
    signInPerAccount: PLENTY,
    sitesPerOrganization: PLENTY,
    realtime: NO_RATES,
  }
  const server = await createTestServer({
    // What is answered behind the policy is not the question here; no call leaves the machine.
    payments: { providers: { of: async () => createStubProvider() } },
    ...serverOptions,
    kind,
    limits,
    logger: { debug: write, info: write, warn: write, error: write },
  })
  const { database } = server
  const { api } = server.chat
  const routes = listRoutes(server.chat.router).filter(isDeclared)
  const has = (method: string, path: string) => routes.some((route) => route.method === method && route.path === path)

  const canary = `canary-${randomBytes(6).toString('hex')}`
  const members = await Promise.all(ROLES.map((role) => server.signIn(role)))
  const ownId = members[0]?.current.organization.id ?? ''
  const { organizationId: foreignId } = await api.createOrganization({ name: `${canary} organization` })
  await populate(server, 'wk_demo', 'Our words')
  const { key } = await api.createWidget({
    organizationId: foreignId,
    name: canary,
    settings: { greeting: canary },
    allowedOrigins: [server.origin],
  })
  await api.createMember({
    organizationId: foreignId,
    email: `${canary}@their.test`,
    name: canary,
    role: 'agent',
    password: canary,
  })
  await populate(server, key, canary)

  const visitor = await server.initVisitor()
  const callers: Caller[] = [
    { name: 'nobody', actor: undefined, headers: {} },
    {
      name: 'visitor',
      actor: actorOf(ownId, 'visitor'),
      headers: { authorization: `Bearer ${visitor.token}` },
    },
    ...members.map(({ headers }, index) => {
      const role = ROLES[index] as MemberRole
      return { name: role, actor: actorOf(ownId, role), headers }
    }),
  ]
  callers.push({
    name: 'user',
    isUser: true,
    actor: actorOf(ownId, 'visitor'),
    headers: await userHeaders(server, members[2]),
  })
  if (has('post', '/api/auth/visit')) callers.push(await visitingSuperAdmin(server, ownId))
  if (has('post', '/api/chat-widget/api-tokens')) callers.push(...(await apiTokens(server, ownId, callers)))

  await prepare?.(server)

  const tables = await listTenantTables(database)
  const own = await fillTables(database, tables, { organizationId: ownId, mark: 'ours' })
  const foreign = await fillTables(database, tables, { organizationId: foreignId, mark: canary })
  // An upload that is ready, in the conversation beside it.
  await sql`update files f set received_bytes = f.size_bytes, conversation_id = (
      select k.id from conversations k where k.organization_id = f.organization_id order by k.id limit 1),
    part = jsonb_build_object('type', 'file', 'fileId', f.id, 'name', f.name, 'mediaType', 'image/png',
      'sizeBytes', f.size_bytes)`.execute(database.system)
  // What a member wants to hear of is read as it was written.
  await sql`update member_notifications set settings = ${JSON.stringify(DEFAULT_NOTIFICATIONS)}::jsonb`.execute(
    database.system,
  )
  // So are a webhook, which nothing is sent to from here, and what it was told.
  await sql`update webhooks set url = 'http://127.0.0.1:9/' || replace(url, ' ', '-'), events = '{message.created}'`.execute(
    database.system,
  )
  await sql`update webhook_deliveries set type = 'ping', error = null`.execute(database.system)
  // Nobody compares the books of an account meanwhile, which would be written down.
  await sql`update payment_accounts set swept_to = '2999-01-01'`.execute(database.system)
  const snapshot = await takeSnapshot(database, tables)
  return {
    server,
    routes,
    callers,
    caller: (name) => {
      const found = callers.find((caller) => caller.name === name)
      if (!found) throw new Error(`There is no caller ${name}.`)
      return found
    },
    own,
    foreign,
    ownId,
    foreignId,
    canary,
    log,
    snapshot,
    close: () => server.close(),
  }
}

/** A route of the server's interface, which has said what a test must know of it; files are the same for everybody. */
function isDeclared(route: { path: string; access?: unknown; input?: unknown }): route is DeclaredRoute {
  return route.path.startsWith('/api/') && route.access !== undefined && route.input !== undefined
}

/** A visitor who says something in a conversation, on a page with a name. */
async function populate(server: TestServer, widgetKey: string, words: string): Promise<void> {
  const url = `https://page.test/${encodeURIComponent(words)}`
  const { token } = await server.initVisitor({ widgetKey, page: { url } })
  const headers = { authorization: `Bearer ${token}` }
  const started = await server.post('/api/widget/conversations', {}, headers)
  const { conversation } = (await started.json()) as { conversation: { id: string } }
  const message = { clientMessageId: randomUUID(), text: words }
  const sent = await server.post(`/api/widget/conversations/${conversation.id}/messages`, message, headers)
  if (sent.status !== 201) throw new Error(`the stage could not be set: ${await sent.text()}`)
}

/** As the policy reads them; the ids are the server's to know. */
function actorOf(
  organizationId: string,
  who: 'visitor' | MemberRole,
  more: { visiting?: boolean; scopes?: string[] } = {},
): Actor {
  const facts = { organizationId, name: who, expiresAt: new Date(8e15) }
  return who === 'visitor'
    ? { kind: 'visitor', ...facts, widgetId: '', visitorId: '', sessionId: '' }
    : { kind: 'member', ...facts, memberId: '', memberSessionId: '', role: who, ...more }
}

/** Of a verified user, who brings what the site has signed. */
async function userHeaders(server: TestServer, admin: TestMember | undefined): Promise<Record<string, string>> {
  const { id } = await server.database.system
    .selectFrom('widgets')
    .select('id')
    .where('key', '=', 'wk_demo')
    .executeTakeFirstOrThrow()
  const keys = `/api/chat-widget/widgets/${id}/identity-keys`
  const made = await server.post(keys, { kind: 'jwt_secret' }, admin?.headers)
  const { secret = '' } = (await made.json()) as { secret?: string }
  const seconds = Math.floor(Date.now() / 1000)
  const claims = { sub: 'uid-of-the-stage', aud: id, iat: seconds, exp: seconds + 3600 }
  const token = await sign(claims, Buffer.from(secret), { alg: 'HS256' })
  return { authorization: `Bearer ${token}`, 'x-widget-key': 'wk_demo' }
}

async function visitingSuperAdmin(server: TestServer, organizationId: string): Promise<Caller> {
  const home = await server.chat.api.createOrganization({ name: 'Home of the guest' })
  const [email, password] = ['guest@home.test', 'a password of the guest']
  await server.chat.api.createMember({ ...home, email, name: 'Guest', role: 'super_admin', password })
  const answer = await server.post('/api/auth/sign-in', { email, password })
  const [cookie = ''] = answer.headers.getSetCookie().map((header) => header.split(';')[0] ?? '')
  const { csrfToken } = (await answer.json()) as { csrfToken: string }
  const visit = await server.post(
    '/api/auth/visit',
    { organizationId, reason: REASON },
    { cookie, 'x-chatdesk-csrf': csrfToken },
  )
  if (!visit.ok) throw new Error(`nobody could visit: ${await visit.text()}`)
  // A visit may come with a sign-in of its own.
  const [newCookie = cookie] = visit.headers.getSetCookie().map((header) => header.split(';')[0] ?? '')
  const current = (await visit.json()) as { csrfToken: string }
  return {
    name: 'visiting super_admin',
    actor: actorOf(organizationId, 'super_admin', { visiting: true }),
    headers: { cookie: newCookie, 'x-chatdesk-csrf': current.csrfToken },
  }
}

/** One that may all that its member may, and one that may read widgets. */
async function apiTokens(server: TestServer, organizationId: string, callers: readonly Caller[]): Promise<Caller[]> {
  const creator = callers.find(({ name }) => name === 'client_admin') as Caller
  const all = ACTIONS.filter((action) => isAllowed(creator.actor as Actor, action)).map(scopeOf)
  const kinds = { 'API token': [...new Set(all)], 'API token for widgets': ['widget:read'] }
  return Promise.all(
    Object.entries(kinds).map(async ([name, scopes]) => {
      const answer = await server.post('/api/chat-widget/api-tokens', { name, scopes }, creator.headers)
      if (answer.status !== 201) throw new Error(`no ${name} could be made: ${await answer.text()}`)
      const { secret } = (await answer.json()) as { secret: string }
      return {
        name,
        actor: actorOf(organizationId, 'client_admin', { scopes }),
        headers: { authorization: `Bearer ${secret}` },
      }
    }),
  )
}
