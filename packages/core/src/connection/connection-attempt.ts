import { ChatError, type ClientFrame, type ServerFrame, type SessionStart } from '@chatdesk/protocol'
import type { Awaitable, Clock, Transport, TransportClosure, TransportFactory } from '../ports.js'
import { createHeartbeat, type Heartbeat } from './heartbeat.js'

/** From the first step to `online`, in milliseconds: the token, the connection and the session together. */
const ATTEMPT_MS = 10_000

/** How far an attempt had come when it ended. */
export type AttemptStage = 'start' | 'connect' | 'online'

/** What one attempt is given. */
export interface AttemptOptions {
  url: string
  clock: Clock
  createTransport: TransportFactory
  getStart: (signal: AbortSignal) => Awaitable<SessionStart>
  onFrame: (frame: ServerFrame) => void
  onOnline: (transport: string) => void
  /** Once, unless `end` came first. */
  onEnd: (error: ChatError, stage: AttemptStage) => void
}

/** One attempt, from its first step to its end. */
export interface Attempt {
  send(frame: ClientFrame): Promise<void>
  /** The network or the page is back: is this connection still alive? */
  probe(): void
  /** Ends it without a word; resolves when nothing of it is left. */
  end(): Promise<void>
}

/** Starts one attempt. */
export function startAttempt(options: AttemptOptions): Attempt {
  const { url, clock, onFrame, onOnline, onEnd } = options
  const abort = new AbortController()
  let stage: AttemptStage = 'start'
  let transport: Transport | undefined
  let heartbeat: Heartbeat | undefined
  let heartbeatMs = 0
  let goodbye: ChatError | undefined
  let over = false
  let closing: Promise<void> = Promise.resolve()

  const cancelDeadline = clock.setTimeout(
    () => fail(new ChatError('TIMEOUT', 'The server did not answer in time.')),
    ATTEMPT_MS,
  )

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
    if (frame.type === 'session.ready') heartbeatMs = frame.heartbeatMs
    if (frame.type === 'session.ended') goodbye = ChatError.fromWire(frame.error)
    onFrame(frame)
  }

  async function run(): Promise<void> {
    const start = await options.getStart(abort.signal)
    if (over) return
    stage = 'connect'
    transport = options.createTransport()
    transport.receive(receive)
    transport.onClose((closure) => fail(closureError(closure, goodbye)))
    await transport.connect({ url, signal: abort.signal, getStart: () => start })
    if (over) return
    cancelDeadline()
    stage = 'online'
    heartbeat = createHeartbeat({
      clock,
      heartbeatMs,
      ping: () => void transport?.send({ type: 'ping' }).catch(() => {}),
      onDead: () => fail(new ChatError('TIMEOUT', 'The server fell silent.')),
    })
    onOnline(transport.name)
  }

  run().catch((cause: unknown) => fail(asChatError(cause)))

  return {
    send: (frame) => (transport && !over ? transport.send(frame) : Promise.reject(notOpen())),
    probe: () => heartbeat?.probe(),
    end,
  }
}

/** The error of a `send` without a connection (T4). */
export function notOpen(): ChatError {
  return new ChatError('NOT_OPEN', 'There is no connection.')
}

function closureError(closure: TransportClosure, goodbye: ChatError | undefined): ChatError {
  const told = (closure.reason !== 'local' && closure.error) || goodbye
  if (told) return told
  return closure.reason === 'timeout'
    ? new ChatError('TIMEOUT', 'The connection timed out.')
    : new ChatError('OFFLINE', 'The connection was lost.')
}

/** Whatever is no `ChatError` came from the network beneath. */
function asChatError(cause: unknown): ChatError {
  return ChatError.isInstance(cause) ? cause : new ChatError('OFFLINE', 'The server cannot be reached.', { cause })
}
