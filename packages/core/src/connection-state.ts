import type { ChatError } from '@chatdesk/protocol'

/** Where the client's connection stands; illegal moves are unrepresentable in the supervisor. */
export type ConnectionState =
  | { status: 'idle' }
  /** `error`: why the attempt before has failed. */
  | { status: 'connecting'; attempt: number; error?: ChatError | undefined }
  | { status: 'online'; transport: string }
  /** Between attempts; `retryAt` in milliseconds since the epoch. */
  | { status: 'waiting'; attempt: number; retryAt: number; error: ChatError }
  /** Not retryable: bad key, forbidden origin, unsupported version. */
  | { status: 'failed'; error: ChatError }
