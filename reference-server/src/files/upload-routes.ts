import { LIMITS } from '@chatdesk/protocol'
import { beginUploadRequest, uploadChunkQuery } from '@chatdesk/protocol/schemas'
import express, { type Request, type RequestHandler, Router } from 'express'
import { type Access, declareAccess } from '../http/access.js'
import { clientNetwork } from '../http/client-network.js'
import { jsonBody, parseId, parseInput } from '../http/input.js'
import type { Actor } from '../organizations/actor.js'
import { authorize } from '../organizations/index.js'
import type { FilesContext } from './files-context.js'
import { receiveChunk, receiveWhole } from './receive-upload.js'
import { beginUpload, cancelUpload, requireFiles, requireUpload, uploadOf } from './uploads.js'

/** Whose uploads are taken. */
export interface UploadRoutesOptions {
  /** Who sends a request. */
  authenticate(request: Request): Promise<Actor>
  /** Before anything is read of a request. */
  guards?: readonly RequestHandler[]
  access: Access
}

/**
 * `/upload` below one of the REST families: `POST` begins an upload, or sends a small file as a form in one piece; `PUT :id` sends
 * a chunk, `DELETE :id` gives up. The same for visitors and members, but for who they are (U2).
 */
export function uploadRoutes(context: FilesContext, options: UploadRoutesOptions): Router {
  const { guards = [], access } = options
  const router = Router()
  const authenticate = async (request: Request): Promise<Actor> => {
    const actor = await options.authenticate(request)
    authorize(actor, 'file.upload')
    return actor
  }
  const parseJson = awaited(jsonBody)
  const parseBytes = awaited(express.raw({ limit: LIMITS.chunkBytes, type: () => true, inflate: false }))

  const begin: RequestHandler = async (request, response) => {
    const actor = await authenticate(request)
    requireFiles(context)
    const network = clientNetwork(request.ip)
    await context.uploadsPerAddress.consume(network)
    response.set('cache-control', 'no-store')
    if (request.is('multipart/form-data')) {
      const row = await context.withForm(request, network, async ({ upload, bytes }) =>
        receiveWhole(context, await beginUpload(context, actor, network, upload), bytes),
      )
      response.status(201).json({ upload: uploadOf(row) })
      return
    }
    await parseJson(request, response)
    const row = await beginUpload(context, actor, network, parseInput(beginUploadRequest, request.body))
    response.status(201).json({ upload: uploadOf(row) })
  }
  const receive: RequestHandler = async (request, response) => {
    const actor = await authenticate(request)
    const row = await requireUpload(context, actor, parseId(request.params.id, 'upload'))
    const { offset } = parseInput(uploadChunkQuery, request.query)
    await parseBytes(request, response)
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const received = await receiveChunk(context, row, { offset: Number(offset), bytes })
    response.set('cache-control', 'no-store').json({ upload: uploadOf(received) })
  }
  const cancel: RequestHandler = async (request, response) => {
    const actor = await authenticate(request)
    await cancelUpload(context, actor, parseId(request.params.id, 'upload'))
    response.sendStatus(204)
  }
  router.post('/upload', ...guards, declareAccess(access, begin, { body: beginUploadRequest }))
  router.put('/upload/:id', ...guards, declareAccess(access, receive, { query: uploadChunkQuery }))
  router.delete('/upload/:id', ...guards, declareAccess(access, cancel, {}))
  return router
}

/** A body is read when it is known whose it is: strangers send none. */
function awaited(parse: RequestHandler) {
  return (request: Parameters<RequestHandler>[0], response: Parameters<RequestHandler>[1]) =>
    new Promise<void>((resolve, reject) => {
      const done = (error?: unknown) => (error ? reject(error) : resolve())
      try {
        void parse(request, response, done)
      } catch (error) {
        done(error)
      }
    })
}
