/**
 * The closed table of codes that travel over the wire (E1).
 * The value is `retryable`: whether the same request may succeed later without a change by its sender.
 */
export const ERROR_CODES = {
  /** Not JSON, not an object, too deep, or of no known shape. */
  BAD_FRAME: false,
  /** A field breaks its schema; `field` names it. */
  VALIDATION_FAILED: false,
  /** The client speaks a newer protocol than the server. */
  UNSUPPORTED_VERSION: false,
  /** No token, or one that is unknown, expired or revoked. A client may fetch a new one and try again. */
  UNAUTHENTICATED: false,
  /** The origin of the page is not on the widget's list. */
  FORBIDDEN_ORIGIN: false,
  /** Known, but not allowed to do this. */
  FORBIDDEN: false,
  /** Absent, or not the caller's: the two are never told apart. */
  NOT_FOUND: false,
  /** An idempotency id was used again with other content. */
  ID_REUSED: false,
  /** A colleague has answered behind what the author had seen; nothing was appended (C19). */
  OVERTAKEN: false,
  /** Frame or body above its limit. */
  PAYLOAD_TOO_LARGE: false,
  /** A file of a kind that is not taken here, or that is not what it says it is (U3). */
  FILE_TYPE_REFUSED: false,
  /** A file that would do harm, or that cannot be read. */
  FILE_UNSAFE: false,
  /** No room for more files of this author or organization. */
  QUOTA_EXCEEDED: false,
  /** Known, and not to be had at this server. */
  NOT_SUPPORTED: false,
  /** Over a rate; `retryAfterMs` says when to come back. */
  RATE_LIMITED: true,
  /** Starting, draining, or without its database. */
  UNAVAILABLE: true,
  /** Our fault. The message says nothing more; the log has the rest under `requestId`. */
  INTERNAL: true,
} as const satisfies Record<string, boolean>

/** A code that travels over the wire. */
export type ErrorCode = keyof typeof ERROR_CODES

/** Codes met only on the client; never sent. */
export const LOCAL_ERROR_CODES = {
  /** The network cannot be reached. */
  OFFLINE: true,
  /** No answer in time. */
  TIMEOUT: true,
  /** Given up by the caller. */
  ABORTED: false,
  /** `send` outside an open connection (T4). */
  NOT_OPEN: true,
} as const satisfies Record<string, boolean>

/** A code met only on the client. */
export type LocalErrorCode = keyof typeof LOCAL_ERROR_CODES

/** The HTTP status of each code in a REST answer (E3). Apart from the table, so that no page carries it. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  BAD_FRAME: 400,
  VALIDATION_FAILED: 422,
  UNSUPPORTED_VERSION: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN_ORIGIN: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  ID_REUSED: 409,
  OVERTAKEN: 409,
  PAYLOAD_TOO_LARGE: 413,
  FILE_TYPE_REFUSED: 415,
  FILE_UNSAFE: 422,
  QUOTA_EXCEEDED: 413,
  NOT_SUPPORTED: 501,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
}
