import { fileLinkResponse } from '@chatdesk/protocol/schemas'
import { Router } from 'express'
import { parseId } from '../http/input.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import type { FilesContext } from './files-context.js'
import { linkFile } from './link-file.js'
import { uploadRoutes } from './upload-routes.js'

/** Below `/api/chat-widget`: members answer with files, and open those of their organization's conversations. */
export function memberFileRoutes(context: FilesContext & { gate: MemberGate }): Router {
  const { gate } = context
  const router = Router()
  router.use(
    uploadRoutes(context, {
      authenticate: (request) => gate.requireMember(request, { changes: true }),
      guards: [gate.ownPagesOrTokens],
      access: { for: 'member', action: 'file.upload' },
    }),
    memberRoutes(context, [
      memberRoute({
        method: 'get',
        path: '/conversations/:id/files/:fileId',
        action: 'conversation.read',
        answer: fileLinkResponse,
        run: async ({ actor, params: { id, fileId } }) =>
          linkFile(context, actor, { conversationId: parseId(id), fileId: parseId(fileId, 'file') }),
      }),
    ]),
  )
  return router
}
