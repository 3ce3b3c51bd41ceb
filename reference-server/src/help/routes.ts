import { randomBytes } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'
import { parseWith, publicKnowledgeQuery, serverId } from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, Router } from 'express'
import type { Database } from '../database/index.js'
import { clientNetwork } from '../http/client-network.js'
import { requestIds } from '../http/error-handler.js'
import { dataHeaders } from '../http/security-headers.js'
import { listPublicQuestions, readPublicEntry } from '../knowledge/index.js'
import { parseUrl } from '../platform/parse-url.js'
import type { RateLimit } from '../platform/rate-limit.js'
import { findWidget, isOriginAllowed, type ServerOffers, type Widget } from '../widgets/index.js'
import { type HelpContent, type HelpSite, helpPage, missingPage } from './help-page.js'
import { HELP_LANGUAGES, helpWords } from './help-words.js'

/** What the pages need. */
export interface HelpRoutesContext extends ServerOffers {
  database: Database
  clock: () => Date
  searches: RateLimit
  /** Where people reach this server, up to its mount point; undefined: where a request was sent to. */
  publicUrl: URL | undefined
  /** Whether this server has the widget's files. */
  servesWidget: boolean
  https: boolean
}

/** Of a page without a widget. */
const PLAIN_BRAND = '#2f5bea'

/**
 * `GET /help/:key`, `?q=` in it, and `GET /help/:key/:entryId`: what everybody may read of a widget's knowledge, as pages of their own.
 * A key that can be none is left to the host, whose own help may stand at such an address.
 */
export function helpRoutes(context: HelpRoutesContext): Router {
  const { database, searches, clock } = context
  const headers = [onlyKeys, requestIds, dataHeaders(context)]
  const router = Router()

  const page =
    (read: (request: Request, widget: Widget) => Promise<HelpContent | undefined>): RequestHandler =>
    async (request, response) => {
      const key = `${request.params.key}`
      const nonce = randomBytes(16).toString('base64')
      const words = helpWords(request.acceptsLanguages([...HELP_LANGUAGES]) || 'en')
      response
        .set({
          'cache-control': 'no-store',
          'content-security-policy': policy(nonce, originOf(context, request)),
          'referrer-policy': 'strict-origin-when-cross-origin',
        })
        .vary('Accept-Language')
      await searches.consume(clientNetwork(request.ip))
      const widget = await findWidget(context, key, clock()).catch(undefinedIfMissing)
      const content = widget && (await read(request, widget))
      const html =
        widget && content
          ? helpPage({ ...siteOf(context, request, widget, key), words, nonce }, content)
          : missingPage({ words, nonce, brand: PLAIN_BRAND })
      response
        .status(content ? 200 : 404)
        .type('html')
        .send(html)
    }

  const start = page(async (request, widget) => {
    // What is no search is none: an address may carry what others have put there.
    const query = parseWith(publicKnowledgeQuery, { q: request.query.q })
    const sought = (query.ok ? query.value.q : undefined)?.trim() ?? ''
    const entries = await listPublicQuestions(database, scopeOf(widget), sought)
    return sought === '' ? { show: 'all', entries } : { show: 'found', words: sought, entries }
  })
  const entry = page(async (request, widget) => {
    const id = parseWith(serverId, request.params.entryId)
    const found = id.ok ? await readPublicEntry(database, scopeOf(widget), id.value) : undefined
    return found && { show: 'entry', entry: found }
  })
  // Pages, as the console's and the demo site's: for everybody, and answered in words where an interface answers by a code.
  router.get('/:key', ...headers, start)
  router.get('/:key/:entryId', ...headers, entry)
  return router
}

/** Before anything is said of the answer, which may be the host's. */
const onlyKeys: RequestHandler = (request, _response, next) =>
  next(/^wk_[\w-]+$/.test(`${request.params.key}`) ? undefined : 'router')

const scopeOf = ({ organizationId, id: widgetId }: Widget) => ({ organizationId, widgetId })

/** Its own style and script, and what the widget fetches from where the page came from. */
function policy(nonce: string, origin: string): string {
  // Browsers of 2021 do not take a socket for something of the page's own origin.
  const socket = parseUrl(origin)?.origin === origin ? ` ${origin.replace(/^http/, 'ws')}` : ''
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'self'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src 'self'${socket}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join(';')
}

/** Where the page is read. */
function originOf({ publicUrl }: Pick<HelpRoutesContext, 'publicUrl'>, request: Request): string {
  return publicUrl?.origin ?? `${request.protocol}://${request.headers.host}`
}

function undefinedIfMissing(error: unknown): undefined {
  if (ChatError.isInstance(error) && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')) return undefined
  throw error
}

function siteOf(
  { publicUrl, servesWidget }: HelpRoutesContext,
  request: Request,
  widget: Widget,
  key: string,
): Omit<HelpSite, 'words' | 'nonce'> {
  const origin = originOf({ publicUrl }, request)
  const mount = publicUrl ? publicUrl.pathname.replace(/\/$/, '') : request.baseUrl.replace(/\/help$/, '')
  const path = `${mount}/help/${key}`
  const { name: team, primaryColor: brand } = widget.settings
  return {
    ...{ team, brand, path, url: origin + path },
    // Elsewhere it would be refused.
    widget:
      servesWidget && isOriginAllowed({ ...widget, allowMissingOrigin: false }, origin)
        ? { key, script: `${mount}/widget.js` }
        : undefined,
  }
}
