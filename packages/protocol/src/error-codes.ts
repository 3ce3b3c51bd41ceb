/**
 * The closed table of codes that travel over the wire (E1).
 * `retryable` says whether the same request may succeed later without a change by its sender.
 */
export const ERROR_CODES = {
  /** Not JSON, not an object, too deep, or of no known shape. */
  BAD_FRAME: { httpStatus: 400, retryable: false },
  /** A field breaks its schema; `field` names it. */
  VALIDATION_FAILED: { httpStatus: 422, retryable: false },
  /** The client speaks a newer protocol than the server. */
  UNSUPPORTED_VERSION: { httpStatus: 400, retryable: false },
  /** No token, or one that is unknown, expired or revoked. A client may fetch a new one and try again. */
  UNAUTHENTICATED: { httpStatus: 401, retryable: false },
  /** The origin of the page is not on the widget's list. */
  FORBIDDEN_ORIGIN: { httpStatus: 403, retryable: false },
  /** Known, but not allowed to do this. */
  FORBIDDEN: { httpStatus: 403, retryable: false },
  /** Absent, or not the caller's: the two are never told apart. */
  NOT_FOUND: { httpStatus: 404, retryable: false },
  /** An idempotency id was used again with other content. */
  ID_REUSED: { httpStatus: 409, retryable: false },
  /** Frame or body above its limit. */
  PAYLOAD_TOO_LARGE: { httpStatus: 413, retryable: false },
  /** Over a rate; `retryAfterMs` says when to come back. */
  RATE_LIMITED: { httpStatus: 429, retryable: true },
  /** Starting, draining, or without its database. */
  UNAVAILABLE: { httpStatus: 503, retryable: true },
  /** Our fault. The message says nothing more; the log has the rest under `requestId`. */
  INTERNAL: { httpStatus: 500, retryable: true },
} as const satisfies Record<string, { httpStatus: number; retryable: boolean }>

/** A code that travels over the wire. */
export type ErrorCode = keyof typeof ERROR_CODES

/** Codes met only on the client; never sent. */
export const LOCAL_ERROR_CODES = {
  /** The network cannot be reached. */
  OFFLINE: { retryable: true },
  /** No answer in time. */
  TIMEOUT: { retryable: true },
  /** Given up by the caller. */
  ABORTED: { retryable: false },
  /** `send` outside an open connection (T4). */
  NOT_OPEN: { retryable: true },
} as const satisfies Record<string, { retryable: boolean }>

/** A code met only on the client. */
export type LocalErrorCode = keyof typeof LOCAL_ERROR_CODES
