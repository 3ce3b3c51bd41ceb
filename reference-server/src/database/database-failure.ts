import { ChatError } from '@chatdesk/protocol'

/** Classes and codes of SQLSTATE under which the same statement may succeed a moment later; 25006: a replica, until a failover is over. */
const PASSING_STATES = /^(08|53|57P|25006|40001|40P01|55P03|57014)/
const PASSING_SYSTEM_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])
/** Failures that `pg` and its pool report without any code. */
const PASSING_MESSAGES = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/

/** A NUL, which no text of Postgres holds: plain in a text, or escaped in JSON. */
const UNSTORABLE_STATES = new Set(['22021', '22P05'])

/** How long a client waits before it tries again after a failure of the database, in milliseconds. */
const RETRY_AFTER_MS = 1000

/** Whether the database, not the statement, is the reason. */
export function isPassingFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  return PASSING_STATES.test(code) || PASSING_SYSTEM_CODES.has(code) || PASSING_MESSAGES.test(error.message)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/**
 * The error as clients may meet it: a passing failure is `UNAVAILABLE`, text that cannot be stored is their own fault,
 * everything else stays what it is.
 */
export function toClientFailure(error: unknown): unknown {
  if (UNSTORABLE_STATES.has(codeOf(error)))
    return new ChatError('BAD_FRAME', 'There is a character in it that cannot be stored.', { cause: error })
  if (!isPassingFailure(error)) return error
  return new ChatError('UNAVAILABLE', 'The database does not answer. Try again.', {
    cause: error,
    retryAfterMs: RETRY_AFTER_MS,
  })
}
