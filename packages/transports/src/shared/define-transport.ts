import type { TransportClosure, TransportFactory, TransportStatus } from '@chatdesk/core'
import { ChatError, type ServerFrame } from '@chatdesk/protocol'
import { decodeFrame } from './decode-frame.js'
import { encodeFrame } from './encode-frame.js'
import { createListenerSet } from './listener-set.js'

/** How a wire can end by itself: the far side closed it · it broke · it fell silent. */
export type WireFault = 'remote' | 'network' | 'timeout'

/** A driver's connection: text in both directions, nothing more. */
export interface Wire {
  /** Takes one frame's text, in call order; false when the connection cannot take it. */
  write(text: string): boolean
  /** Lets go of the connection in whatever state it is. Called exactly once. */
  close(): void
}

/** Whom a driver tells of its connection, never before its `OpenWire` has returned. Calls after `Wire.close` are ignored. */
export interface WireEvents {
  opened(): void
  /** One whole frame as it came; what is not text is malformed. */
  received(data: unknown): void
  closed(fault: WireFault, cause?: unknown): void
}

/** Begins a connection. What it throws counts as a connection that could not be made. */
export type OpenWire = (url: string, events: WireEvents) => Wire

const FAULTS = {
  remote: ['UNAVAILABLE', 'The server closed the connection.'],
  network: ['OFFLINE', 'The server cannot be reached.'],
  timeout: ['TIMEOUT', 'The server did not answer in time.'],
} as const

/** The life of one connection attempt (T1 to T14), the same for every driver. */
export function defineTransport(name: string, openWire: OpenWire, connectTimeoutMs = 10_000): TransportFactory {
  return () => {
    const frames = createListenerSet<ServerFrame>()
    const closures = createListenerSet<TransportClosure>()
    let status: TransportStatus = 'idle'
    let wire: Wire | undefined
    /** Settles `connect`: resolves it, or rejects it with an error. */
    let settle: (error?: ChatError) => void = () => {}

    /** The one way into `closed`. Without a fault it was this side's wish. */
    function end(fault?: WireFault, error = fault && faultError(fault)): void {
      if (status === 'closed') return
      const wasOpen = status === 'open'
      status = 'closed'
      wire?.close()
      if (!wasOpen) settle(error ?? new ChatError('ABORTED', 'The attempt was given up.'))
      else if (!fault || !error) closures.emit({ reason: 'local' })
      else {
        // The next attempt brings a fresh credential, so a token that has ended does not end the client.
        const retryable = error.retryable || error.code === 'UNAUTHENTICATED'
        closures.emit({ reason: fault, retryable, error })
      }
    }

    function received(data: unknown): void {
      if (status === 'closed') return
      const frame = decodeFrame(data)
      if (!frame) return
      if (frame.type === 'session.ready' && status === 'connecting') {
        status = 'open'
        frames.emit(frame)
        settle()
      } else if (status === 'open') frames.emit(frame)
      else if (frame.type === 'ack' && !frame.ok) end('remote', ChatError.fromWire(frame.error))
      // What the server says last is why it closes (S6); waiting for the closure itself would add nothing.
      if (frame.type === 'session.ended') end('remote', ChatError.fromWire(frame.error))
    }

    return {
      name,
      get status() {
        return status
      },
      connect({ url, signal, getStart }) {
        if (status !== 'idle') return Promise.reject(new ChatError('NOT_OPEN', 'A transport connects once.'))
        status = 'connecting'
        return new Promise((resolve, reject) => {
          const abort = () => end()
          const timer = setTimeout(() => end('timeout'), connectTimeoutMs)
          settle = (error) => {
            clearTimeout(timer)
            signal.removeEventListener('abort', abort)
            if (error) reject(error)
            else resolve()
          }
          signal.addEventListener('abort', abort)
          if (signal.aborted) return end()
          void (async () => {
            try {
              const start = encodeFrame(await getStart())
              if (status !== 'connecting') return
              wire = openWire(url, {
                opened() {
                  if (status === 'connecting' && !wire?.write(start)) end('network')
                },
                received,
                closed: (fault, cause) => end(fault, faultError(fault, cause)),
              })
            } catch (error) {
              end('network', ChatError.isInstance(error) ? error : faultError('network', error))
            }
          })()
        })
      },
      async send(frame) {
        if (status === 'open' && wire?.write(encodeFrame(frame))) return
        throw new ChatError('NOT_OPEN', 'The connection is not open.')
      },
      receive: frames.add,
      onClose: closures.add,
      async close() {
        end()
      },
    }
  }
}

function faultError(fault: WireFault, cause?: unknown): ChatError {
  const [code, message] = FAULTS[fault]
  return new ChatError(code, message, cause === undefined ? {} : { cause })
}
