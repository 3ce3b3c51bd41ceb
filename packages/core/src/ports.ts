/** What the client needs from outside. Types only: this file has no runtime. */
import type { ChatError, ClientFrame, ServerFrame, SessionStart } from '@chatdesk/protocol'

/** Ends what its maker began; safe to call twice. */
export type Unsubscribe = () => void
/** A value now or later. */
export type Awaitable<T> = T | Promise<T>

/** `idle` → `connecting` → `open` → `closed`; `connecting` → `closed`; `closed` is the end. */
export type TransportStatus = 'idle' | 'connecting' | 'open' | 'closed'

/** What one connection attempt is given. */
export interface TransportConnectOptions {
  /** Address of the server's mount point, `https://chat.example.com` or `https://example.com/chat`. */
  url: string
  /** Gives up the attempt (T3). */
  signal: AbortSignal
  /** Makes the connection's first frame. Called once for each attempt, before anything is sent (T13). */
  getStart: () => Awaitable<SessionStart>
}

/** Why an open connection ended. */
export type TransportClosure =
  | { reason: 'local' }
  | {
      reason: 'remote' | 'network' | 'timeout'
      /** Whether another attempt may succeed. */
      retryable: boolean
      error?: ChatError
    }

/** ONE connection attempt: no retry, no queue, no ping. The client's supervisor owns those. Rules T1 to T14: `packages/transports/SPEC.md`. */
export interface Transport {
  /** Shown to users of the library: `websocket`, `socket-io`. */
  readonly name: string
  readonly status: TransportStatus
  /**
   * Connects, sends `session.start` and resolves when `session.ready` has come, which `receive` is given like any other frame.
   * Rejects with a `ChatError` otherwise: the server's refusal, `OFFLINE`, `TIMEOUT` or `ABORTED`; the status is then `closed`.
   */
  connect(options: TransportConnectOptions): Promise<void>
  /** Hands a frame over, in call order; rejects with `NOT_OPEN` unless open, `PAYLOAD_TOO_LARGE` above the limit. Never drops. */
  send(frame: ClientFrame): Promise<void>
  /** Frames in server order, checked. A throwing listener stops neither the others nor later frames. */
  receive(listener: (frame: ServerFrame) => void): Unsubscribe
  /** Told exactly once, after `open` only, and after it no frame comes. */
  onClose(listener: (closure: TransportClosure) => void): Unsubscribe
  /** Idempotent and final; no timer and no handle survives it. */
  close(): Promise<void>
}

/** A fresh transport for each attempt. */
export type TransportFactory = () => Transport

/** Strings by key. Every method may reject; the client then goes on in memory and says so. */
export interface KeyValueStorage {
  get(key: string): Awaitable<string | null>
  set(key: string, value: string): Awaitable<void>
  remove(key: string): Awaitable<void>
}

/** What a page knows of its visitor, all of it a claim until the server has checked it. */
export interface VisitorIdentity {
  /** This tab; survives a reload, and a duplicated tab has another. */
  tabId: string
  /** From an earlier visit. */
  visitorToken?: string | undefined
  /** From before a reload of this tab. */
  token?: string | undefined
}

/** Who is on the page. */
export interface IdentityProvider {
  resolve(): Promise<VisitorIdentity>
  /** Keeps what the server issued. */
  remember(issued: { visitorToken: string; token: string }): Promise<void>
  /** Forgets everything: the next `resolve` is a stranger. */
  reset(): Promise<void>
}

/** Time, injected so that tests own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  setTimeout(run: () => void, delayMs: number): Unsubscribe
}

/** Signs that the network or the page is back: the client then probes its connection or reconnects at once. */
export interface WakeSignals {
  onWake(listener: () => void): Unsubscribe
}
