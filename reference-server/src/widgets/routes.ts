import { createHash } from 'node:crypto'
import { type RequestHandler, Router } from 'express'
import type { Database } from '../database/index.js'
import { declareAccess } from '../http/access.js'
import { allowAnyOrigin } from '../http/cors.js'
import type { InstallationLog } from './installations.js'
import { isOriginAllowed } from './origin-rule.js'
import { findWidget, type ServerOffers } from './widgets.js'

/** What the routes need. */
export interface WidgetRoutesContext extends ServerOffers {
  database: Database
  clock: () => Date
  installations: InstallationLog
  /** With which browsers subscribe to notifications; undefined: this server pushes none. */
  pushKey: () => Promise<string | undefined>
}

/** `GET /public/widget/:key/config`: public, so any page may read it and any cache keep it for a minute. */
export function widgetRoutes(context: WidgetRoutesContext): Router {
  const { clock, installations, pushKey } = context
  const router = Router()
  router.all('/public/widget/:key/config', allowAnyOrigin)
  const config: RequestHandler<{ key: string }> = async (request, response) => {
    const widget = await findWidget(context, request.params.key, clock())
    const { organizationId, id: widgetId, settings } = widget
    const { origin } = request.headers
    installations.saw({ organizationId, widgetId, origin, refused: !isOriginAllowed(widget, origin) })
    const body = JSON.stringify({ widget: settings, pushKey: await pushKey() })
    response
      .set('cache-control', 'public, max-age=60')
      .set('etag', `"${createHash('sha256').update(body).digest('base64url')}"`)
      .type('application/json')
      .send(body)
  }
  router.get(
    '/public/widget/:key/config',
    declareAccess({ for: 'everybody', because: 'every page that embeds it shows it' }, config, {}),
  )
  return router
}
