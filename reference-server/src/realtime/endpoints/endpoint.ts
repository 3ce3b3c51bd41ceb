import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** One means of carrying frames, on one path below the mount point. */
export interface Endpoint {
  /** Matched exactly, without the query: `/socket.io/` is not `/socket.io/chat/`. */
  readonly path: string
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Present when it answers plain requests as well. */
  handleRequest?(request: IncomingMessage, response: ServerResponse): void
  /** Cuts every connection. */
  close(): void
}

/** Refuses an upgrade in plain HTTP and lets the socket go. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  // A peer that resets right now must not take the process with it.
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}
