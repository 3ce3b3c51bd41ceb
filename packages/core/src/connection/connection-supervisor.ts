import { ChatError, type ClientFrame } from '@chatdesk/protocol'
import type { ConnectionState } from '../connection-state.js'
import { createDeferred, type Deferred } from '../platform/deferred.js'
import type {
  Awaitable,
  Clock,
  StartFrame,
  TransportConnectOptions,
  TransportFactory,
  Unsubscribe,
  WakeSignals,
} from '../ports.js'
import { backoffMs } from './backoff.js'
import { type Attempt, type AttemptOptions, type AttemptStage, notOpen, startAttempt } from './connection-attempt.js'

/** A connection that lasts this long, in milliseconds, makes the next failure count as the first. */
const STABLE_MS = 30_000

/** How long a connection may take at first, in milliseconds; a slow network is given more with each failure. */
const CONNECT_MS = 5_000
const LONGEST_CONNECT_MS = 20_000
/** Before a better transport is tried again, in milliseconds; four times as long after each attempt. */
const CLIMB_MS = 30_000
const LONGEST_CLIMB_MS = 600_000
/** The first pause when a better one has worked on this page: a server that was down for a moment. */
const CLIMB_BACK_MS = 5_000

/** What the supervisor is given. */
export interface SupervisorOptions extends Pick<TransportConnectOptions, 'url' | 'parse' | 'cursors' | 'onFrame'> {
  /** In order of preference. */
  transports: readonly TransportFactory[]
  clock: Clock
  random: () => number
  wakeSignals: WakeSignals | undefined
  /** Makes the first frame of an attempt. `renew`: the token of the attempt before was refused. */
  getStart: (renew: boolean, signal: AbortSignal) => Awaitable<StartFrame>
  onState: (state: ConnectionState) => void
  /** A better transport takes over, and its first frame comes next: nothing is answered any more that was asked before. */
  onSwitch: () => void
}

/** Makes attempts, waits, resumes and gives up. */
export interface ConnectionSupervisor {
  /** Resolves when online, rejects when failed. After a failure it begins anew. */
  start(): Promise<void>
  /** Hands a frame to the open connection, or rejects with `NOT_OPEN`. */
  send(frame: ClientFrame): Promise<void>
  /** The open connection is of no use: another one, or another transport. */
  giveUp(error: ChatError): void
  /** Not retryable, whatever the connection does: ends in `failed`. */
  fail(error: ChatError): void
  /** Ends the connection, and makes none until `start`. */
  pause(): Promise<void>
  dispose(): Promise<void>
}

/** One supervisor for each client. */
export function createConnectionSupervisor(options: SupervisorOptions): ConnectionSupervisor {
  const { url, parse, cursors, onFrame, clock, random, transports, wakeSignals } = options
  let state: ConnectionState = { status: 'idle' }
  let disposed = false
  let attempt: Attempt | undefined
  let outcome: Deferred<void> | undefined
  let failures = 0
  /** Which transport is in use, or tried. */
  let index = 0
  /** The best one that has worked on this page. */
  let best = transports.length
  /** A better one, tried beside the one in use. */
  let rival: Attempt | undefined
  let climbs = 0
  let cancelClimb = () => {}
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

  /** Starts an attempt with one of the transports. */
  function tryTransport(tried: number, on: Pick<AttemptOptions, 'onFrame' | 'onEnd'>): Attempt {
    return startAttempt({
      url,
      parse,
      cursors,
      clock,
      createTransport: transports[tried] as TransportFactory,
      connectMs: Math.min(CONNECT_MS * (failures + 1), LONGEST_CONNECT_MS),
      getStart: (signal) => options.getStart(renew, signal),
      onOnline: online,
      ...on,
    })
  }

  function begin(error?: ChatError): void {
    cancelTimer()
    move({ status: 'connecting', attempt: failures + 1, error })
    // A listener may have ended it by now.
    if (state.status === 'connecting') attempt = tryTransport(index, { onFrame, onEnd: recover })
  }

  function online(transport: string): void {
    renew = false
    best = Math.min(best, index)
    cancelTimer()
    cancelTimer = clock.setTimeout(() => {
      failures = 0
    }, STABLE_MS)
    move({ status: 'online', transport })
    outcome?.resolve()
    climbs = 0
    climb()
  }

  /** Comes back to a better transport, each of them in its turn, while the worse one goes on. */
  function climb(): void {
    if (index === 0 || state.status !== 'online') return
    const isBack = climbs === 0 && best < index
    const pause = isBack ? CLIMB_BACK_MS : Math.min(CLIMB_MS * 4 ** climbs, LONGEST_CLIMB_MS)
    cancelClimb = clock.setTimeout(() => {
      const better = climbs++ % index
      const mine: Attempt = tryTransport(better, {
        onFrame(frame) {
          if (rival === mine) takeOver(better)
          onFrame(frame)
        },
        onEnd(error, stage) {
          if (rival === mine) stayBelow()
          else recover(error, stage)
        },
      })
      rival = mine
    }, pause)
  }

  function takeOver(better: number): void {
    void attempt?.end()
    attempt = rival
    rival = undefined
    index = better
    options.onSwitch()
  }

  function stayBelow(): void {
    rival = undefined
    climb()
  }

  function stopClimbing(): void {
    cancelClimb()
    void rival?.end()
    rival = undefined
  }

  function recover(error: ChatError, stage: AttemptStage): void {
    cancelTimer()
    stopClimbing()
    // A refused token is replaced once; what refuses the new one as well, or gives none, means it.
    const renewable = error.code === 'UNAUTHENTICATED' && stage !== 'start' && !renew
    renew ||= renewable
    if (!error.retryable && !renewable) fail(error)
    else if (renewable && stage === 'connect') begin()
    else wait(error, stage)
  }

  function wait(error: ChatError, stage: AttemptStage): void {
    // A server that says when to come back was reached. A connection is to blame when it falls silent, or breaks again and again.
    const isToBlame = stage === 'connect' || (stage === 'online' && (failures > 0 || error.code === 'TIMEOUT'))
    if (isToBlame && error.retryAfterMs === undefined) index = (index + 1) % transports.length
    const delayMs = backoffMs(failures, random, error.retryAfterMs)
    failures += 1
    notBefore = clock.now() + (error.retryAfterMs ?? 0)
    cancelTimer = clock.setTimeout(() => {
      // Waited long enough, whatever the clock says when the page comes back: it may have been set back meanwhile.
      notBefore = 0
      if (!resting) begin(error)
    }, delayMs)
    move({ status: 'waiting', attempt: failures, retryAt: clock.now() + delayMs, error })
  }

  function fail(error: ChatError): void {
    void stop()
    move({ status: 'failed', error })
    outcome?.reject(error)
  }

  function stop(): Promise<void> | undefined {
    cancelTimer()
    stopClimbing()
    for (const stopWatching of watching) stopWatching?.()
    watching = []
    return attempt?.end()
  }

  async function pause(): Promise<void> {
    const stopped = stop()
    if (state.status !== 'idle') move({ status: 'idle' })
    outcome?.reject(new ChatError('ABORTED'))
    outcome = undefined
    await stopped
  }

  function wake(): void {
    resting = false
    if (state.status === 'online') attempt?.probe()
    else if (state.status === 'waiting' && clock.now() >= notBefore) {
      // What failed without a network is not to blame.
      index = best % transports.length
      begin(state.error)
    }
  }

  function giveUp(error: ChatError): void {
    if (state.status !== 'online') return
    void attempt?.end()
    recover(error, 'online')
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
      const mine = createDeferred<void>()
      outcome = mine
      failures = 0
      renew = resting = false
      watching = [wakeSignals?.onWake(wake), wakeSignals?.onRest?.(rest)]
      begin()
      return mine.promise
    },
    send: (frame) => attempt?.send(frame) ?? Promise.reject(notOpen()),
    giveUp,
    fail,
    pause,
    async dispose() {
      if (disposed) return
      disposed = true
      await pause()
    },
  }
}
