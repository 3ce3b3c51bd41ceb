import { ChatError, type ClientFrame, type ServerFrame, type SessionStart } from '@chatdesk/protocol'
import type {
  Transport,
  TransportClosure,
  TransportConnectOptions,
  TransportFactory,
  TransportStatus,
} from '../ports.js'

/** The server's end of one connection. */
export interface TestConnection {
  push(frame: ServerFrame): void
  close(closure: TransportClosure): void
  /** Whether anything that is pushed may still arrive. */
  readonly live: boolean
}

/** What the server does with connections. */
export interface TestConnectionHandler {
  /** Whether the server can be reached at all. */
  reachable(): boolean
  /** The first frame. A throw refuses the session. */
  open(connection: TestConnection, start: SessionStart): void
  frame(connection: TestConnection, frame: ClientFrame): void
  closed(connection: TestConnection): void
}

/** The error of a network that is gone. */
export function lost(): ChatError {
  return new ChatError('OFFLINE', 'The server cannot be reached.')
}

/** A transport whose network is a queue of microtasks: nothing is lost and nothing takes time. */
export function testTransport(handler: TestConnectionHandler, name = 'test'): TransportFactory {
  return () => {
    let status: TransportStatus = 'idle'
    let connected: TransportConnectOptions | undefined
    let ready = () => {}
    let refuse = (_error: ChatError) => {}

    function end(closure: TransportClosure): void {
      if (status === 'closed') return
      const wasOpen = status === 'open'
      status = 'closed'
      handler.closed(connection)
      if (wasOpen) connected?.onClose(closure)
      else refuse(closure.error)
    }

    const connection: TestConnection = {
      push(frame) {
        const copy: ServerFrame = JSON.parse(JSON.stringify(frame))
        queueMicrotask(() => {
          if (status === 'closed') return
          if (copy.type === 'session.ready') status = 'open'
          connected?.onFrame(copy)
          if (copy.type === 'session.ready') ready()
          if (copy.type === 'session.ended') end({ reason: 'remote', error: ChatError.fromWire(copy.error) })
        })
      },
      close: (closure) => queueMicrotask(() => end(closure)),
      get live() {
        return status !== 'closed'
      },
    }

    const giveUp = () => end({ reason: 'local', error: new ChatError('ABORTED', 'The attempt was given up.') })
    const transport: Transport = {
      name,
      get status() {
        return status
      },
      async connect(options) {
        status = 'connecting'
        connected = options
        const settled = new Promise<void>((resolve, reject) => {
          ready = resolve
          refuse = reject
        })
        settled.catch(() => {})
        options.signal.addEventListener('abort', giveUp)
        const start = await options.getStart()
        if (!handler.reachable()) end({ reason: 'network', error: lost() })
        else handler.open(connection, { ...start, cursors: options.cursors() })
        await settled
      },
      async send(frame) {
        if (status !== 'open') throw new ChatError('NOT_OPEN', 'There is no connection.')
        const copy: ClientFrame = JSON.parse(JSON.stringify(frame))
        queueMicrotask(() => {
          if (status === 'open') handler.frame(connection, copy)
        })
      },
      async close() {
        connected?.signal.removeEventListener('abort', giveUp)
        giveUp()
      },
    }
    return transport
  }
}
