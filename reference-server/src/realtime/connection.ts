import type { ClientFrame, ServerFrame, SessionStart, WireError } from '@chatdesk/protocol'
import { parseClientFrame } from '@chatdesk/protocol/schemas'
import type { MemberActor } from '../organizations/actor.js'
import { BadFrameCount } from './bad-frame-count.js'
import { CLOSE_SLOW, closeCodeOf, type Peer, type PeerListener } from './peer.js'
import { Session } from './session.js'
import { authenticate, resume } from './start-session.js'
import type { Surroundings } from './surroundings.js'
import { TokenBucket } from './token-bucket.js'
import { wireErrorOf } from './wire-error.js'

const NOT_STARTED: WireError = { code: 'UNAUTHENTICATED', message: 'The first frame is session.start.' }
/** It may have been slow on its way, and says nothing about its token. */
const NOT_IN_TIME: WireError = { code: 'UNAVAILABLE', message: 'No session.start in time.' }
const NOT_READY: WireError = { code: 'UNAUTHENTICATED', message: 'The session is not ready yet.' }
const TOO_MANY_FRAMES: WireError = { code: 'RATE_LIMITED', message: 'Too many frames.' }
const TOO_MANY_BAD_FRAMES: WireError = { code: 'RATE_LIMITED', message: 'Too many bad frames.', retryAfterMs: 60_000 }
/** How long commands may take to be answered once the server drains. */
const DRAIN_MS = 3000

/**
 * One peer from its first byte to its last: `awaiting` its session.start, `starting` while that is checked, `ready`, `ended`.
 * Here is what concerns frames as such; what a command does is the session's.
 */
export class Connection implements PeerListener {
  #state: 'awaiting' | 'starting' | 'ready' | 'ended' = 'awaiting'
  #session: Session | undefined
  #draining: WireError | undefined
  #badFrames: BadFrameCount | undefined
  /** Frames before it is known whose they are; from then on the session's count. */
  #frames: TokenBucket | undefined
  /** Bytes of one frame that is above the bound by itself: only what piles up beside it tells of a slow reader. */
  #largestWaiting = 0
  #cancelDeadline: (() => void) | undefined

  constructor(
    private readonly surroundings: Surroundings,
    private readonly peer: Peer,
    private readonly onClosed: (connection: Connection) => void,
  ) {
    const { clock, limits } = surroundings
    this.#frames = new TokenBucket(limits.frames, clock.now())
    this.#cancelDeadline = clock.setTimeout(() => this.end(NOT_IN_TIME), limits.startTimeoutMs)
  }

  get transport(): string {
    return this.peer.transport
  }

  get origin(): string | undefined {
    return this.peer.origin
  }

  /** Who is connected, if it is a member. */
  get member(): MemberActor | undefined {
    const actor = this.#session?.actor
    return actor?.kind === 'member' ? actor : undefined
  }

  onText(text: string): void {
    if (this.#state === 'ended') return
    const now = this.surroundings.clock.now()
    const retryAfterMs = this.#takeFrame(now)
    const parsed = parseClientFrame(text)
    if (!parsed.ok) this.#refuseBadFrame(parsed.commandId ?? '', parsed.error, now)
    else if (retryAfterMs > 0) this.#refuseBadFrame(parsed.commandId, { ...TOO_MANY_FRAMES, retryAfterMs }, now)
    else if (this.#state === 'awaiting') this.#receiveFirst(parsed.value)
    else if (this.#draining) this.#refuse(parsed.commandId, this.#draining)
    else if (this.#state === 'ready') this.#session?.receive(parsed.value, now)
    else this.#refuse(parsed.commandId, NOT_READY)
  }

  whenAnswered(run: () => void): void {
    if (this.#session?.busy) this.#session.onIdle = run
    else run()
  }

  onClose(): void {
    this.#finish()
    this.onClosed(this)
  }

  /** Without effect once ended. A reader that does not keep up is closed: it resumes from its cursor, and our memory is bounded. */
  send(text: string): void {
    if (this.#state === 'ended') return
    const { bufferedBytes } = this.peer
    const limit = this.surroundings.limits.bufferedBytes
    if (bufferedBytes <= limit) this.#largestWaiting = 0
    if (bufferedBytes > limit + this.#largestWaiting) {
      this.#finish()
      this.surroundings.logger.debug({ transport: this.peer.transport }, 'a reader was too slow')
      this.peer.close(CLOSE_SLOW, 'reads too slowly')
    } else {
      // A character is three bytes at most, so few frames have to be measured.
      if (text.length * 3 > limit) this.#largestWaiting = Math.max(this.#largestWaiting, Buffer.byteLength(text))
      this.peer.send(text)
    }
  }

  /** Says why, then closes (S6). */
  end(error: WireError): void {
    if (this.#state === 'ended') return
    this.#send({ type: 'session.ended', error })
    this.#finish()
    this.peer.close(closeCodeOf(error.code), error.code)
  }

  /** Lets commands in flight be answered, takes no new ones, and sends the client away for `retryAfterMs`. */
  drain(retryAfterMs: number): void {
    if (this.#state === 'ended') return
    const error: WireError = { code: 'UNAVAILABLE', message: 'The server is stopping.', retryAfterMs }
    if (this.#session?.busy) {
      this.#draining = error
      this.#session.onIdle = () => this.end(error)
      this.#cancelDeadline = this.surroundings.clock.setTimeout(() => this.end(error), DRAIN_MS)
    } else this.end(error)
  }

  get #ended(): boolean {
    return this.#state === 'ended'
  }

  #receiveFirst(frame: ClientFrame): void {
    if (frame.type === 'session.start') {
      this.#cancelDeadline?.()
      this.#state = 'starting'
      void this.#start(frame)
      return
    }
    this.#refuse('commandId' in frame ? frame.commandId : undefined, NOT_STARTED)
    this.end(NOT_STARTED)
  }

  async #start(start: SessionStart): Promise<void> {
    const { backend, logger } = this.surroundings
    try {
      const actor = await authenticate(backend, start, this.peer.origin)
      if (this.#ended) return
      this.#session = new Session(this.surroundings, this, actor, start.tabId)
      const [widgetVersion, { conversations, team, sent }] = await Promise.all([
        this.#session.followWidget(),
        resume(this.#session, start),
      ])
      if (this.#ended) return
      this.#state = 'ready'
      this.#frames = undefined
      this.#send(this.#session.ready(start.commandId, { conversations, team, widgetVersion }))
      sent()
      this.#session.begin()
    } catch (error) {
      const wire = wireErrorOf(error, logger, { command: start.type })
      this.#refuse(start.commandId, wire)
      this.#finish()
      this.peer.close(closeCodeOf(wire.code), wire.code)
    }
  }

  /** 0 when one more may come, else the milliseconds until then. A new connection renews no rate. */
  #takeFrame(now: number): number {
    return this.#frames?.take(now) ?? (this.#session ? this.surroundings.frameRates.take(this.#session.key, now) : 0)
  }

  /** F2, F7. */
  #refuseBadFrame(commandId: string | undefined, error: WireError, now: number): void {
    this.#refuse(commandId, error)
    this.#badFrames ??= new BadFrameCount(this.surroundings.limits.badFramesPerMinute)
    if (this.#state !== 'ready') this.end(NOT_STARTED)
    else if (this.#badFrames.add(now)) this.end(TOO_MANY_BAD_FRAMES)
  }

  /** Signs have no `commandId` and are refused in silence (F4). */
  #refuse(commandId: string | undefined, error: WireError): void {
    if (commandId !== undefined) this.#send({ type: 'ack', commandId, ok: false, error })
  }

  #send(frame: ServerFrame): void {
    this.send(JSON.stringify(frame))
  }

  #finish(): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#cancelDeadline?.()
    this.#session?.end()
  }
}
