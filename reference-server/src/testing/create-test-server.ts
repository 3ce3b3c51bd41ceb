import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CurrentMember, InitRequest, InitResponse, MemberRole } from '@chatdesk/protocol'
import express from 'express'
import type { ChatServerOptions } from '../chat-server-options.js'
import { type ChatServer, createChatServer } from '../create-chat-server.js'
import type { Database } from '../database/index.js'
import { DEMO_PASSWORD, DEMO_SIGN_INS, DEMO_WIDGET_KEY, seedDemo } from '../demo/seed.js'
import { diskStorage } from '../files/index.js'
import { createTestDatabase, type TestDatabaseKind } from './test-database.js'

/** Options of `createTestServer`. */
export interface TestServerOptions extends Omit<ChatServerOptions, 'database'> {
  /** PGlite in memory by default. Postgres needs `CHATDESK_TEST_DATABASE_URL`, and fails without it. */
  kind?: TestDatabaseKind
  /** Another one, whose database this one uses too: a second node. Close it before that one. */
  beside?: TestServer
  /** Where the server is mounted: `/chat`. Default: at the root. */
  path?: string
}

/** A signed-in member, with what its further requests need. */
export interface TestMember {
  cookie: string
  current: CurrentMember
  /** Headers of a request from the console. */
  headers: Record<string, string>
}

/** What a visitor is answered who is new, or has brought their visitor token. */
export type TestVisitor = InitResponse & { visitorToken: string }

/** A real server on a port of its own, with the demo's organization, sign-ins and widget. */
export interface TestServer {
  /** Address of the mount point, without a slash at its end. */
  readonly url: string
  /** What a page of this server sends as its `Origin`; the demo widget allows it. */
  readonly origin: string
  readonly database: Database
  /** A new one after `restart`. */
  readonly chat: ChatServer
  /** A request with a JSON body, from a page of this server. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  get(path: string, headers?: Record<string, string>): Promise<Response>
  signIn(role: MemberRole): Promise<TestMember>
  /** A connection ticket of a signed-in member. */
  ticket(member: TestMember): Promise<string>
  initVisitor(request?: Partial<InitRequest>): Promise<TestVisitor>
  /** Stops everything but the database, and starts again on the same port. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Starts a server for a test. */
export async function createTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { kind = 'PGlite', beside, path = '', ...serverOptions } = options
  const { database, drop } = beside
    ? { database: beside.database, drop: async () => {} }
    : await createTestDatabase(kind)
  const filesDirectory = await mkdtemp(join(tmpdir(), 'chatdesk-files-'))
  const serve = async (port: number): Promise<{ chat: ChatServer; server: Server; port: number }> => {
    const chat = createChatServer({
      assets: false,
      secrets: ['a secret that all test servers have'],
      files: { storage: diskStorage(filesDirectory) },
      ...serverOptions,
      database,
    })
    const app = express()
    // A kept connection may die under the first request after a restart.
    app.use((_request, response, next) => {
      response.set('connection', 'close')
      next()
    })
    app.use(path || '/', chat.router)
    const server = createServer(app)
    chat.attach(server, { path })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return { chat, server, port: (server.address() as AddressInfo).port }
  }
  const stop = async () => {
    const closed = new Promise((resolve) => running.server.close(resolve))
    await running.chat.close()
    running.server.closeAllConnections()
    await closed
  }
  let running = await serve(0)
  const origin = `http://127.0.0.1:${running.port}`
  await seedDemo(database, running.chat.api, { port: running.port, kind: 'bare' })

  const post = (to: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${origin}${path}${to}`, {
      method: 'POST',
      headers: { origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const expectOk = async <T>(answer: Response): Promise<T> => {
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  return {
    url: `${origin}${path}`,
    origin,
    database,
    get chat() {
      return running.chat
    },
    post,
    get: (from, headers = {}) => fetch(`${origin}${path}${from}`, { headers }),
    async signIn(role) {
      const email = DEMO_SIGN_INS.find((member) => member.role === role)?.email
      const answer = await post('/api/auth/sign-in', { email, password: DEMO_PASSWORD })
      const current = await expectOk<CurrentMember>(answer)
      const [cookie = ''] = answer.headers.getSetCookie().map((header) => header.split(';')[0] ?? '')
      return { cookie, current, headers: { cookie, 'x-chatdesk-csrf': current.csrfToken } }
    },
    ticket: async (member) =>
      (await expectOk<{ ticket: string }>(await post('/api/auth/ticket', undefined, member.headers))).ticket,
    initVisitor: async (request = {}) =>
      expectOk<TestVisitor>(await post('/api/widget/init', { widgetKey: DEMO_WIDGET_KEY, ...request })),
    async restart() {
      await stop()
      running = await serve(running.port)
    },
    async close() {
      await stop()
      await drop()
      await rm(filesDirectory, { recursive: true, force: true })
    },
  }
}
