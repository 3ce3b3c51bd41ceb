import type { ChatError, ErrorCode, LocalErrorCode } from '@chatdesk/protocol'

const TEXTS: Record<ErrorCode | LocalErrorCode, string> = {
  BAD_FRAME: 'The server did not understand the console. Reload the page.',
  VALIDATION_FAILED: 'The server does not accept this.',
  UNSUPPORTED_VERSION: 'This page is out of date. Reload it.',
  UNAUTHENTICATED: 'Your session has ended. Sign in again.',
  FORBIDDEN_ORIGIN: 'The server does not accept the console at this address.',
  FORBIDDEN: 'You are not allowed to do this.',
  NOT_FOUND: 'This no longer exists, or is not yours to see.',
  FILE_TYPE_REFUSED: 'Files of this kind are not accepted.',
  FILE_UNSAFE: 'This file may do harm, or cannot be read.',
  QUOTA_EXCEEDED: 'There is no room for more files.',
  OVERTAKEN: 'A colleague answered meanwhile.',
  ID_REUSED: 'This was sent before with other content.',
  PAYLOAD_TOO_LARGE: 'This is too long to be sent.',
  NOT_SUPPORTED: 'This server does not offer this.',
  RATE_LIMITED: 'Too many requests. Wait a moment and try again.',
  UNAVAILABLE: 'The server is not available right now.',
  INTERNAL: 'Something went wrong on the server.',
  OFFLINE: 'The server cannot be reached. Check your connection.',
  TIMEOUT: 'The server did not answer in time.',
  ABORTED: 'This was cancelled.',
  NOT_OPEN: 'There is no connection right now.',
}

/** What a person reads for an error; with the request id, where there is one, to quote to support. */
export function errorText({ code, requestId }: ChatError): string {
  return requestId ? `${TEXTS[code]} Reference: ${requestId}` : TEXTS[code]
}
