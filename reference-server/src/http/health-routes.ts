import { type RequestHandler, Router } from 'express'
import { checkDatabase, type Database, DURABILITY } from '../database/index.js'
import type { HintBus } from '../nodes/hint-bus.js'
import { declareAccess } from './access.js'

/** What the routes tell of. */
export interface HealthContext {
  database: Database
  hints: HintBus
  isDraining: () => boolean
}

/**
 * `GET /healthz`: the process lives, and, once it is open, what its database promises. `GET /readyz`: it may be sent work, that is the
 * database answers, its schema is there, and the server is not on its way out. It tells of the hints and asks nothing of them.
 */
export function healthRoutes({ database, hints, isDraining }: HealthContext): Router {
  const router = Router()
  const live: RequestHandler = async (_request, response) => {
    // Does not wait for a database: a process whose database is away must not be restarted for it.
    const soon = new Promise<undefined>((resolve) => setImmediate(resolve, undefined))
    const opened = await Promise.race([database.open().catch(() => undefined), soon])
    response.set('cache-control', 'no-store').json({
      status: 'ok',
      durability: opened ? { class: opened.durability, means: DURABILITY[opened.durability] } : null,
    })
  }
  const ready: RequestHandler = async (_request, response) => {
    const isReady =
      !isDraining() &&
      (await checkDatabase(database).then(
        () => true,
        () => false,
      ))
    response
      .set('cache-control', 'no-store')
      .status(isReady ? 200 : 503)
      .json({ status: isReady ? 'ready' : 'not ready', hints: hints.state })
  }
  const access = { for: 'everybody', because: 'it says whether the server works, and nothing of anybody' } as const
  router.get('/healthz', declareAccess(access, live, {}))
  router.get('/readyz', declareAccess(access, ready, {}))
  return router
}
