import { type Request, type RequestHandler, Router } from 'express'
import { declareAccess } from '../http/access.js'
import { parseId } from '../http/input.js'
import type { VisitorActor } from '../organizations/actor.js'
import { authorize } from '../organizations/index.js'
import type { FilesContext } from './files-context.js'
import { linkFile } from './link-file.js'
import { uploadRoutes } from './upload-routes.js'

/** Below `/api/widget`: visitors send files, and open those of their conversations. */
export function visitorFileRoutes(
  context: FilesContext,
  authenticate: (request: Request) => Promise<VisitorActor>,
): Router {
  const link: RequestHandler = async (request, response) => {
    const actor = await authenticate(request)
    authorize(actor, 'conversation.read')
    const [conversationId, fileId] = [parseId(request.params.id), parseId(request.params.fileId, 'file')]
    response.set('cache-control', 'no-store').json(await linkFile(context, actor, { conversationId, fileId }))
  }
  const router = Router()
  router.use(uploadRoutes(context, { authenticate, access: { for: 'visitor', action: 'file.upload' } }))
  const access = { for: 'visitor', action: 'conversation.read' } as const
  router.get('/conversations/:id/files/:fileId', declareAccess(access, link, {}))
  return router
}
