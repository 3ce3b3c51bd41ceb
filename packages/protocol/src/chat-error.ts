import { ERROR_CODES, type ErrorCode, LOCAL_ERROR_CODES, type LocalErrorCode } from './error-codes.js'

/** An error as it stands in an `ack`, in `session.ended` and in a REST body's `error`. */
export interface WireError {
  code: ErrorCode
  /** For developers, in English. A user interface shows its own text for `code`. */
  message: string
  /** Path of the offending field, dotted, when `code` is `VALIDATION_FAILED`. */
  field?: string | undefined
  /** Milliseconds to wait before trying again. */
  retryAfterMs?: number | undefined
  /** Finds the server's log lines for this failure. */
  requestId?: string | undefined
}

/** What a `ChatError` may carry beside its code and message. */
export interface ChatErrorOptions {
  cause?: unknown
  field?: string | undefined
  retryAfterMs?: number | undefined
  requestId?: string | undefined
}

const MARKER = Symbol.for('chatdesk.error')

/** The one error class: a broken contract or failed I/O, with a code from the closed table. A message is given where it says more. */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  readonly [MARKER] = true
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined
  readonly requestId: string | undefined

  constructor(
    readonly code: ErrorCode | LocalErrorCode,
    message: string = code,
    options: ChatErrorOptions = {},
  ) {
    super(message, options)
    this.field = options.field
    this.retryAfterMs = options.retryAfterMs
    this.requestId = options.requestId
  }

  /** Whether the same request may succeed later unchanged. */
  get retryable(): boolean {
    return { ...LOCAL_ERROR_CODES, ...ERROR_CODES }[this.code]
  }

  /** Marked by a registered symbol, so that the check holds across two copies of this package. */
  static isInstance(error: unknown): error is ChatError {
    return typeof error === 'object' && error !== null && MARKER in error
  }

  /** The error that a peer described. A code from a newer peer is read as `INTERNAL`. */
  static fromWire({ code, message, ...options }: WireError): ChatError {
    return new ChatError(Object.hasOwn(ERROR_CODES, code) ? code : 'INTERNAL', message, options)
  }
}

/** What may be sent to a peer: a local code becomes `INTERNAL`, and neither cause nor stack leaves. */
export function toWireError({ code, message, field, retryAfterMs, requestId }: ChatError): WireError {
  if (!Object.hasOwn(ERROR_CODES, code))
    return { code: 'INTERNAL', message: 'Something went wrong on our side.', requestId }
  return { code: code as ErrorCode, message, field, retryAfterMs, requestId }
}
