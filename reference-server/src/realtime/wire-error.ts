import { randomUUID } from 'node:crypto'
import { ChatError, type WireError } from '@chatdesk/protocol'
import type { Logger } from '../platform/logger.js'

/** What a client may read of a failure: its code; when it is our fault, only an id that the log knows (E4). */
export function wireErrorOf(error: unknown, logger: Logger, facts: object): WireError {
  const wire = ChatError.isInstance(error) ? error.toWire() : undefined
  if (wire && wire.code !== 'INTERNAL') return wire
  const requestId = wire?.requestId ?? randomUUID()
  logger.error({ ...facts, err: error, requestId }, 'a command failed')
  return { code: 'INTERNAL', message: 'Something went wrong on our side.', requestId }
}
