import { ChatError, type ClientFrame, type ServerFrame } from '@chatdesk/protocol'
import type { Awaitable, Clock, StartFrame, Transport, TransportConnectOptions, TransportFactory } from '../ports.js'
import { createHeartbeat, type Heartbeat } from './heartbeat.js'

/** How long the first step may take, in milliseconds: the token. */
const START_MS = 10_000

/** How far an attempt had come when it ended. */
export type AttemptStage = 'start' | 'connect' | 'online'

/** What one attempt is given. */
export interface AttemptOptions extends Pick<TransportConnectOptions, 'url' | 'parse' | 'cursors' | 'onFrame'> {
  clock: Clock
  createTransport: TransportFactory
  /** How long the second step may take, in milliseconds: connection and session. */
  connectMs: number
  getStart: (signal: AbortSignal) => Awaitable<StartFrame>
  onOnline: (transport: string) => void
  /** Once, unless `end` came first. */
  onEnd: (error: ChatError, stage: AttemptStage) => void
}

/** One attempt, from its first step to its end. */
export interface Attempt {
  /** Hands a frame to the transport, if there is one by now. */
  send(frame: ClientFrame): Promise<void> | undefined
  /** The network or the page is back: is this connection still alive? */
  probe(): void
  /** Ends it without a word; resolves when nothing of it is left. */
  end(): Promise<void>
}

/** Starts one attempt. */
export function startAttempt(options: AttemptOptions): Attempt {
  const { url, parse, cursors, clock, connectMs, onFrame, onOnline, onEnd } = options
  const abort = new AbortController()
  let stage: AttemptStage = 'start'
  let transport: Transport | undefined
  let heartbeat: Heartbeat | undefined
  let over = false
  let closing: Promise<void> = Promise.resolve()

  const tooLong = () => fail(new ChatError('TIMEOUT'))
  let cancelDeadline = clock.setTimeout(tooLong, START_MS)

  function end(): Promise<void> {
    if (!over) {
      over = true
      cancelDeadline()
      heartbeat?.stop()
      abort.abort()
      if (transport) closing = transport.close().catch(() => {})
    }
    return closing
  }

  function fail(error: ChatError): void {
    if (over) return
    void end()
    onEnd(error, stage)
  }

  function receive(frame: ServerFrame): void {
    if (over) return
    heartbeat?.heard()
    if (frame.type === 'session.ready') {
      // A transport of many requests gives one with each.
      heartbeat?.stop()
      heartbeat = createHeartbeat({
        clock,
        heartbeatMs: frame.heartbeatMs,
        ping: () => void transport?.send({ type: 'ping' }).catch(() => {}),
        onDead: tooLong,
      })
    }
    onFrame(frame)
  }

  async function run(): Promise<void> {
    const start = await options.getStart(abort.signal)
    if (over) return
    stage = 'connect'
    cancelDeadline()
    cancelDeadline = clock.setTimeout(tooLong, connectMs)
    transport = options.createTransport()
    await transport.connect({
      url,
      parse,
      cursors,
      signal: abort.signal,
      getStart: () => start,
      onFrame: receive,
      onClose: ({ error }) => fail(error),
    })
    if (over) return
    cancelDeadline()
    stage = 'online'
    onOnline(transport.name)
  }

  run().catch((cause: unknown) => fail(asChatError(cause)))

  return {
    send: (frame) => transport?.send(frame),
    probe: () => heartbeat?.probe(),
    end,
  }
}

/** The error of a `send` without a connection (T4). */
export function notOpen(): ChatError {
  return new ChatError('NOT_OPEN')
}

/** Whatever is no `ChatError` came from the network beneath. */
function asChatError(cause: unknown): ChatError {
  return ChatError.isInstance(cause) ? cause : new ChatError('OFFLINE', String(cause), { cause })
}
