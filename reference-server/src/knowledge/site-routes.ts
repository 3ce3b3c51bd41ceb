import { ChatError } from '@chatdesk/protocol'
import { previewSiteRequest, previewSiteResponse } from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import type { Resolve } from '../platform/public-address.js'
import type { RateLimit } from '../platform/rate-limit.js'
import { requireWidget } from '../widgets/index.js'
import { planImport } from './import-knowledge.js'
import { readSite } from './read-site.js'

/** Sites that this process reads at the same time: each may bring it some hundred megabytes. */
const MOST_AT_ONCE = 4

/** `/api/chat-widget/widgets/:id/knowledge/site`: what an import of a site's pages would do. */
export function knowledgeSiteRoutes(context: {
  database: Database
  clock: () => Date
  gate: MemberGate
  /** For development and tests: sites may stand at any address, and speak plain http. */
  allowPrivateSites: boolean
  resolve?: Resolve | undefined
  perOrganization: RateLimit
}): Router {
  const { database, allowPrivateSites: allowPrivate, resolve, perOrganization } = context
  /** Organizations whose sites are being read. */
  const reading = new Set<string>()
  return memberRoutes(context, [
    memberRoute({
      method: 'post',
      path: '/widgets/:id/knowledge/site',
      action: 'knowledge.import',
      body: previewSiteRequest,
      answer: previewSiteResponse,
      async run({ actor: { organizationId }, params, body: { url, language }, response }) {
        const scope = { organizationId, widgetId: parseId(params.id, 'widget') }
        await requireWidget(database.of(organizationId), scope)
        await perOrganization.consume(organizationId)
        if (reading.has(organizationId) || reading.size >= MOST_AT_ONCE)
          throw new ChatError('RATE_LIMITED', 'A site is being read already.', { retryAfterMs: 10_000 })
        reading.add(organizationId)
        const gone = new AbortController()
        response.once('close', () => gone.abort())
        try {
          const { read, pages } = await readSite(url, { allowPrivate, resolve, language, signal: gone.signal })
          return { ...(await planImport(database.of(organizationId), scope, read)), pages }
        } finally {
          reading.delete(organizationId)
        }
      },
    }),
  ])
}
