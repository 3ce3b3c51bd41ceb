import type { ClientFrame, SessionStart, WireError } from '@chatdesk/protocol'

/** A value now or later. */
type Awaitable<T> = T | Promise<T>

/**
 * The far side of a transport under test: a scripted one, or a real server behind a thin adapter.
 * Everything beyond the optional members is needed by the suite; a rule that needs an optional one says so when it is absent.
 */
export interface TransportTestPeer {
  /** Address of the mount point, as `TransportConnectOptions.url`. */
  readonly url: string
  /** A `session.start` that is accepted; its session has one conversation. Called once for each connection. */
  makeStart(): Awaitable<SessionStart>
  /** A `session.start` that is refused with `UNAUTHENTICATED`. */
  makeRefusedStart(): Awaitable<SessionStart>
  /** A valid `message.send` with this text in the conversation of the latest `makeStart`. */
  makeMessage(text: string): ClientFrame
  /** Texts of the messages that have arrived from the client, in the order of their arrival. */
  received(): Awaitable<readonly string[]>
  /** Says something in that conversation: each text reaches the open connection as a `message.created`, in this order. */
  say(texts: readonly string[]): Awaitable<void>
  /** Ends the open connection: `remote` closes it as a server does that has had enough, `network` cuts the line. */
  drop(fault: 'remote' | 'network'): Awaitable<void>
  /** Ends the peer: its address answers no more. Safe to call twice. */
  close(): Promise<void>

  /** Connections (sockets, sessions) that the far side holds now. */
  connections?(): number
  /** Frames of the latest connection as they arrived, `session.start` first. */
  frames?(): readonly unknown[]
  /** Sends text that need not be a frame. */
  pushText?(text: string): Awaitable<void>
  /** Sends `session.ended` with this error and closes. */
  endSession?(error: WireError): Awaitable<void>
}
