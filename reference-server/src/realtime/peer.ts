import type { ErrorCode } from '@chatdesk/protocol'

/** One connected client, whatever carries its frames. */
export interface Peer {
  /** `websocket`, `socket-io`, `sse` or `polling`, for the log. */
  readonly transport: string
  /** The `Origin` header of the page that opened the connection; absent outside browsers. */
  readonly origin: string | undefined
  /** About how many bytes were handed over and not yet taken by the network. */
  readonly bufferedBytes: number
  /** Sends one frame, as JSON text. Without effect once closed. */
  send(text: string): void
  /** Closes after what was sent; safe to call twice. `code` is a WebSocket close code. */
  close(code: number, reason: string): void
}

/** What a peer tells. */
export interface PeerListener {
  /** One message, in order. What was no text arrives as the empty text, which is no frame. */
  onText(text: string): void
  /** Runs once, when no command waits for its answer any more; without effect when the session ends before. */
  whenAnswered(run: () => void): void
  /** Told once; nothing follows. */
  onClose(): void
}

/** Takes a peer that has connected; what it sends goes to the answer. */
export type AcceptPeer = (peer: Peer) => PeerListener

/** Close code of a reader that is too slow. */
export const CLOSE_SLOW = 4008

const CLOSE_CODES: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 4001,
  FORBIDDEN: 4003,
  FORBIDDEN_ORIGIN: 4003,
  UNAVAILABLE: 4013,
  RATE_LIMITED: 4029,
}

/** The WebSocket close code for an error; frames say the rest. */
export function closeCodeOf(code: ErrorCode): number {
  return CLOSE_CODES[code] ?? 4000
}
