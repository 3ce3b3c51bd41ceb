import { randomUUID } from 'node:crypto'
import { ChatError, toWireError, type WireError } from '@chatdesk/protocol'
import { toClientFailure } from '../database/index.js'
import type { Logger } from '../platform/logger.js'

/** What a client may read of a failure: its code; when it is our fault, only an id that the log knows (E4). */
export function wireErrorOf(error: unknown, logger: Logger, facts: object): WireError {
  const failure = toClientFailure(error)
  const wire = ChatError.isInstance(failure) ? toWireError(failure) : undefined
  if (wire && wire.code !== 'INTERNAL') {
    if (failure !== error) logger.error({ ...facts, err: error }, 'the database failed a command')
    return wire
  }
  const requestId = wire?.requestId ?? randomUUID()
  logger.error({ ...facts, err: error, requestId }, 'a command failed')
  return { code: 'INTERNAL', message: 'Something went wrong on our side.', requestId }
}
