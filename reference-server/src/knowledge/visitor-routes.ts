import { publicKnowledgeQuery, publicKnowledgeResponse } from '@chatdesk/protocol/schemas'
import { type Request, type RequestHandler, Router } from 'express'
import type { Database } from '../database/index.js'
import { declareAccess } from '../http/access.js'
import { clientNetwork } from '../http/client-network.js'
import { allowAnyOrigin } from '../http/cors.js'
import { parseInput } from '../http/input.js'
import type { VisitorActor } from '../organizations/actor.js'
import { authorize } from '../organizations/index.js'
import type { RateLimit } from '../platform/rate-limit.js'
import type { KnowledgeScope } from './knowledge-scope.js'
import { readPublicKnowledge } from './public-knowledge.js'

const INPUT = { query: publicKnowledgeQuery }

/** `GET /api/widget/knowledge`: what a visitor may read for themselves, in the widget that their session belongs to. */
export function visitorKnowledgeRoutes(context: {
  database: Database
  authenticate: (request: Request) => Promise<VisitorActor>
  searches: RateLimit
}): Router {
  const { database, authenticate, searches } = context
  const router = Router()
  const handler: RequestHandler = async (request, response) => {
    response.set('cache-control', 'no-store')
    const actor = await authenticate(request)
    authorize(actor, 'knowledge.search')
    await searches.consume(clientNetwork(request.ip))
    const { q } = parseInput(publicKnowledgeQuery, request.query)
    response.json(await readPublicKnowledge(database, actor, q))
  }
  const access = { for: 'visitor', action: 'knowledge.search' } as const
  router.get('/knowledge', declareAccess(access, handler, INPUT, publicKnowledgeResponse))
  return router
}

/** `GET /public/widget/:key/knowledge`: the same by the widget's key, for a help page that everybody may read. */
export function publicKnowledgeRoutes(context: {
  database: Database
  /** Throws `NOT_FOUND` for a key of no widget that is switched on. */
  findWidget: (key: string) => Promise<KnowledgeScope>
  searches: RateLimit
}): Router {
  const { database, findWidget, searches } = context
  const router = Router()
  router.all('/public/widget/:key/knowledge', allowAnyOrigin)
  const handler: RequestHandler<{ key: string }> = async (request, response) => {
    await searches.consume(clientNetwork(request.ip))
    const { q } = parseInput(publicKnowledgeQuery, request.query)
    const found = await readPublicKnowledge(database, await findWidget(request.params.key), q)
    response.set('cache-control', 'public, max-age=60').json(found)
  }
  const access = { for: 'everybody', because: 'it is what every visitor of the site is told' } as const
  router.get('/public/widget/:key/knowledge', declareAccess(access, handler, INPUT, publicKnowledgeResponse))
  return router
}
