import { ChatError, type ClientFrame, type ServerFrame, type SessionStart } from '@chatdesk/protocol'
import type { Transport, TransportClosure, TransportFactory, TransportStatus } from '../ports.js'

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

/** A transport whose network is a queue of microtasks: nothing is lost and nothing takes time. */
export function testTransport(handler: TestConnectionHandler, name = 'test'): TransportFactory {
  return () => {
    let status: TransportStatus = 'idle'
    const listeners = new Set<(frame: ServerFrame) => void>()
    const closeListeners = new Set<(closure: TransportClosure) => void>()
    let refuse: ((error: ChatError) => void) | undefined

    function end(closure: TransportClosure): void {
      if (status === 'closed') return
      const wasOpen = status === 'open'
      status = 'closed'
      handler.closed(connection)
      const error = 'error' in closure && closure.error
      if (wasOpen) for (const listener of closeListeners) listener(closure)
      else refuse?.(error || new ChatError('OFFLINE', 'The server cannot be reached.'))
    }

    const connection: TestConnection = {
      push(frame) {
        const copy: ServerFrame = JSON.parse(JSON.stringify(frame))
        queueMicrotask(() => {
          if (status === 'closed') return
          if (copy.type === 'session.ready') status = 'open'
          for (const listener of [...listeners]) listener(copy)
        })
      },
      close: (closure) => queueMicrotask(() => end(closure)),
      get live() {
        return status !== 'closed'
      },
    }

    const transport: Transport = {
      name,
      get status() {
        return status
      },
      async connect({ getStart, signal }) {
        status = 'connecting'
        const refused = new Promise<never>((_, reject) => {
          refuse = reject
        })
        refused.catch(() => {})
        signal.addEventListener('abort', () => {
          refuse?.(new ChatError('ABORTED', 'The attempt was given up.'))
          end({ reason: 'local' })
        })
        const ready = new Promise<void>((resolve) => {
          listeners.add((frame) => {
            if (frame.type === 'session.ready') resolve()
          })
        })
        const start = await getStart()
        if (!handler.reachable()) end({ reason: 'network', retryable: true })
        else handler.open(connection, start)
        await Promise.race([ready, refused])
      },
      async send(frame) {
        if (status !== 'open') throw new ChatError('NOT_OPEN', 'There is no connection.')
        const copy: ClientFrame = JSON.parse(JSON.stringify(frame))
        queueMicrotask(() => {
          if (status === 'open') handler.frame(connection, copy)
        })
      },
      receive(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      onClose(listener) {
        closeListeners.add(listener)
        return () => void closeListeners.delete(listener)
      },
      async close() {
        end({ reason: 'local' })
      },
    }
    return transport
  }
}
