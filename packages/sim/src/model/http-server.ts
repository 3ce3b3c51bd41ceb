import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RealtimeNode } from '@chatdesk/server/testing/realtime'
import type { LinkPeer, LinkServer } from '../network/link.js'

/** A request as Node's HTTP server would hand it over, as far as the endpoints look at it. */
function requestOf(target: string, origin: string | undefined, body: string): IncomingMessage {
  const request = {
    method: 'POST',
    url: target,
    headers: { origin },
    socket: { remoteAddress: '127.0.0.1' },
    async *[Symbol.asyncIterator]() {
      yield Buffer.from(body)
    },
  }
  return request as unknown as IncomingMessage
}

/** An answer that goes out over a link: its status, then its chunks. */
class SimulatedResponse {
  headersSent = false
  readonly #peer: LinkPeer
  readonly #onClose: (() => void)[] = []

  constructor(peer: LinkPeer) {
    this.#peer = peer
  }

  get writableLength(): number {
    return this.#peer.bufferedBytes
  }

  setHeader(): void {}

  cork(): void {}

  uncork(): void {}

  on(_event: 'close', listener: () => void): void {
    this.#onClose.push(listener)
  }

  writeHead(status: number): this {
    this.headersSent = true
    this.#peer.send(String(status))
    return this
  }

  write(text: string): void {
    if (!this.headersSent) this.writeHead(200)
    this.#peer.send(text)
  }

  end(text?: string): void {
    if (text !== undefined) this.write(text)
    else if (!this.headersSent) this.writeHead(200)
    this.#peer.close(0, '')
  }

  destroy(): void {
    this.#peer.cut()
  }

  /** The link is gone. */
  closed(): void {
    for (const listener of this.#onClose.splice(0)) listener()
  }
}

/** Lets the endpoints for plain HTTP answer what comes over a link: the whole request is its first text. */
export function serveHttp(endpoints: RealtimeNode['http'], target: string): (peer: LinkPeer) => LinkServer {
  return (peer) => {
    const response = new SimulatedResponse(peer)
    return {
      onText(body) {
        const path = target.split('?', 1)[0]
        const endpoint = endpoints.find((one) => one.path === path)
        endpoint?.handleRequest?.(requestOf(target, peer.origin, body), response as unknown as ServerResponse)
      },
      onClose: () => response.closed(),
    }
  }
}
