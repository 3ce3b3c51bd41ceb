/** What the client needs from outside. Types only: this file has no runtime. */
import type {
  ChatError,
  ClientFrame,
  ResumeCursor,
  ServerFrame,
  ServerFrameResult,
  SessionStart,
} from '@chatdesk/protocol'

/** Ends what its maker began; safe to call twice. */
export type Unsubscribe = () => void
/** A value now or later. */
export type Awaitable<T> = T | Promise<T>

/** `idle` → `connecting` → `open` → `closed`; `connecting` → `closed`; `closed` is the end. */
export type TransportStatus = 'idle' | 'connecting' | 'open' | 'closed'

/** `session.start` without its cursors. */
export type StartFrame = Omit<SessionStart, 'cursors'>

/** What one connection attempt is given. */
export interface TransportConnectOptions {
  /** Address of the server's mount point, `https://chat.example.com` or `https://example.com/chat`. */
  url: string
  /** Gives up the attempt (T3). */
  signal: AbortSignal
  /** Makes the connection's first frame, but for its cursors. Called once for each attempt, before anything is sent (T13). */
  getStart: () => Awaitable<StartFrame>
  /** How far the log is held at this moment; asked again by a transport whose connection is many requests. */
  cursors: () => ResumeCursor[]
  /** Reads and checks a frame's text (T6, T8). */
  parse: (text: string) => ServerFrameResult
  /** Given every frame, `session.ready` first (T9). Where that comes again, it brings the client up to date like the first. */
  onFrame: (frame: ServerFrame) => void
  /** Told exactly once how an open connection ended; after it no frame comes (T10). */
  onClose: (closure: TransportClosure) => void
}

/** Why an open connection ended. */
export interface TransportClosure {
  reason: 'local' | 'remote' | 'network' | 'timeout'
  error: ChatError
}

/** ONE connection attempt: no retry, no queue, no ping. The client's supervisor owns those. Rules T1 to T14: `packages/transports/SPEC.md`. */
export interface Transport {
  /** Shown to users of the library: `websocket`, `socket-io`. */
  readonly name: string
  readonly status: TransportStatus
  /**
   * Connects, sends `session.start` and resolves when `session.ready` has come, which `onFrame` is given like any other frame.
   * Rejects with a `ChatError` otherwise: the server's refusal, `OFFLINE`, `TIMEOUT` or `ABORTED`; the status is then `closed`.
   */
  connect(options: TransportConnectOptions): Promise<void>
  /** Hands a frame over, in call order; rejects with `NOT_OPEN` unless open, `PAYLOAD_TOO_LARGE` above the limit. Never drops. */
  send(frame: ClientFrame): Promise<void>
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
  /** What the browser looks like, hashed: 8 to 64 characters of `A-Za-z0-9_-`. A hint against abuse, never who it is (S9). */
  deviceHint?: string | undefined
}

/** What the server issued to a page. */
export interface IssuedIdentity {
  /** None where the session was resumed by its token, and this page knows no other. */
  visitorToken?: string | undefined
  token: string
  /** How long the server knows the visitor token after this. */
  maxAgeDays?: number | undefined
}

/** Who is on the page. */
export interface IdentityProvider {
  /** Asked before each `init`: another tab may have written what this one has lost. */
  resolve(): Promise<VisitorIdentity>
  /** Keeps what the server issued: the visitor token for `maxAgeDays` from now (S10). */
  remember(issued: IssuedIdentity): Promise<void>
  /** Forgets what the server issued; the tab stays the same. */
  forget?(): Promise<void>
}

/** Time, injected so that tests own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  setTimeout(run: () => void, delayMs: number): Unsubscribe
}

/** Signs of the page and its network. */
export interface WakeSignals {
  /** One of them is back: the client probes its connection or reconnects at once. */
  onWake(listener: () => void): Unsubscribe
  /**
   * The page is put away, perhaps to come back as it was. Browsers keep no page with an open connection for that, so the
   * client ends its own, as if the network were lost, and waits for the wake.
   */
  onRest?(listener: () => void): Unsubscribe
}
