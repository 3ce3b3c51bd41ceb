import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@chatdesk/server'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createChangeFeed } from '../../src/messages/index.js'
import { createPasswordReset } from '../../src/organizations/password-changes.js'
import { connectWebSocket } from '../../src/realtime/testing/test-client.js'
import type { TestServer } from '../../src/testing/index.js'
import { refusalOf } from '../threats/scene.js'
import { callsOf, send, withQuery } from './calls.js'
import { createStage, type Stage } from './stage.js'

const EMAIL = 'keeper@demo.test'
const canary = () => `canary-${randomBytes(12).toString('base64url')}`
/** The server's own, which its host has written into the environment. */
const SERVER = { secret: `${canary()}${canary()}`, redis: canary(), hints: canary() }
/** What somebody types where it does not belong. */
const TYPED = canary()

let stage: Stage
/** By what they are. All of them stand when the tests begin. */
const secrets = new Map<string, string>()
beforeAll(async () => {
  stage = await createStage('Postgres', {
    secrets: [SERVER.secret],
    redisUrl: `redis://:${SERVER.redis}@127.0.0.1:1`,
    redisHintSecret: SERVER.hints,
    prepare: handOutSecrets,
  })
  for (const [what, secret] of Object.entries(SERVER)) secrets.set(`the server's ${what}`, secret)
})
afterAll(() => stage.close())

/** One of each secret that the server knows. */
async function handOutSecrets(server: TestServer): Promise<void> {
  const { database, chat } = server
  const admin = await server.signIn('client_admin')
  const organizationId = admin.current.organization.id
  const make = async <T>(path: string, body: object, headers = admin.headers): Promise<T> => {
    const answer = await server.post(path, body, headers)
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const password = canary()
  await chat.api.createMember({ organizationId, email: EMAIL, name: 'Keeper', role: 'agent', password })
  const answer = await server.post('/api/auth/sign-in', { email: EMAIL, password })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { csrfToken } = (await answer.json()) as { csrfToken: string }
  const keeper = { cookie, 'x-chatdesk-csrf': csrfToken }
  const reset = await createPasswordReset(
    {
      ...{ database, changes: createChangeFeed(() => {}), clock: () => new Date(), generateId: randomUUID },
      passwords: { hash: async () => '', matches: async () => false },
    },
    { email: EMAIL },
  )
  const { ticket } = await make<{ ticket: string }>('/api/auth/ticket', {}, keeper)
  const { link } = await make<{ link: string }>('/api/chat-widget/invites', { email: 'new@demo.test', role: 'agent' })
  const apiToken = { name: 'Program', scopes: ['widget:read'] }
  const { secret } = await make<{ secret: string }>('/api/chat-widget/api-tokens', apiToken)
  const widget = await database.system
    .selectFrom('widgets')
    .select('id')
    .where('key', '=', 'wk_demo')
    .executeTakeFirstOrThrow()
  const keys = `/api/chat-widget/widgets/${widget.id}/identity-keys`
  const hmac = await make<{ secret: string }>(keys, { kind: 'hmac' })
  const jwt = await make<{ secret: string }>(keys, { kind: 'jwt_secret' })
  const hash = createHmac('sha256', hmac.secret).update(`v1|${widget.id}|asha`).digest('hex')
  const [visitor, user] = [await server.initVisitor(), await server.initVisitor({ user: { id: 'asha', hash } })]
  const all = {
    ...{ password, 'sign-in': cookie.split('=')[1], csrf: csrfToken, reset: reset?.token, ticket },
    ...{ invite: link.split('#')[1], 'API token': secret, 'HMAC key': hmac.secret, 'JWT key': jwt.secret },
    ...{ visitor: visitor.visitorToken, session: visitor.token, sending: visitor.sendToken },
    ...{ login: user.visitorToken, 'session of a user': user.token },
  }
  for (const [what, value = ''] of Object.entries(all)) {
    expect([what, value.length > 20]).toEqual([what, true])
    secrets.set(what, value)
  }
}

/** Every table as it is, a row a line, as a dump has it; and the values by which something is opened. */
async function dump({ system }: Database): Promise<{ text: string; values: Buffer[] }> {
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select table_name::text as table, column_name::text as column, data_type::text as type
    from information_schema.columns where table_schema = 'public'`.execute(system)
  const lines: string[] = []
  for (const table of new Set(columns.map((column) => column.table))) {
    const { rows } = await sql<{ line: string }>`select t::text as line from ${sql.table(table)} t`.execute(system)
    lines.push(...rows.map(({ line }) => line))
  }
  const opening = columns.filter(({ column, type }) => type === 'bytea' || /hash|token|secret|salt/.test(column))
  const values: Buffer[] = []
  for (const { table, column } of opening) {
    const { rows } = await sql<{ value: Buffer | string | null }>`
      select ${sql.ref(column)} as value from ${sql.table(table)}`.execute(system)
    for (const { value } of rows) if (value !== null && value.length > 0) values.push(Buffer.from(value))
  }
  return { text: lines.join('\n'), values }
}

/** However it may have been written down. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [secret, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('hex')]
}

/** Which secrets stand in a text. */
function secretsIn(text: string, more: ReadonlyMap<string, string> = new Map()): string[] {
  const found = [...secrets, ...more].filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
  return found.map(([what]) => what)
}

it('threats 37 and 40: a dump of the whole database holds no secret', async () => {
  const { text } = await dump(stage.server.database)
  // It is whole: names that stand in tables, and what is made of the secrets.
  for (const known of [EMAIL, '$argon2id$', 'new@demo.test', 'asha']) expect(text).toContain(known)
  expect(secretsIn(text)).toEqual([])
})

it('threat 37: nothing that a dump holds opens anything, however it is written', async () => {
  const { server } = stage
  const { values } = await dump(server.database)
  expect(values.length).toBeGreaterThan(20)
  const visitors = await server.database.system.selectFrom('visitors').select('id').execute()
  const known = new Set(visitors.map(({ id }) => id))
  const opened: string[] = []
  const forms = values.flatMap((value) =>
    (['base64url', 'hex', 'utf8'] as const).map((encoding) => value.toString(encoding).replace(/[^\x21-\x7e]/g, '')),
  )
  const statusOf = async (path: string, headers: Record<string, string>) => (await server.get(path, headers)).status
  const sent = async (path: string, body: object) => (await server.post(path, body)).status
  for (const form of new Set(forms.filter((text) => text !== '').map((text) => text.slice(0, 190)))) {
    const statuses = [
      await statusOf('/api/auth/me', { cookie: `chatdesk=${encodeURIComponent(form)}` }),
      await statusOf('/api/auth/me', { cookie: `chatdesk=ms_${encodeURIComponent(form)}` }),
      await statusOf('/api/chat-widget/widgets', { authorization: `Bearer cp_${form}` }),
      await statusOf('/api/widget/conversations', { authorization: `Bearer vs_${form}` }),
      await statusOf('/api/widget/conversations', { authorization: `Bearer ${form}` }),
      await sent('/api/auth/invite', { token: `iv_${form}` }),
      await sent('/api/auth/reset', { token: `pr_${form}`, password: 'four plain words here' }),
    ]
    if (statuses.some((status) => status < 400)) opened.push(`${form}: ${statuses}`)
    const body = { widgetKey: 'wk_demo', token: `vs_${form}`, visitorToken: `vt_${form}` }
    const answer = await server.post('/api/widget/init', body)
    if (answer.ok && known.has(((await answer.json()) as { visitorId: string }).visitorId)) opened.push(`init: ${form}`)
  }
  const tickets = await server.database.system.selectFrom('connection_tickets').select('ticket_hash').execute()
  expect(tickets).not.toEqual([])
  for (const { ticket_hash: hash } of tickets)
    for (const form of [hash.toString('base64url'), hash.toString('hex')]) {
      const client = await connectWebSocket(server.url, { origin: server.origin })
      expect(await refusalOf(client, `ct_${form}`)).toBe('UNAUTHENTICATED')
    }
  expect(opened).toEqual([])
  await stage.snapshot.restore()
}, 120_000)

it('threat 40: no route tells anybody a secret that stands, nor what was typed in the wrong place; nor does the log', async () => {
  const told: string[] = []
  const typed = { password: TYPED, token: TYPED, secret: TYPED, hash: TYPED, email: TYPED, current: TYPED }
  const more = new Map([['what was typed', TYPED]])
  for (const route of stage.routes)
    for (const { name, headers } of stage.callers)
      for (const { path, body } of callsOf(stage, route, 'own')) {
        const calls = [
          await send(stage, route, { path, body }, headers),
          await send(
            stage,
            route,
            { path: withQuery(path, `token=${TYPED}`), body: { ...(body as object), ...typed } },
            headers,
          ),
          await send(stage, route, { path, body: `{"password":"${TYPED}"` }, headers),
          await send(
            stage,
            route,
            { path, body },
            { authorization: `Bearer cp_${TYPED}`, cookie: `chatdesk=${TYPED}` },
          ),
        ]
        for (const { text } of calls)
          told.push(...secretsIn(text, more).map((what) => `${name}: ${route.method} ${route.path}: ${what}`))
        if (route.method !== 'get') await stage.snapshot.restore()
      }
  expect(told).toEqual([])
  // Redis is away, of which it says so; and what it could not do.
  expect(stage.log.join('\n')).toContain('Redis is away')
  expect(secretsIn(stage.log.join('\n'), more)).toEqual([])
}, 300_000)
