import { randomUUID } from 'node:crypto'
import { ChatError, HTTP_STATUS, toWireError, type WireError } from '@chatdesk/protocol'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { toClientFailure } from '../database/index.js'
import type { Logger } from '../platform/logger.js'

/** Gives each request an id, which its answer and its log lines carry. */
export const requestIds: RequestHandler = (_request, response, next) => {
  response.locals.requestId = randomUUID()
  response.set('x-request-id', response.locals.requestId)
  next()
}

/** Answers every failure with its code's status and `{ error }` (E3); what we did not foresee goes to the log only (E4). */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (reason, request, response, next) => {
    const requestId: string | undefined = response.locals.requestId
    const error = wireErrorOf(reason, requestId)
    if (error.code === 'INTERNAL' || error.code === 'UNAVAILABLE')
      logger.error(
        { err: reason, requestId, method: request.method, path: request.baseUrl + request.path },
        'a request failed',
      )
    // Half an answer cannot be taken back: Express then ends the connection.
    if (response.headersSent) return next(reason)
    if (error.retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)))
    response.set('cache-control', 'no-store')
    response.status(HTTP_STATUS[error.code]).json({ error })
  }
}

function wireErrorOf(reason: unknown, requestId: string | undefined): WireError {
  const error = toClientFailure(reason)
  if (ChatError.isInstance(error)) {
    const wire = toWireError(error)
    if (wire.code !== 'INTERNAL') return wire
  }
  // What Express and its parser refuse carries the status that they would have answered with.
  const status = typeof reason === 'object' && reason !== null && 'status' in reason ? reason.status : undefined
  if (status === 413) return { code: 'PAYLOAD_TOO_LARGE', message: 'The body is too large.' }
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { code: 'BAD_FRAME', message: 'The request cannot be read: it must be plain JSON.' }
  return { code: 'INTERNAL', message: 'Something went wrong on our side.', ...(requestId ? { requestId } : {}) }
}
