import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { ChatError, HTTP_STATUS } from '@chatdesk/protocol'
import express from 'express'
import { verifyTrails } from './audit/index.js'
import { type ChatServer, createChatServer } from './create-chat-server.js'
import { createDatabase, type Database, DURABILITY } from './database/index.js'
import { DEMO_PASSWORD, DEMO_SIGN_INS, findDemoSignIns, seedDemo } from './demo/seed.js'
import { diskStorage, s3Storage } from './files/index.js'
import { builtAssets } from './http/built-assets.js'
import { consoleAtRoot } from './http/static-assets.js'
import { consoleLink, createPasswordResetByHost, createPasswords } from './organizations/index.js'
import { type Config, readConfig } from './platform/config.js'
import { createLogger } from './platform/logger.js'

/** A server that has not stopped by then is ended. */
const STOP_TIMEOUT_MS = 10_000
/** How long a request that is under way may take before its connection ends. Some are never complete. */
const LAST_REQUESTS_MS = 3_000

/**
 * How long a request may take to arrive, in milliseconds: its head, and all of it. Node's own bounds, of minutes, let whoever
 * sends a byte now and then hold as many sockets as there are.
 */
const ARRIVAL = { headersTimeout: 5_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 }

/** One line, and the end. */
function fail(reason: string): never {
  process.stderr.write(`chatdesk: ${reason}\n`)
  process.exit(1)
}

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function reasonOf(error: unknown, { port, host }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `PORT: ${port} on ${host} is taken by another program`
  if (code === 'EACCES') return `PORT: ${port} on ${host} may not be used by this user`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST: ${host} is no address of this machine`
  return error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error)
}

interface Announced {
  port: number
  durability: keyof typeof DURABILITY
  firstRunCode: string | undefined
}

function placeOfFiles({ files }: Config): string {
  if (!files) return 'none are taken (no CHATDESK_FILES, or no CHATDESK_SECRET)'
  return 'url' in files ? `in the bucket ${files.url}` : `in ${files.directory}`
}

/** Where people reach the server: as the operator has said, else as this machine has it. */
function baseOf({ publicUrl, host }: Config, port: number): string {
  return publicUrl ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`
}

/** On the standard output alone: a log is read by others, and kept. */
function announce(config: Config, { port, durability, firstRunCode }: Announced): void {
  const base = baseOf(config, port)
  const store = 'url' in config.database ? 'Postgres' : `PGlite in ${config.database.dataDir}`
  const lines = [
    `ChatDesk runs on ${base}`,
    `  console    ${base}/console`,
    `  storage    ${store}, durability class ${durability}: ${DURABILITY[durability]}`,
  ]
  lines.push(`  files      ${placeOfFiles(config)}`)
  if (config.model)
    lines.push(`  assistant  answers in the words of ${config.model.model}, within what the knowledge base says`)
  if (config.embeddings) lines.push(`  knowledge  is found by its meaning too, as ${config.embeddings.model} has it`)
  if ('url' in config.database) {
    const way =
      config.redisUrl === undefined ? 'by a look every 2 seconds (no REDIS_URL)' : 'at once, by hints over Redis'
    lines.push(`  nodes      see what the others write ${way}`)
  }
  if (firstRunCode !== undefined)
    lines.splice(1, 0, `  first run  ${base}/console/setup with the code ${firstRunCode}, until somebody has used it`)
  if (config.demo) {
    lines.splice(1, 0, `  demo site  ${base}/`)
    lines.push(`  sign in    ${DEMO_SIGN_INS.map(({ email }) => email).join(', ')}`, `  password   ${DEMO_PASSWORD}`)
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

function stopOnSignal(server: Server, chat: ChatServer, closeDatabase: () => Promise<void>): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref()
    const closed = new Promise((resolve) => server.close(resolve))
    await chat.drain()
    await chat.close()
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS).unref()
    await closed
    await closeDatabase()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** What was a demo's keeps its sign-ins, whose password everybody knows. */
async function requireNoDemo(database: Database): Promise<void> {
  const open = await findDemoSignIns(database, createPasswords())
  if (open.length > 0)
    throw new ChatError(
      'UNAVAILABLE',
      `The database holds sign-ins of the demo, whose password is known: ${open.join(', ')}. Start on another one, or remove them.`,
    )
}

async function start(config: Config): Promise<void> {
  const logger = createLogger({ level: config.logLevel })
  const database = createDatabase(config.database)
  const demoSite = fileURLToPath(new URL('./public/demo-site', import.meta.url))
  const assets = { ...builtAssets(), demoSite: config.demo && existsSync(demoSite) ? demoSite : undefined }
  const chat = createChatServer({
    database,
    logger,
    redisUrl: config.redisUrl,
    redisHintSecret: config.redisHintSecret,
    publicUrl: config.publicUrl,
    mail: config.mail,
    secrets: config.secrets,
    trustProxy: config.trustProxy,
    geoHeaders: config.geoHeaders,
    files: config.files && {
      storage: 'url' in config.files ? s3Storage(config.files) : diskStorage(config.files.directory),
    },
    assistant: {
      provider: config.model,
      embeddings: config.embeddings,
      prices: config.model && config.modelPrice && { [config.model.model]: config.modelPrice },
    },
    payments: { razorpayUrl: config.razorpayUrl },
    assets,
  })
  const app = express().disable('x-powered-by')
  const server = createServer(ARRIVAL, app)
  const { durability } = await chat.migrate()
  if (!config.demo) await requireNoDemo(database)
  stopOnSignal(server, chat, () => database.close())
  const port = await listen(server, config)
  if (config.demo) await seedDemo(database, chat.api, { port, kind: config.demo })
  // Mounted last: who finds the server ready finds the demo complete.
  app.use(chat.router, consoleAtRoot(assets))
  app.use((_request, response) => {
    response.status(HTTP_STATUS.NOT_FOUND).json({ error: { code: 'NOT_FOUND', message: 'Nothing is here.' } })
  })
  chat.attach(server)
  const firstRunCode = config.demo ? undefined : await chat.api.firstRunCode()
  announce(config, { port, durability, firstRunCode })
}

/** Says how each trail ends, or where one was forged (threat 39). */
async function verifyAudit(config: Config): Promise<void> {
  const database = createDatabase(config.database)
  const verdict = await verifyTrails(database).finally(() => database.close())
  if (!verdict.ok)
    fail(
      `The audit trail of organization ${verdict.organizationId} was forged: entry ${verdict.seq} is not as written.`,
    )
  const lines = verdict.ends.map(({ organizationId, seq, hash }) => `${organizationId} ${seq} ${hash}\n`)
  process.stdout.write(lines.join(''))
}

/** Prints a link for a new password: the way back in where no mail goes out. */
async function makePasswordLink(config: Config, email: string): Promise<void> {
  const database = createDatabase(config.database)
  const context = { database, clock: () => new Date() }
  const reset = await createPasswordResetByHost(context, { email }).finally(() => database.close())
  if (!reset) fail('Nobody has this e-mail.')
  process.stdout.write(`${consoleLink('reset', reset.token, baseOf(config, config.port))}\n`)
}

/** What the words behind the program's name ask for. */
function findCommand(words: readonly string[]): ((config: Config) => Promise<void>) | undefined {
  const [word, operand = ''] = words
  if (words.length === 0) return start
  if (words.length !== 2) return undefined
  if (word === 'audit' && operand === 'verify') return verifyAudit
  if (word === 'password-link') return (config) => makePasswordLink(config, operand)
  return undefined
}

const command = findCommand(process.argv.slice(2))
if (!command) fail('There is no such command; there are `audit verify`, `password-link <email>`, and none to serve.')
const result = readConfig(process.env)
if (!result.ok) fail(result.reason)
try {
  await command(result.config)
} catch (error) {
  fail(ChatError.isInstance(error) ? error.message.replaceAll('\n', ' ') : reasonOf(error, result.config))
}
