import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { ChatError, type MemberRole } from '@chatdesk/protocol'
import type { RequestHandler } from 'express'
import { analyticsRoutes } from './analytics/routes.js'
import { appointmentRoutes } from './appointments/routes.js'
import { auditRoutes } from './audit/routes.js'
import { conversationRoutes } from './conversations/routes.js'
import {
  createDatabase,
  type Database,
  type DatabaseOptions,
  type DurabilityClass,
  requireTenantWall,
} from './database/index.js'
import { departmentRoutes } from './departments/index.js'
import { sendDueFollowUps } from './follow-ups/index.js'
import { clientAddress } from './http/client-address.js'
import { clientNetwork } from './http/client-network.js'
import { createRouter } from './http/create-router.js'
import { healthRoutes } from './http/health-routes.js'
import { type AssetDirectories, staticAssets } from './http/static-assets.js'
import { createJwksCache, fetchJwks, identityKeyRoutes } from './identity-keys/index.js'
import { knowledgeRoutes } from './knowledge/routes.js'
import { leadRoutes } from './leads/routes.js'
import { createChangeFeed, createMessageLog, type GroupCommitLimits } from './messages/index.js'
import { createDatabasePresenceBoard } from './nodes/database-presence-board.js'
import { noHints } from './nodes/hint-bus.js'
import { createRedisHintBus } from './nodes/redis-hint-bus.js'
import {
  administrationRoutes,
  authRoutes,
  consoleLink,
  createFirstRun,
  createInvite,
  createMember,
  createMemberGate,
  createOrganization,
  createPasswords,
  createPost,
  HOST,
  removeMember,
} from './organizations/index.js'
import { createIdGenerator } from './platform/ids.js'
import { type Logger, silentLogger } from './platform/logger.js'
import { createSmtpMailer, type Mailer, type MailerOptions } from './platform/mailer.js'
import { createRateLimit, type RateLimitOptions } from './platform/rate-limit.js'
import { createSealer } from './platform/sealed.js'
import { createRealtime, type RealtimeLimits, startSweep, systemClock } from './realtime/index.js'
import { createBackend } from './server-backend.js'
import { type GeoHeaders, visitorRoutes } from './visitors/index.js'
import {
  type CreateWidgetInput,
  createInstallationLog,
  createWidget,
  isKnownOrigin,
  updateWidget,
  type WidgetInput,
  widgetAdminRoutes,
  widgetRoutes,
} from './widgets/index.js'

/** How much one client may ask for. */
export interface ChatServerLimits {
  /** `POST /api/widget/init` from one network address. Default 300 in 60 seconds. */
  initPerAddress: RateLimitOptions
  /** REST calls of visitors from one network address. Default 1,200 in 60 seconds. */
  callsPerAddress: RateLimitOptions
  /** REST messages of one session. Default 120 in 60 seconds. */
  messagesPerSession: RateLimitOptions
  /** Sign-ins from one network address. Default 30 in 60 seconds. */
  signInPerAddress: RateLimitOptions
  /** Failed sign-ins for one e-mail. Default 10 in 15 minutes. */
  signInPerAccount: RateLimitOptions
  /** Invites of one organization. Default 100 in an hour. */
  invitesPerOrganization: RateLimitOptions
  /** Mails to one e-mail address, of whatever kind; further ones are not sent. Default 5 in an hour. */
  mailsPerAddress: RateLimitOptions
  /** What one live connection may cost. */
  realtime: Partial<RealtimeLimits>
  /** How many messages may wait to be written. */
  groupCommit: Partial<GroupCommitLimits>
}

/** Options of `createChatServer`. */
export interface ChatServerOptions {
  /** Which database; one that the caller has made is used and left open. */
  database: DatabaseOptions | Database
  /** Where people reach this server, up to its mount point. Without it, whatever address a request was sent to. */
  publicUrl?: string | undefined
  /** Built files to serve; by default those beside this module. `false`: none. */
  assets?: AssetDirectories | false | undefined
  /** Which proxies are believed about a client's address, as Express's `trust proxy`. Default: none. */
  trustProxy?: boolean | number | string | undefined
  /** How mail to members is sent; needs `publicUrl`, for the links in it. Without it inviters hand on links themselves. */
  mail?: MailerOptions | Mailer | undefined
  /** Headers in which a trusted proxy tells a visitor's country and city, as `cf-ipcountry`. Default: none. */
  geoHeaders?: GeoHeaders | undefined
  limits?: Partial<ChatServerLimits> | undefined
  /** Seal what the server must read again: the first seals, all of them open. 32 characters or more each. Without one nothing can be sealed. */
  secrets?: readonly string[] | undefined
  /** For development: an issuer's keys may be fetched from any address, and by plain http. Default: false. */
  allowPrivateJwks?: boolean | undefined
  /** Where Firebase publishes the keys of its ID tokens; another place for tests. */
  firebaseJwksUrl?: string | undefined
  /** A Redis that carries hints between nodes, so that each sees at once what the others write. Without it: at the next sweep. */
  redisUrl?: string | undefined
  /** Signs the hints, for a Redis that others can write to. The same at every node. */
  redisHintSecret?: string | undefined
  /** How often to look for what other processes have written, in milliseconds. Default 2,000. On PGlite never: it has one process. */
  sweepMs?: number | undefined
  /** S5, in milliseconds. Default 25,000. */
  heartbeatMs?: number | undefined
  /** Silent by default. */
  logger?: Logger | undefined
  clock?: (() => Date) | undefined
  /** Makes UUIDs of version 7. */
  generateId?: (() => string) | undefined
}

/** The use cases that a host calls in process. */
export interface ChatServerApi {
  createOrganization(input: { name: string }): Promise<{ organizationId: string }>
  createMember(input: Parameters<typeof createMember>[1]): Promise<{ memberId: string }>
  /** The secret is in the link, and nowhere else; without a `publicUrl` the link begins at the mount point. */
  inviteMember(input: {
    organizationId: string
    email: string
    role: MemberRole
  }): Promise<{ inviteId: string; link: string }>
  /** Ends their sign-ins, tokens and connections as well. Refuses the last super admin, and an organization's last admin. */
  removeMember(input: { organizationId: string; memberId: string }): Promise<void>
  /** The code with which the first member comes in at `/console/setup`, anew with each call; undefined: there is a member. */
  firstRunCode(): Promise<string | undefined>
  /** Without a `key` one is made. */
  createWidget(input: CreateWidgetInput): Promise<{ widgetId: string; key: string }>
  /** What is absent stays as it is; of `settings` too. */
  updateWidget(input: WidgetInput & { organizationId: string; widgetId: string }): Promise<void>
}

/** A chat server without a listener: the host owns that. */
export interface ChatServer {
  /** `app.use('/chat', chat.router)`: REST, the widget's files and the console. Before the host's body parsers. */
  readonly router: RequestHandler
  /** Live connections on a server that the host owns; upgrades for other paths are left alone. From then on due follow-ups are said. */
  attach(server: Server, options?: { path?: string | undefined }): void
  readonly api: ChatServerApi
  /** Connects to the database and brings its schema up to date. Rejects with one clear sentence. */
  migrate(): Promise<{ durability: DurabilityClass }>
  /** Sends every client away, each to come back at another moment; from now on `/readyz` says no. */
  drain(): Promise<void>
  /** Ends connections and writes what is under way, then closes the database. */
  close(): Promise<void>
}

const DEFAULT_LIMITS = {
  initPerAddress: { points: 300, seconds: 60 },
  callsPerAddress: { points: 1_200, seconds: 60 },
  messagesPerSession: { points: 120, seconds: 60 },
  signInPerAddress: { points: 30, seconds: 60 },
  signInPerAccount: { points: 10, seconds: 900 },
  invitesPerOrganization: { points: 100, seconds: 3_600 },
  mailsPerAddress: { points: 5, seconds: 3_600 },
}

const FIREBASE_JWKS_URL = 'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com'

const SWEEP_MS = 2_000
const FOLLOW_UP_SWEEP_MS = 5_000

/** The directories beside the built module, as far as they are there. */
export function builtAssets(): AssetDirectories {
  const find = (name: string) => {
    const directory = fileURLToPath(new URL(`./public/${name}`, import.meta.url))
    return existsSync(directory) ? directory : undefined
  }
  return { widget: find('widget'), console: find('console') }
}

/** Wires the features together; holds no rule of its own. */
export function createChatServer(options: ChatServerOptions): ChatServer {
  const {
    logger = silentLogger,
    clock = () => new Date(),
    generateId = createIdGenerator(() => clock().getTime()),
  } = options
  const database = 'system' in options.database ? options.database : createDatabase(options.database)
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl)
  const https = publicUrl?.protocol === 'https:'
  const changes = createChangeFeed((error) => logger.error({ err: error }, 'a listener of changes failed'))
  const messages = createMessageLog({ database, changes, clock, generateId, limits: limits.groupCommit ?? {} })
  const gate = createMemberGate({ database, clock, publicUrl })
  const installations = createInstallationLog({ database, clock, logger })
  const { allowPrivateJwks = false, firebaseJwksUrl = FIREBASE_JWKS_URL } = options
  const sealer = createSealer(options.secrets ?? [])
  const passwords = createPasswords()
  const context = { database, changes, messages, clock, generateId, gate, sealer, installations, passwords }
  const jwks = createJwksCache({
    fetch: (url) => fetchJwks(url, { allowPrivate: allowPrivateJwks }),
    now: () => clock().getTime(),
    logger,
  })
  const mailer = mailerOf(options)
  const mailsPerAddress = createRateLimit(limits.mailsPerAddress)
  const post = createPost({ ...context, logger, publicUrl, mailer, mailsPerAddress })
  const firstRun = createFirstRun(context)
  const { redisUrl, redisHintSecret: secret } = options
  const hints = redisUrl === undefined ? noHints : createRedisHintBus({ url: redisUrl, secret, logger })
  const presenceBoard = database.isShared
    ? createDatabasePresenceBoard({ database, now: () => clock().getTime() })
    : undefined
  let draining = false
  let stopFollowUps: (() => void) | undefined

  const router = createRouter({
    health: healthRoutes({ database, hints, isDraining: () => draining }),
    auth: authRoutes({
      ...context,
      post,
      firstRun,
      limits: {
        perAddress: createRateLimit(limits.signInPerAddress),
        perAccount: createRateLimit(limits.signInPerAccount),
      },
    }),
    visitors: visitorRoutes({
      ...context,
      identity: { ...context, jwks, firebaseJwksUrl },
      geoHeaders: options.geoHeaders ?? {},
      limits: {
        initPerAddress: createRateLimit(limits.initPerAddress),
        callsPerAddress: createRateLimit(limits.callsPerAddress),
        messagesPerSession: createRateLimit(limits.messagesPerSession),
      },
    }),
    widgets: widgetRoutes(context),
    administration: [
      widgetAdminRoutes(context),
      departmentRoutes(context),
      auditRoutes(context),
      identityKeyRoutes({ ...context, allowPrivateJwks }),
      knowledgeRoutes(context),
      conversationRoutes(context),
      leadRoutes(context),
      appointmentRoutes(context),
      analyticsRoutes(context),
      administrationRoutes({
        ...context,
        post,
        publicUrl,
        invitesPerOrganization: createRateLimit(limits.invitesPerOrganization),
      }),
    ],
    assets: staticAssets(options.assets === false ? {} : (options.assets ?? builtAssets()), { https }),
    isKnownOrigin: (origin) => isKnownOrigin(database, origin),
    trustProxy: options.trustProxy ?? false,
    https,
    logger,
  })
  const trusts = router.get('trust proxy fn') as (address: string, hop: number) => boolean
  const realtime = createRealtime({
    backend: createBackend(context),
    logger,
    hints,
    presenceBoard,
    sweepMs: database.isShared ? (options.sweepMs ?? SWEEP_MS) : undefined,
    heartbeatMs: options.heartbeatMs,
    limits: limits.realtime,
    addressOf: (request) => clientNetwork(clientAddress(request, trusts)),
  })

  return {
    router,
    attach(server, attachOptions) {
      realtime.attach(server, attachOptions)
      stopFollowUps ??= startSweep({
        clock: systemClock,
        random: Math.random,
        intervalMs: FOLLOW_UP_SWEEP_MS,
        look: () => sendDueFollowUps({ ...context, logger }),
      })
    },
    api: {
      createOrganization: (input) => createOrganization(context, input),
      createMember: (input) => createMember(context, input),
      async inviteMember(input) {
        const { invite, token } = await createInvite(context, HOST, input)
        return { inviteId: invite.id, link: consoleLink('invite', token, publicUrl?.href ?? '') }
      },
      removeMember: (input) => removeMember(context, HOST, input),
      firstRunCode: () => firstRun.createCode(),
      createWidget: (input) =>
        database.transaction(input.organizationId, async (transaction) => {
          const { id, key } = await createWidget(transaction, context, input)
          return { widgetId: id, key }
        }),
      updateWidget: ({ organizationId, widgetId, ...input }) =>
        database.transaction(organizationId, async (transaction) => {
          await updateWidget(transaction, { organizationId, widgetId, now: clock() }, input)
        }),
    },
    async migrate() {
      await database.migrate()
      await requireTenantWall(database)
      return database.open()
    },
    async drain() {
      draining = true
      await realtime.drain()
    },
    async close() {
      draining = true
      stopFollowUps?.()
      await realtime.close()
      await Promise.all([messages.idle(), installations.idle(), post.idle()])
      await hints.close()
      await presenceBoard?.close()
      if (database !== options.database) await database.close()
    },
  }
}

/** Links in mails begin with an address that the operator has said: what a request says of it, anybody can. */
function mailerOf({ mail, publicUrl }: ChatServerOptions): Mailer | undefined {
  if (!mail) return undefined
  if (publicUrl === undefined) throw new ChatError('INTERNAL', 'To send mail, the server must know its publicUrl.')
  return 'send' in mail ? mail : createSmtpMailer(mail)
}
