import type { ChatError, FileLinkResponse, FilePart } from '@chatdesk/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Awaitable, Clock, WakeSignals } from '../ports.js'

/**
 * How a file stands. `queued`: others are before it, or nobody is signed in yet · `uploading` · `ready`: `part` may stand in a
 * message · `failed`: refused, and why · `cancelled`.
 */
export type UploadState =
  | { status: 'queued' }
  | { status: 'uploading'; sentBytes: number; totalBytes: number; waiting: boolean }
  | { status: 'ready'; part: FilePart }
  | { status: 'failed'; error: ChatError }
  | { status: 'cancelled' }

/** A file on its way to the server. */
export interface Upload {
  readonly $state: ReadableAtom<UploadState>
  /** Resolves when it is ready to be sent in a message; rejects with the refusal, or with `ABORTED`. */
  readonly done: Promise<FilePart>
  /** Gives it up, on the server as well. Once a message holds it nothing happens. */
  cancel(): void
}

/** Options of `createFileClient`. */
export interface FileClientOptions {
  /** Address of the server's mount point. */
  url: string
  /** A visitor's files, or an agent's. */
  audience: 'visitor' | 'agent'
  /**
   * What says who asks, for each request: a visitor's `{ authorization: 'Bearer …' }` by `ChatClient.getToken`, an agent's
   * `x-chatdesk-csrf`. Undefined: nobody yet, and it is asked again.
   */
  getHeaders: () => Awaitable<Record<string, string> | undefined>
  /** Network and page are back: what waits for its next try does not wait any longer. */
  wakeSignals?: WakeSignals | undefined
  clock?: Clock | undefined
  fetch?: typeof globalThis.fetch | undefined
  generateId?: (() => string) | undefined
  /** Uniform in [0, 1), for the jitter of the back-off. */
  random?: (() => number) | undefined
}

/** Sends files and opens them. One at a time is sent, in the order of the calls. */
export interface FileClient {
  /** Sends a file, for as long as it takes: what was cut off goes on where it was. `signal` cancels as `cancel` does. */
  upload(file: Blob, options?: { name?: string | undefined; signal?: AbortSignal | undefined }): Upload
  /** Where a file of a conversation is, for the next minutes. Rejects with the server's refusal, or `OFFLINE`. */
  link(conversationId: string, fileId: string): Promise<{ url: string; expiresAt: FileLinkResponse['expiresAt'] }>
  /** Cancels what is under way. */
  dispose(): void
}
