import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A delivery as it arrived. */
export interface Received {
  headers: IncomingHttpHeaders
  /** The bytes, as a signature is checked over them. */
  raw: Buffer
}

/** A merchant's endpoint on loopback, that keeps what it gets. */
export interface Receiver {
  url: string
  received: Received[]
  /** HTTP status of the next answers; 0 leaves the sender waiting. */
  answer: number
  close(): Promise<void>
}

/** Starts one. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      receiver.received.push({ headers: request.headers, raw: Buffer.concat(parts) })
      if (receiver.answer !== 0) response.writeHead(receiver.answer).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received: [],
    answer: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}
