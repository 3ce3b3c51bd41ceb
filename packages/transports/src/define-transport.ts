import type { TransportClosure, TransportConnectOptions, TransportFactory, TransportStatus } from '@chatdesk/core'
import { ChatError, type ClientFrame } from '@chatdesk/protocol'
import { decodeFrame, encodeFrame } from './shared/frame-text.js'

/** How a wire can end by itself: the far side closed it · it broke, or was never made · it fell silent. */
export type WireFault = 'remote' | 'network' | 'timeout'

/** A driver's connection: text in both directions, nothing more. */
export interface Wire {
  /** Takes one frame's text, in call order; false when the connection cannot take it. Never called before `session.ready`. */
  write(text: string, type: ClientFrame['type']): boolean
  /** Lets go of the connection in whatever state it is. Called at most once. */
  close(): void
}

/** Whom a driver tells of its connection, never before its `OpenWire` has returned. After `Wire.close` nobody listens. */
export interface WireEvents {
  /** One whole frame as it came; what is not text is malformed. */
  received(data: unknown): void
  closed(fault: WireFault, cause?: unknown, retryAfterMs?: number): void
}

/**
 * Begins a connection and sends `start()`, the text of `session.start`, as its first frame; a driver whose connection is
 * many requests asks for it again with each. What it throws counts as a connection that could not be made.
 */
export type OpenWire = (url: string, events: WireEvents, start: () => string) => Wire

/** Gives a driver, now or when its code has come. A failure counts as a connection that could not be made. */
export type LoadWire = () => OpenWire | Promise<OpenWire>

const CODES = { local: 'ABORTED', remote: 'UNAVAILABLE', network: 'OFFLINE', timeout: 'TIMEOUT' } as const

function notOpen(): ChatError {
  return new ChatError('NOT_OPEN')
}

/** The life of one connection attempt (T1 to T14), the same for every driver. */
export function defineTransport(name: string, loadWire: LoadWire): TransportFactory {
  return () => {
    let status: TransportStatus = 'idle'
    let wire: Wire | undefined
    /** Whom the end concerns: nobody, then the pending `connect`, then `onClose`. */
    let ended = (_closure: TransportClosure): void => {}

    /** The one way into `closed`. A `ChatError` as cause is the error itself. */
    function end(reason: TransportClosure['reason'], cause?: unknown, retryAfterMs?: number): void {
      if (status === 'closed') return
      status = 'closed'
      wire?.close()
      const error = ChatError.isInstance(cause) ? cause : new ChatError(CODES[reason], reason, { cause, retryAfterMs })
      ended({ reason, error })
    }
    const giveUp = () => end('local')

    function received(data: unknown, { parse, onFrame, onClose }: TransportConnectOptions, ready: () => void): void {
      const frame = status !== 'closed' && decodeFrame(data, parse)
      if (!frame) return
      if (frame.type === 'session.ready') {
        status = 'open'
        ended = onClose
      }
      if (status === 'open') {
        tell(() => onFrame(frame))
        ready()
      }
      // A refusal, or the server's last word (S6): waiting for the closure that follows would add nothing.
      if ('error' in frame && (status === 'connecting' || frame.type === 'session.ended'))
        end('remote', ChatError.fromWire(frame.error))
    }

    async function open(options: TransportConnectOptions, ready: () => void): Promise<void> {
      try {
        const given = await options.getStart()
        const start = () => encodeFrame({ ...given, cursors: options.cursors() })
        const openWire = await loadWire()
        if (status !== 'connecting') return
        wire = openWire(options.url, { received: (data) => received(data, options, ready), closed: end }, start)
      } catch (error) {
        end('network', error)
      }
    }

    return {
      name,
      get status() {
        return status
      },
      async connect(options) {
        if (status !== 'idle') throw notOpen()
        status = 'connecting'
        const { signal } = options
        signal.addEventListener('abort', giveUp)
        try {
          await new Promise<void>((ready, refuse) => {
            ended = ({ error }) => refuse(error)
            if (signal.aborted) giveUp()
            else void open(options, ready)
          })
        } finally {
          signal.removeEventListener('abort', giveUp)
        }
      },
      async send(frame) {
        if (status !== 'open' || !wire?.write(encodeFrame(frame), frame.type)) throw notOpen()
      },
      async close() {
        giveUp()
      },
    }
  }
}

/** T7: what a listener throws is printed and stops nothing. */
function tell(run: () => void): void {
  try {
    run()
  } catch (error) {
    console.error('[chatdesk]', error)
  }
}
