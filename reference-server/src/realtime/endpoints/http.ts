import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { LIMITS, type ServerFrame } from '@chatdesk/protocol'
import type { KeyedRates } from '../keyed-rates.js'
import { CLOSE_SLOW, type Peer, type PeerListener } from '../peer.js'
import { type Endpoint, refuseUpgrade } from './endpoint.js'
import type { EndpointOptions } from './websocket.js'

/** Bytes of one request's frames together. */
const MAX_BODY = 4 * LIMITS.frameBytes
/** How long an answer may take to be read once it is complete, in milliseconds. */
const CLOSE_TIMEOUT_MS = 5000

/** What the endpoints for plain HTTP need beside what all share. */
export interface HttpEndpointOptions extends EndpointOptions {
  /** Requests of one network address. */
  requests: KeyedRates
}

/**
 * Frames over plain HTTP: `POST /poll` and `POST /sse`, a frame on each line, `session.start` first. Each request is a
 * connection of its own that says who asks and what is held, so nothing is kept between two of them and any node answers.
 *
 * `/sse` goes on: every frame is a server-sent event. `/poll` is answered once. With commands: when all are answered. With
 * `session.start` alone: when there is news for a client that has seen `?seen=`, at the latest with the next heartbeat. The
 * answer's first line is what has been seen then; a frame on each further line.
 *
 * A refused session ends in `session.ended`, in whatever request that happens.
 */
export function httpEndpoints(options: HttpEndpointOptions): Endpoint[] {
  const { accept, addresses, addressOf, clock, requests } = options
  const open = new Set<ServerResponse>()

  const endpoint = (path: '/poll' | '/sse', createAnswer: (exchange: Exchange) => Answer): Endpoint => ({
    path,
    handleUpgrade: (_request, socket) => refuseUpgrade(socket, '400 Bad Request'),
    handleRequest(request, response) {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
      const refuse = (status: number, headers = {}) => void response.writeHead(status, headers).end()
      if (request.method !== 'POST') return refuse(405, { allow: 'POST' })
      const address = addressOf(request)
      const retryAfterMs = requests.take(address, clock.now())
      // Sent behind another on one socket, an answer waits its turn and is never told that the socket has gone.
      const isPipelined = response.socket === null
      if (isPipelined || addresses.isFull(address) || retryAfterMs > 0)
        return refuse(429, { 'retry-after': Math.max(1, Math.ceil(retryAfterMs / 1000)) })

      const leave = addresses.enter(address)
      open.add(response)
      const exchange = new Exchange(path === '/poll' ? 'polling' : 'sse', request, response, clock, createAnswer)
      const listener = accept(exchange)
      response.on('close', () => {
        open.delete(response)
        leave()
        listener.onClose()
      })
      void readBody(request).then(
        (body) => exchange.begin(listener, body),
        () => exchange.finish() && refuse(413, { connection: 'close' }),
      )
    },
    close() {
      for (const response of open) response.destroy()
    },
  })
  return [
    endpoint('/poll', (exchange) => new PollAnswer(exchange)),
    endpoint('/sse', (exchange) => new EventStream(exchange)),
  ]
}

const HEADERS = {
  // W6: a refusal; what opens a session names its page instead.
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'retry-after',
  vary: 'Origin',
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
  // nginx and its kin hold nothing back.
  'x-accel-buffering': 'no',
}

/** The text of a request; rejects when it is too long, or breaks off. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY) throw new Error('too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** How frames become an answer. */
interface Answer {
  /** About how many bytes wait for the end of the answer. */
  readonly heldBytes: number
  /** The session is open. */
  ready(frame: Extract<ServerFrame, { type: 'session.ready' }>, text: string): void
  add(text: string): void
  /** Nothing is added any more. */
  end(): void
}

/** One request and its answer, as a peer. */
class Exchange implements Peer {
  commands: string[] = []
  #listener: PeerListener | undefined
  #answer: Answer
  #started = false
  #closed = false

  constructor(
    readonly transport: 'polling' | 'sse',
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    private readonly clock: EndpointOptions['clock'],
    createAnswer: (exchange: Exchange) => Answer,
  ) {
    this.#answer = createAnswer(this)
  }

  get origin(): string | undefined {
    return this.request.headers.origin
  }

  get bufferedBytes(): number {
    return this.#answer.heldBytes + this.response.writableLength
  }

  /** Its frames have come. */
  begin(listener: PeerListener, body: string): void {
    const [start = '', ...commands] = body.split('\n')
    this.#listener = listener
    this.commands = commands
    listener.onText(start)
  }

  send(text: string): void {
    if (this.#closed) return
    if (this.#started) this.#answer.add(text)
    else this.#begin(text)
  }

  /** Whether an answer is still owed; after this call none is. */
  finish(): boolean {
    const isOwed = !this.#closed
    this.#closed = true
    return isOwed
  }

  close(code: number): void {
    if (!this.finish()) return
    if (code === CLOSE_SLOW) {
      this.response.destroy()
      return
    }
    this.#answer.end()
    const cancel = this.clock.setTimeout(() => this.response.destroy(), CLOSE_TIMEOUT_MS)
    this.response.on('close', cancel)
  }

  /** The first frame: the session is open, or it ends. */
  #begin(text: string): void {
    this.#started = true
    const frame = JSON.parse(text) as ServerFrame
    if (frame.type === 'session.ready') {
      if (this.origin === undefined) this.response.removeHeader('access-control-allow-origin')
      else this.response.setHeader('access-control-allow-origin', this.origin)
      this.#answer.ready(frame, text)
      // The session begins behind this call.
      process.nextTick(() => this.#runCommands())
    } else if ('error' in frame) this.#answer.add(JSON.stringify({ type: 'session.ended', error: frame.error }))
  }

  #runCommands(): void {
    if (this.commands.length === 0) return
    for (const command of this.commands) this.#listener?.onText(command)
    if (this.transport === 'polling') this.#listener?.whenAnswered(() => this.close(0))
  }
}

/** An answer that is complete when there is something to say. */
class PollAnswer implements Answer {
  heldBytes = 0
  readonly #texts: string[] = []
  #seen = ''
  #ending = false

  constructor(private readonly exchange: Exchange) {}

  ready(frame: Extract<ServerFrame, { type: 'session.ready' }>, text: string): void {
    // Who brings commands listens elsewhere.
    if (this.exchange.commands.length > 0) return
    this.#texts.push(text)
    this.#seen = digest([
      frame.team,
      frame.widgetVersion,
      ...frame.conversations.map(({ conversationId, status, agent, reads }) => [conversationId, status, agent, reads]),
    ])
    const seen = new URL(this.exchange.request.url ?? '', 'http://localhost').searchParams.get('seen')
    if (seen !== this.#seen || frame.conversations.some(({ events }) => events.length > 0)) this.#endSoon()
  }

  add(text: string): void {
    this.#texts.push(text)
    this.heldBytes += text.length
    if (this.exchange.commands.length === 0) this.#endSoon()
  }

  end(): void {
    this.exchange.response.setHeader('content-type', 'text/plain; charset=utf-8')
    this.exchange.response.end([this.#seen, ...this.#texts].join('\n'))
  }

  /** What one commit makes us send leaves together. */
  #endSoon(): void {
    if (this.#ending) return
    this.#ending = true
    setImmediate(() => this.exchange.close(0))
  }
}

/** An answer that goes on. */
class EventStream implements Answer {
  readonly heldBytes = 0
  #corked = false

  constructor(private readonly exchange: Exchange) {}

  ready(_frame: ServerFrame, text: string): void {
    this.add(text)
  }

  add(text: string): void {
    const { response } = this.exchange
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (!this.#corked) {
      this.#corked = true
      response.cork()
      process.nextTick(() => {
        this.#corked = false
        response.uncork()
      })
    }
    response.write(`data:${text}\n\n`)
  }

  end(): void {
    this.exchange.response.end()
  }
}

/** What a client has seen beside the events, for which it has cursors: who answers, who is there, the widget, in which state, what is read. */
function digest(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 16)
}
