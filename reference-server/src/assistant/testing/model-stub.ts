import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One thing that a model's server does with a response. */
export type StubStep =
  /** In a packet of its own, as far as a network keeps to that. */
  | { write: string | Uint8Array }
  /** Ends in good order, as happens without a step as well. */
  | 'end'
  /** The connection is cut. */
  | 'cut'
  /** Nothing more, until the client leaves. */
  | 'hang'

/** How one request is answered. Without a `status`, no head is sent either until the first step. */
export interface StubScript {
  status?: number
  headers?: Record<string, string>
  /** Before the head: a server that accepts and is silent. */
  silent?: boolean
  steps: readonly StubStep[] | (() => Iterable<StubStep>)
}

/** A request as a model's server has received it. */
export interface StubRequest {
  path: string
  headers: IncomingHttpHeaders
  body: ChatRequest
  /** As it travelled: what a test of redaction looks at. */
  raw: string
}

/** The body of a request, as far as tests read it. */
export interface ChatRequest {
  model: string
  stream: boolean
  messages: { role: string; content: string }[]
  [field: string]: unknown
}

/** A server on loopback that speaks Chat Completions, well or badly. */
export interface ModelStub {
  readonly baseUrl: string
  readonly requests: readonly StubRequest[]
  /** Requests are answered by these in turn, then by the one that was set with `otherwise`. */
  queue(...scripts: (StubScript | ((request: StubRequest) => StubScript))[]): void
  otherwise(script: StubScript | ((request: StubRequest) => StubScript)): void
  /** Resolves when so many requests have come in all. */
  received(count: number): Promise<void>
  /** Resolves when so many clients in all have gone before their response was over. */
  left(count: number): Promise<void>
  close(): Promise<void>
}

/** Starts one. */
export async function startModelStub(): Promise<ModelStub> {
  const requests: StubRequest[] = []
  const scripts: (StubScript | ((request: StubRequest) => StubScript))[] = []
  let fallback: StubScript | ((request: StubRequest) => StubScript) = { status: 500, steps: [{ write: 'no script' }] }
  const [receivedCount, leftCount] = [createCount(), createCount()]
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8')
      const received = { path: request.url ?? '', headers: request.headers, body: JSON.parse(raw), raw }
      requests.push(received)
      response.on('close', () => {
        if (!response.writableFinished) leftCount.add()
      })
      const script = scripts.shift() ?? fallback
      void play(typeof script === 'function' ? script(received) : script, response)
      receivedCount.add()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    queue: (...more) => void scripts.push(...more),
    otherwise(script) {
      fallback = script
    },
    received: receivedCount.reaches,
    left: leftCount.reaches,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function play({ status = 200, headers, silent, steps }: StubScript, response: ServerResponse): Promise<void> {
  response.socket?.setNoDelay(true)
  if (silent) return
  response.writeHead(status, { 'content-type': 'text/event-stream', ...headers })
  response.flushHeaders()
  for (const step of typeof steps === 'function' ? steps() : steps) {
    if (response.destroyed) return
    if (step === 'end') break
    if (step === 'hang') return
    if (step === 'cut') return void response.socket?.destroy()
    await written(response, step.write)
  }
  response.end()
}

/** Waits until the part is out, and a turn of the loop longer, so that the next one travels by itself. */
async function written(response: ServerResponse, part: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    response.once('close', resolve)
    response.write(part, () => {
      response.off('close', resolve)
      setImmediate(resolve)
    })
  })
}

function createCount() {
  let count = 0
  const waiting = new Set<{ target: number; resolve: () => void }>()
  return {
    add() {
      count++
      for (const waiter of waiting)
        if (count >= waiter.target) {
          waiting.delete(waiter)
          waiter.resolve()
        }
    },
    reaches: (target: number) =>
      new Promise<void>((resolve) => {
        if (count >= target) resolve()
        else waiting.add({ target, resolve })
      }),
  }
}
