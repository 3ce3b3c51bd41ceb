import express, { type Express, type Router } from 'express'
import type { Logger } from '../platform/logger.js'
import { allowCallersOrigin, allowKnownOrigins } from './cors.js'
import { errorHandler, requestIds } from './error-handler.js'
import { dataHeaders } from './security-headers.js'

/** What is assembled. */
export interface RouterOptions {
  health: Router
  auth: Router
  visitors: Router
  widgets: Router
  /** The interface that sites had before, for their users and the team. */
  supportChat: Router
  /** What members administer. */
  administration: readonly Router[]
  /** The bytes of files, behind links. */
  downloads: Router
  /** Webhooks of payment providers. */
  payments: Router
  /** Where mails lead. */
  mail: Router
  /** What visitors may read for themselves, as pages. */
  help: Router
  assets: Router
  isKnownOrigin(origin: string): Promise<boolean>
  /** Which proxies are believed about a client's address; see Express's setting of this name. */
  trustProxy: boolean | number | string
  https: boolean
  logger: Logger
}

/**
 * Every route, mountable at any path of a host's app. An app of its own, so that `trust proxy` is ours to say. Headers
 * and body parsing apply to our paths only, and what is not ours goes on to the host.
 */
export function createRouter(options: RouterOptions): Express {
  const router = express()
  router.disable('x-powered-by')
  router.set('trust proxy', options.trustProxy)
  const headers = [requestIds, dataHeaders(options)]
  router.use(
    [
      '/healthz',
      '/readyz',
      '/api/auth',
      '/api/widget',
      '/api/chat-widget',
      '/api/support',
      '/api/files',
      '/api/mail',
      '/api/payments',
    ],
    ...headers,
  )
  router.use(options.health)
  router.use('/api/auth', options.auth)
  const allowOrigins = allowKnownOrigins(options.isKnownOrigin)
  router.use('/api/widget', (request, response, next) =>
    (request.path === '/init' ? allowCallersOrigin : allowOrigins)(request, response, next),
  )
  router.use('/api/widget', options.visitors)
  router.use('/api/support/chat', allowOrigins, options.supportChat)
  router.use('/api/chat-widget', options.widgets, ...options.administration)
  router.use('/api/files', options.downloads)
  router.use('/api/mail', options.mail)
  router.use('/api/payments', options.payments)
  router.use('/help', options.help)
  router.use(options.assets)
  router.use(errorHandler(options.logger))
  return router
}
