import { ChatError, type ClientFrame, type SessionStart } from '@chatdesk/protocol'
import type { ConnectionState } from '../connection-state.js'
import { createDeferred, type Deferred } from '../platform/deferred.js'
import type { Awaitable, Clock, TransportConnectOptions, TransportFactory, Unsubscribe, WakeSignals } from '../ports.js'
import { backoffMs } from './backoff.js'
import { type Attempt, type AttemptStage, notOpen, startAttempt } from './connection-attempt.js'

/** A connection that lasts this long, in milliseconds, makes the next failure count as the first. */
const STABLE_MS = 30_000

/** What the supervisor is given. */
export interface SupervisorOptions extends Pick<TransportConnectOptions, 'url' | 'parse' | 'onFrame'> {
  transports: readonly TransportFactory[]
  clock: Clock
  random: () => number
  wakeSignals: WakeSignals | undefined
  /** Makes the first frame of an attempt. `renew`: the token of the attempt before was refused. */
  getStart: (renew: boolean, signal: AbortSignal) => Awaitable<SessionStart>
  onState: (state: ConnectionState) => void
}

/** Makes attempts, waits, resumes and gives up. */
export interface ConnectionSupervisor {
  /** Resolves when online, rejects when failed. After a failure it begins anew. */
  start(): Promise<void>
  /** Hands a frame to the open connection, or rejects with `NOT_OPEN`. */
  send(frame: ClientFrame): Promise<void>
  /** Not retryable, whatever the connection does: ends in `failed`. */
  fail(error: ChatError): void
  dispose(): Promise<void>
}

/** One supervisor for each client. */
export function createConnectionSupervisor(options: SupervisorOptions): ConnectionSupervisor {
  const { url, parse, onFrame, clock, random, transports, wakeSignals } = options
  let state: ConnectionState = { status: 'idle' }
  let disposed = false
  let attempt: Attempt | undefined
  let outcome: Deferred<void> | undefined
  let failures = 0
  let transportIndex = 0
  let renew = false
  /** Until when the server asked to be left alone, in milliseconds since the epoch. */
  let notBefore = 0
  /** The page is put away. */
  let resting = false
  let cancelTimer = () => {}
  let watching: (Unsubscribe | undefined)[] = []

  function move(next: ConnectionState): void {
    state = next
    options.onState(next)
  }

  function begin(): void {
    cancelTimer()
    move({ status: 'connecting', attempt: failures + 1 })
    // A listener may have disposed of the client by now.
    if (disposed) return
    attempt = startAttempt({
      url,
      parse,
      onFrame,
      clock,
      createTransport: () => (transports[transportIndex % transports.length] as TransportFactory)(),
      getStart: (signal) => options.getStart(renew, signal),
      onOnline(transport) {
        transportIndex = 0
        renew = false
        cancelTimer = clock.setTimeout(() => {
          failures = 0
        }, STABLE_MS)
        move({ status: 'online', transport })
        outcome?.resolve()
      },
      onEnd: recover,
    })
  }

  function recover(error: ChatError, stage: AttemptStage): void {
    cancelTimer()
    // A refused token is replaced once; what refuses the new one as well, or gives none, means it.
    const renewable = error.code === 'UNAUTHENTICATED' && stage !== 'start' && !renew
    renew ||= renewable
    if (!error.retryable && !renewable) fail(error)
    else if (renewable && stage === 'connect') begin()
    else wait(error, stage)
  }

  function wait(error: ChatError, stage: AttemptStage): void {
    if (stage === 'connect') transportIndex += 1
    const delayMs = backoffMs(failures, random, error.retryAfterMs)
    failures += 1
    notBefore = clock.now() + (error.retryAfterMs ?? 0)
    cancelTimer = clock.setTimeout(() => resting || begin(), delayMs)
    move({ status: 'waiting', attempt: failures, retryAt: clock.now() + delayMs, error })
  }

  function fail(error: ChatError): void {
    void stop()
    move({ status: 'failed', error })
    outcome?.reject(error)
  }

  function stop(): Promise<void> | undefined {
    cancelTimer()
    for (const stopWatching of watching) stopWatching?.()
    watching = []
    return attempt?.end()
  }

  function wake(): void {
    resting = false
    if (state.status === 'online') attempt?.probe()
    else if (state.status === 'waiting' && clock.now() >= notBefore) begin()
  }

  function rest(): void {
    resting = true
    if (state.status !== 'online' && state.status !== 'connecting') return
    void attempt?.end()
    // As if it had been online: no transport is to blame.
    recover(new ChatError('OFFLINE'), 'online')
  }

  return {
    start() {
      if (disposed) return Promise.reject(new ChatError('ABORTED'))
      if (outcome && state.status !== 'failed') return outcome.promise
      outcome = createDeferred()
      failures = 0
      renew = false
      watching = [wakeSignals?.onWake(wake), wakeSignals?.onRest?.(rest)]
      begin()
      return outcome.promise
    },
    send: (frame) => attempt?.send(frame) ?? Promise.reject(notOpen()),
    fail,
    async dispose() {
      if (disposed) return
      disposed = true
      const stopped = stop()
      if (state.status !== 'idle') move({ status: 'idle' })
      outcome?.reject(new ChatError('ABORTED'))
      await stopped
    },
  }
}
