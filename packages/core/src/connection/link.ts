import { ChatError, type ClientFrame, PROTOCOL_VERSION } from '@chatdesk/protocol'
import { atom, type ReadableAtom } from 'nanostores'
import type { ChatEventMap } from '../chat-events.js'
import type { ConnectionState } from '../connection-state.js'
import { createEmitter, type Emitter, guard } from '../platform/emitter.js'
import { randomId } from '../platform/random-id.js'
import { serverUrl } from '../platform/server-url.js'
import { systemClock } from '../platform/system-clock.js'
import type { Awaitable, Clock, StartFrame, TransportConnectOptions, TransportFactory, WakeSignals } from '../ports.js'
import { notOpen } from './connection-attempt.js'
import { createConnectionSupervisor } from './connection-supervisor.js'
import { createPendingCommands, type PendingCommands } from './pending-commands.js'

/** What a visitor's and an agent's client have in common in their options. */
export interface LinkOptions {
  url: string
  transports: readonly TransportFactory[]
  wakeSignals?: WakeSignals | undefined
  clock?: Clock | undefined
  generateId?: (() => string) | undefined
  random?: (() => number) | undefined
}

/** What a client does with its connection. */
export interface LinkHandlers extends Pick<TransportConnectOptions, 'parse' | 'cursors' | 'onFrame'> {
  getStart: (renew: boolean, signal: AbortSignal) => Awaitable<Pick<StartFrame, 'token' | 'tabId'>>
  onOnline: () => void
  onLost: () => void
}

/** A client's connection: one state, commands with answers, signs without, and what its listeners hear. */
export interface Link extends Pick<PendingCommands, 'request'> {
  readonly url: string
  readonly clock: Clock
  readonly generateId: () => string
  readonly events: Emitter<ChatEventMap>
  readonly $connection: ReadableAtom<ConnectionState>
  /** Sends what nobody answers; without a connection it is lost, as such signs may be. */
  signal(frame: Extract<ClientFrame, { type: 'typing.set' | 'activity.set' }>): void
  start(): Promise<void>
  /** The open connection is of no use. */
  giveUp(error: ChatError): void
  fail(error: ChatError): void
  /** No connection until `start`: what is written meanwhile waits. */
  pause(): Promise<void>
  dispose(): Promise<void>
}

/** Puts supervisor, commands and listeners together. */
export function createLink(options: LinkOptions, handlers: LinkHandlers): Link {
  const { clock = systemClock, generateId = randomId, random = Math.random } = options
  const url = serverUrl(options.url)
  // Without one the client would try for ever.
  if (options.transports.length === 0) throw new ChatError('VALIDATION_FAILED', 'no transport', { field: 'transports' })
  const events = createEmitter<ChatEventMap>()
  const $connection = atom<ConnectionState>({ status: 'idle' })

  /** Nobody answers any more what was asked on a connection. */
  function lost(): void {
    pending.rejectAll(notOpen())
    handlers.onLost()
  }

  const supervisor = createConnectionSupervisor({
    url,
    parse: handlers.parse,
    cursors: handlers.cursors,
    transports: options.transports,
    clock,
    random,
    wakeSignals: options.wakeSignals,
    async getStart(renew, signal) {
      const start = await handlers.getStart(renew, signal)
      return { type: 'session.start', commandId: generateId(), protocolVersion: PROTOCOL_VERSION, ...start }
    },
    onFrame(frame) {
      handlers.onFrame(frame)
      pending.settle(frame)
      // F4: a refusal of something whose id could not be read has no other addressee.
      if (frame.type === 'ack' && !frame.ok && !frame.commandId) events.emit('error', ChatError.fromWire(frame.error))
    },
    onState(state) {
      const wasOnline = $connection.value.status === 'online'
      guard(() => $connection.set(state))
      if (wasOnline && state.status !== 'online') lost()
      if (state.status === 'online') handlers.onOnline()
      events.emit('connection.changed', state)
      if (state.status === 'failed') events.emit('error', state.error)
    },
    onSwitch: lost,
  })
  const pending = createPendingCommands({
    clock,
    generateId,
    send: supervisor.send,
    // Where one line listens and another speaks, the one may live on without the other.
    onSilence: supervisor.giveUp,
  })

  return {
    url,
    clock,
    generateId,
    events,
    $connection,
    request: pending.request,
    signal: (frame) => void supervisor.send(frame).catch(() => {}),
    ...supervisor,
  }
}
