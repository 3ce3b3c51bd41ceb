import type { Server } from 'node:http'
import type { RequestHandler } from 'express'
import { analyticsRoutes } from './analytics/routes.js'
import { appointmentRoutes } from './appointments/routes.js'
import { assistantRoutes, copilotRoutes, createAssistant, createAssistantModels } from './assistant/index.js'
import { auditRoutes } from './audit/routes.js'
import { cannedReplyRoutes } from './canned-replies/index.js'
import { type ChatServerApi, createChatServerApi } from './chat-server-api.js'
import { type ChatServerOptions, DEFAULT_LIMITS } from './chat-server-options.js'
import { mailStopRoutes } from './conversation-mails/index.js'
import { conversationRoutes } from './conversations/routes.js'
import { createDatabase, type DurabilityClass, requireTenantWall } from './database/index.js'
import { departmentRoutes } from './departments/index.js'
import { EXPIRING } from './expiry/expiring.js'
import { createExpirySweep } from './expiry/expiry-sweep.js'
import { createFilesContext, downloadRoutes, memberFileRoutes, sweepFiles } from './files/index.js'
import { sendDueFollowUps } from './follow-ups/index.js'
import { helpRoutes } from './help/index.js'
import { builtAssets } from './http/built-assets.js'
import { clientAddress } from './http/client-address.js'
import { clientNetwork } from './http/client-network.js'
import { createRouter } from './http/create-router.js'
import { healthRoutes } from './http/health-routes.js'
import { staticAssets } from './http/static-assets.js'
import { createJwksCache, fetchJwks, identityKeyRoutes } from './identity-keys/index.js'
import { inboxRoutes } from './inbox/index.js'
import { reindexKnowledge } from './knowledge/index.js'
import { knowledgeRoutes } from './knowledge/routes.js'
import { knowledgeSiteRoutes } from './knowledge/site-routes.js'
import { publicKnowledgeRoutes, visitorKnowledgeRoutes } from './knowledge/visitor-routes.js'
import { knowledgeWorkRoutes } from './knowledge/work-routes.js'
import { knownVisitorRoutes } from './known-visitors/index.js'
import { leadRoutes } from './leads/routes.js'
import { macroRoutes } from './macros/index.js'
import { createChangeFeed, createMessageLog } from './messages/index.js'
import { createDatabasePresenceBoard } from './nodes/database-presence-board.js'
import { noHints } from './nodes/hint-bus.js'
import type { Place } from './nodes/presence-board.js'
import { createRedisHintBus } from './nodes/redis-hint-bus.js'
import { createMemberPushContent, noticeRoutes } from './notices/index.js'
import {
  administrationRoutes,
  authRoutes,
  createFirstRun,
  createMemberGate,
  createPasswords,
} from './organizations/index.js'
import { createPayments } from './payments/index.js'
import { createIdGenerator } from './platform/ids.js'
import { silentLogger } from './platform/logger.js'
import { once } from './platform/once.js'
import { createRateLimit } from './platform/rate-limit.js'
import { createSealer } from './platform/sealed.js'
import { createPushQueue, loadServerKey } from './push/index.js'
import { createLine, createRouting, isAnybodyOnDuty, queueRoutes } from './queue/index.js'
import { createRealtime, realtimeClock, systemClock } from './realtime/index.js'
import { createBackend } from './server-backend.js'
import { createServerMail } from './server-mail.js'
import { startSweeps } from './start-sweeps.js'
import { supportChatRoutes } from './support-chat/index.js'
import { teamWorkRoutes } from './team-work/index.js'
import { supportTicketRoutes } from './tickets/index.js'
import { visitorRoutes } from './visitors/index.js'
import { createWebhookQueue, webhookRoutes } from './webhooks/index.js'
import {
  createInstallationLog,
  createWidgetFeed,
  findWidget,
  isKnownOrigin,
  widgetAdminRoutes,
  widgetRoutes,
} from './widgets/index.js'

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

/** How often what other nodes have written is looked for, in milliseconds. */
const SWEEP_MS = 2_000

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
  const { secrets = [], firebaseJwksUrl } = options
  const { allowPrivateJwks = false, allowPrivatePush = false, allowPrivateWebhooks = false } = options
  const sealer = createSealer(secrets)
  const passwords = createPasswords()
  const widgetFeed = createWidgetFeed()
  const mail = createServerMail({
    ...{ options, database, changes, passwords, sealer, clock, generateId, logger, publicUrl },
    isThere: (place) => realtime.isThere(place),
  })
  const { mails, post, notices } = mail
  changes.onChange(notices.note)
  const serverKey = once(() => loadServerKey(database, sealer, clock()))
  const context = {
    ...{ database, changes, messages, clock, generateId, gate, sealer, installations, passwords, widgetFeed, notices },
    takesFiles: options.files !== undefined && secrets.length > 0,
    sendsMail: mails !== undefined,
    ...{ allowPrivatePush, allowPrivateWebhooks },
    pushKey: secrets.length > 0 ? async () => (await serverKey()).publicKey : async () => undefined,
  }
  const jwks = createJwksCache({
    fetch: (url) => fetchJwks(url, { allowPrivate: allowPrivateJwks }),
    now: () => clock().getTime(),
    logger,
  })
  const files = {
    ...context,
    ...createFilesContext({ ...context, logger, files: options.files, secrets, limits: limits.files }),
  }
  /** Visitors come in by two interfaces, and are counted once. */
  const atDoor = {
    identity: { ...context, jwks, firebaseJwksUrl },
    geoHeaders: options.geoHeaders ?? {},
    limits: {
      initPerAddress: createRateLimit(limits.initPerAddress),
      callsPerAddress: createRateLimit(limits.callsPerAddress),
      messagesPerSession: createRateLimit(limits.messagesPerSession),
    },
  }
  const firstRun = createFirstRun(context)
  const { redisUrl, redisHintSecret: secret } = options
  const hints = redisUrl === undefined ? noHints : createRedisHintBus({ url: redisUrl, secret, logger })
  const presenceBoard = database.isShared
    ? createDatabasePresenceBoard({ database, now: () => clock().getTime() })
    : undefined
  const queue = { ...context, logger, whoIsThere: (place: Place) => realtime.whoIsThere(place) }
  const line = createLine(queue)
  const routing = createRouting(queue)
  const payments = createPayments({
    ...{ ...context, logger, publicUrl, options: options.payments ?? {} },
    hooksPerEndpoint: createRateLimit(limits.paymentHooksPerEndpoint),
  })
  let draining = false
  let endSweeps: (() => void) | undefined

  const assets = options.assets === false ? {} : (options.assets ?? builtAssets())
  const models = createAssistantModels({ ...context, logger }, options.assistant)
  const searches = createRateLimit(limits.searchesPerNetwork)

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
      ...{ ...files, ...atDoor, line },
      payments: payments.visitors,
      knowledge: (authenticate) => visitorKnowledgeRoutes({ database, authenticate, searches }),
      logger,
      mails,
      limits: {
        ...atDoor.limits,
        writesPerSession: createRateLimit(limits.writesPerSession),
        exportsPerVisitor: createRateLimit(limits.exportsPerVisitor),
        transcriptsPerNetwork: createRateLimit(limits.transcriptsPerNetwork),
        // Counted apart: no stranger keeps a member from a link for a new password.
        mailsPerAddress: createRateLimit(limits.mailsPerAddress),
      },
    }),
    supportChat: supportChatRoutes({ ...context, ...atDoor }),
    widgets: widgetRoutes(context),
    administration: [
      publicKnowledgeRoutes({
        ...{ database, searches },
        async findWidget(key) {
          const { organizationId, id: widgetId } = await findWidget(context, key, clock())
          return { organizationId, widgetId }
        },
      }),
      widgetAdminRoutes(context),
      departmentRoutes(context),
      auditRoutes(context),
      identityKeyRoutes({ ...context, allowPrivateJwks }),
      webhookRoutes(context),
      knowledgeRoutes(context),
      knowledgeWorkRoutes(context),
      knowledgeSiteRoutes({
        ...context,
        allowPrivateSites: options.allowPrivateSites ?? false,
        perOrganization: createRateLimit(limits.sitesPerOrganization),
      }),
      conversationRoutes(context),
      // Before what takes any name for an id.
      inboxRoutes(context),
      teamWorkRoutes(context),
      queueRoutes({ ...queue, gate, line, routing }),
      supportTicketRoutes(context),
      cannedReplyRoutes(context),
      macroRoutes(context),
      copilotRoutes({
        ...{ ...context, ...models, timers: systemClock },
        perMember: createRateLimit(limits.copilotPerMember),
      }),
      assistantRoutes({ ...context, told: models.told }),
      noticeRoutes(context),
      knownVisitorRoutes(context),
      memberFileRoutes(files),
      payments.members,
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
    downloads: downloadRoutes(files),
    payments: payments.open,
    mail: mailStopRoutes({ database, stops: mail.stops }),
    help: helpRoutes({ ...context, searches, publicUrl, https, servesWidget: assets.widget !== undefined }),
    assets: staticAssets(assets, { https }),
    isKnownOrigin: (origin) => isKnownOrigin(database, origin),
    trustProxy: options.trustProxy ?? false,
    https,
    logger,
  })
  const trusts = router.get('trust proxy fn') as (address: string, hop: number) => boolean
  const realtime = createRealtime({
    backend: createBackend(context),
    clock: realtimeClock(clock),
    logger,
    hints,
    presenceBoard,
    sweepMs: database.isShared ? (options.sweepMs ?? SWEEP_MS) : undefined,
    heartbeatMs: options.heartbeatMs,
    limits: limits.realtime,
    addressOf: (request) => clientNetwork(clientAddress(request, trusts)),
  })

  const pushes = createPushQueue({
    ...context,
    ...{ logger, serverKey, isThere: realtime.isThere },
    loadMemberContent: createMemberPushContent({ database, clock }),
    contact: https ? (publicUrl as URL).origin : 'mailto:nobody@chatdesk.invalid',
  })
  changes.onChange(pushes.note)
  const assistant = createAssistant({
    ...{ ...context, logger, timers: systemClock },
    isTeamThere: (which) => isAnybodyOnDuty(queue, which),
    ...{ ...models, speak: realtime.speak, hints },
  })
  const webhooks = createWebhookQueue({ ...context, logger, random: Math.random })

  return {
    router,
    attach(server, attachOptions) {
      realtime.attach(server, attachOptions)
      endSweeps ??= startSweeps({
        followUps: () => sendDueFollowUps({ ...context, logger }),
        expiry: createExpirySweep({ ...context, logger, expiring: EXPIRING }),
        files: () => sweepFiles(files),
        pushes: pushes.sendDue,
        pages: notices.tellPages,
        routing: routing.sweep,
        mails: mail.sendDue,
        conversationMails: mail.writeDue,
        webhooks: webhooks.sendDue,
        assistant: assistant.sweep,
        embeddings: models.sweep,
        payments: payments.sweep,
      })
    },
    api: createChatServerApi({ ...context, firstRun, publicUrl }),
    async migrate() {
      await database.migrate()
      await requireTenantWall(database)
      await reindexKnowledge(database)
      return database.open()
    },
    async drain() {
      draining = true
      await realtime.drain()
    },
    async close() {
      draining = true
      endSweeps?.()
      await Promise.all([routing.close(), assistant.close()])
      await realtime.close()
      await Promise.all([messages.idle(), installations.idle()])
      // What the last messages have caused.
      await Promise.all([mail.idle(), pushes.close(), webhooks.close(), models.close()])
      await Promise.all([hints.close(), presenceBoard?.close()])
      if (database !== options.database) await database.close()
    },
  }
}
