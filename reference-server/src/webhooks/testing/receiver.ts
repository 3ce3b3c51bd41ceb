import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a receiver was sent. */
export interface ReceivedWebhook {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A receiver on loopback. */
export interface TestReceiver {
  readonly url: string
  readonly received: readonly ReceivedWebhook[]
  /** Connections that it has ever had. */
  readonly connections: number
  /** Answers so from now on; 204 at first. `hold`: not before it is let go. */
  answer(status: number, options?: { body?: string; headers?: Record<string, string> }): void
  hold(): () => void
  close(): Promise<void>
}

/** Starts one. */
export async function startReceiver(): Promise<TestReceiver> {
  const received: ReceivedWebhook[] = []
  let answer: { status: number; body?: string; headers?: Record<string, string> } = { status: 204 }
  let held: (() => void)[] | undefined
  let connections = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      const end = () => void response.writeHead(answer.status, answer.headers).end(answer.body)
      if (held) held.push(end)
      else end()
    })
  }).listen(0, '127.0.0.1')
  server.on('connection', () => connections++)
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get connections() {
      return connections
    },
    answer(status, options = {}) {
      answer = { status, ...options }
    },
    hold() {
      held = []
      return () => {
        const waiting = held ?? []
        held = undefined
        for (const end of waiting) end()
      }
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
