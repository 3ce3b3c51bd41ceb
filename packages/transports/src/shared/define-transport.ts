import type { TransportClosure, TransportFactory, TransportStatus } from '@chatdesk/core'
import { ChatError, type ServerFrame } from '@chatdesk/protocol'
import { decodeFrame, encodeFrame } from './frame-text.js'
import { createListenerSet } from './listener-set.js'

/** How a wire can end by itself: the far side closed it · it broke, or was never made · it fell silent. */
export type WireFault = 'remote' | 'network' | 'timeout'

/** A driver's connection: text in both directions, nothing more. */
export interface Wire {
  /** Takes one frame's text, in call order; false when the connection cannot take it. */
  write(text: string): boolean
  /** Lets go of the connection in whatever state it is. Called at most once. */
  close(): void
}

/** Whom a driver tells of its connection, never before its `OpenWire` has returned. After `Wire.close` nobody listens. */
export interface WireEvents {
  opened(): void
  /** One whole frame as it came; what is not text is malformed. */
  received(data: unknown): void
  closed(fault: WireFault, cause?: unknown): void
}

/** Begins a connection. What it throws counts as a connection that could not be made. */
export type OpenWire = (url: string, events: WireEvents) => Wire

const CODES = { local: 'ABORTED', remote: 'UNAVAILABLE', network: 'OFFLINE', timeout: 'TIMEOUT' } as const

function notOpen(): ChatError {
  return new ChatError('NOT_OPEN', 'not open')
}

/** The life of one connection attempt (T1 to T14), the same for every driver. `connectTimeoutMs` ends at `session.ready`. */
export function defineTransport(name: string, openWire: OpenWire, connectTimeoutMs = 10_000): TransportFactory {
  return () => {
    const frames = createListenerSet<ServerFrame>()
    const closures = createListenerSet<TransportClosure>()
    let status: TransportStatus = 'idle'
    let wire: Wire | undefined
    /** Settles `connect`: resolves it, or rejects it with an error. */
    let settle: ((error?: ChatError) => void) | undefined

    /** The one way into `closed`. A `ChatError` as cause is the error itself. */
    function end(reason: keyof typeof CODES, cause?: unknown): void {
      if (status === 'closed') return
      const wasOpen = status === 'open'
      status = 'closed'
      wire?.close()
      const error = ChatError.isInstance(cause) ? cause : new ChatError(CODES[reason], `closed: ${reason}`, { cause })
      if (!wasOpen) settle?.(error)
      else closures.emit(reason === 'local' ? { reason } : { reason, retryable: error.retryable, error })
    }
    const giveUp = () => end('local')

    function received(data: unknown): void {
      const frame = status !== 'closed' && decodeFrame(data)
      if (!frame) return
      const ready = frame.type === 'session.ready'
      if (ready) status = 'open'
      if (status === 'open') frames.emit(frame)
      if (ready) settle?.()
      // A refusal, or the server's last word (S6): waiting for the closure that follows would add nothing.
      if ('error' in frame && (status === 'connecting' || frame.type === 'session.ended'))
        end('remote', ChatError.fromWire(frame.error))
    }

    async function open(url: string, getStart: () => unknown): Promise<void> {
      try {
        const start = encodeFrame(await getStart())
        if (status !== 'connecting') return
        wire = openWire(url, {
          opened: () => wire?.write(start),
          received,
          closed: end,
        })
      } catch (error) {
        end('network', error)
      }
    }

    return {
      name,
      get status() {
        return status
      },
      async connect({ url, signal, getStart }) {
        if (status !== 'idle') throw notOpen()
        status = 'connecting'
        return new Promise((resolve, reject) => {
          const timer = setTimeout(end, connectTimeoutMs, 'timeout')
          signal.addEventListener('abort', giveUp)
          settle = (error) => {
            clearTimeout(timer)
            signal.removeEventListener('abort', giveUp)
            if (error) reject(error)
            else resolve()
          }
          if (signal.aborted) giveUp()
          else void open(url, getStart)
        })
      },
      async send(frame) {
        if (status !== 'open' || !wire?.write(encodeFrame(frame))) throw notOpen()
      },
      receive: frames.add,
      onClose: closures.add,
      async close() {
        giveUp()
      },
    }
  }
}
