import {
  type Author,
  ChatError,
  type ClientFrame,
  PROTOCOL_VERSION,
  type ServerFrame,
  type SessionReady,
  type WireError,
} from '@chatdesk/protocol'
import type { Actor } from '../organizations/actor.js'
import { isAllowed } from '../organizations/policy.js'
import { authorKey, authorOf } from './author.js'
import type { RealtimeBackend } from './backend.js'
import { CommandOrder } from './command-order.js'
import type { CommandContext, Reply, Subscriptions } from './handlers/command.js'
import { COMMAND_HANDLERS, type SessionCommand } from './handlers/index.js'
import { SessionPresence } from './session-presence.js'
import { showLive } from './show-live.js'
import type { LogState, Subscriber, Subscription } from './subscription.js'
import type { Surroundings } from './surroundings.js'
import { TokenBucket } from './token-bucket.js'
import type { Following } from './widget-watch.js'
import { wireErrorOf } from './wire-error.js'

/** The connection under a session. */
export interface SessionLink {
  readonly transport: string
  readonly origin: string | undefined
  send(text: string): void
  end(error: WireError): void
}

/** What a session may do so often, over all of its connections: it fills the team's inbox, or the database. */
const COSTLY: ReadonlySet<string> = new Set<SessionCommand['type']>([
  'message.send',
  'conversation.start',
  'conversation.open',
  'visitor.update',
])
const CROWDED: WireError = {
  code: 'RATE_LIMITED',
  message: 'This session has too many connections.',
  retryAfterMs: 10_000,
}
const EXPIRED: WireError = { code: 'UNAUTHENTICATED', message: 'This session has ended.' }

/** An authorised connection: its subscriptions, its commands, its heartbeat. */
export class Session implements Subscriber, Subscriptions, CommandContext {
  /** Of the visitor's or the member's session, which may have further connections. */
  readonly id: string
  /** Names it among those of all organizations: what is counted is counted by it (threat 29). */
  readonly key: string
  readonly self: Author
  readonly authorKey: string
  readonly backend: RealtimeBackend
  readonly presence: SessionPresence
  /** Called whenever no command waits for its answer any more. */
  onIdle: (() => void) | undefined
  readonly #open = new Map<string, Subscription>()
  readonly #order = new CommandOrder()
  #signs: TokenBucket | undefined
  /** By conversation: the head when the visitor last gave a sign of itself. */
  readonly #signedSeqs = new Map<string, number>()
  #inFlight = 0
  #ended = false
  #leaveInbox: (() => void) | undefined
  #leaveShown: (() => void) | undefined
  /** What is live is to be shown, once no command is under way that may move it. */
  #isBehind = false
  #widget: Following | undefined
  #cancelBeat: (() => void) | undefined
  readonly #leaveCap: () => void

  /** Throws `RATE_LIMITED` when the session opens connections too fast. */
  constructor(
    private readonly surroundings: Surroundings,
    private readonly link: SessionLink,
    readonly actor: Actor,
    tabId: string | undefined,
  ) {
    this.backend = surroundings.backend
    this.id = actor.kind === 'visitor' ? actor.sessionId : actor.memberSessionId
    this.key = `${actor.organizationId} ${this.id}`
    this.self = authorOf(actor)
    this.authorKey = authorKey(this.self)
    const send = (text: string) => this.send(text)
    const loadNames = (ids: readonly string[]) => surroundings.hub.loadMemberNames(actor.organizationId, ids)
    this.presence = new SessionPresence(surroundings.hub.presence, actor, link.transport, tabId, send, loadNames)
    const { sessionCap, frameRates, clock } = surroundings
    const retryAfterMs = frameRates.take(this.key, clock.now())
    if (retryAfterMs > 0) throw new ChatError('RATE_LIMITED', 'Too many frames.', { retryAfterMs })
    // Requests come and go: those of many tabs at once must not end the line that all of them hear.
    const kind = link.transport === 'polling' ? 'requests' : 'lines'
    this.#leaveCap = sessionCap.enter(`${kind} ${this.key}`, () => link.end(CROWDED))
  }

  get author(): Author {
    return this.self
  }

  get subscriptions(): Subscriptions {
    return this
  }

  /** B7: a poll would end with each word. */
  get takesDrafts(): boolean {
    return this.actor.kind === 'visitor' && this.link.transport !== 'polling'
  }

  /** Whether a command waits for its answer. */
  get busy(): boolean {
    return this.#inFlight > 0
  }

  /** Starts the heartbeat (S5), and counts from now on (P1). */
  begin(): void {
    const { clock, heartbeatMs } = this.surroundings
    this.presence.begin()
    this.#widget?.begin()
    if (this.actor.kind === 'visitor')
      this.#leaveShown = this.surroundings.hub.shown.enter(this.actor, () => this.#showLive())
    const beat = () => {
      this.#cancelBeat = clock.setTimeout(beat, heartbeatMs)
      this.beat()
      void this.#checkCredential()
    }
    this.#cancelBeat = clock.setTimeout(beat, heartbeatMs)
  }

  /** Lets go of everything; answers that are still to come go nowhere. */
  end(): void {
    this.#ended = true
    this.#leaveCap()
    this.#cancelBeat?.()
    this.#leaveInbox?.()
    this.#leaveShown?.()
    this.#widget?.stop()
    this.presence.end()
    for (const subscription of this.#open.values()) subscription.end()
    this.#open.clear()
  }

  /** One checked frame, in order. */
  receive(frame: ClientFrame, now: number): void {
    if (now >= this.actor.expiresAt.getTime()) this.link.end(EXPIRED)
    else if (frame.type === 'ping') this.beat()
    else if (frame.type === 'typing.set') this.#setTyping(frame.conversationId, frame.active, now)
    else if (frame.type === 'activity.set') this.#setActive(frame.active, now)
    else if (frame.type === 'session.start') this.refuse(frame.commandId, ALREADY_STARTED)
    else this.#run(frame, now)
  }

  refuse(commandId: string, error: WireError): void {
    this.#send({ type: 'ack', commandId, ok: false, error })
  }

  open(conversationId: string): Subscription {
    // A command may outlive its connection, and must not leave a subscription behind.
    if (this.#ended) throw new ChatError('UNAVAILABLE', 'The connection has ended.')
    const earlier = this.#open.get(conversationId)
    if (!earlier && this.#open.size >= this.surroundings.limits.subscriptions)
      throw new ChatError('RATE_LIMITED', 'Too many conversations are open; unwatch some.')
    const subscription = this.surroundings.hub.subscribe(this, conversationId)
    earlier?.end()
    // The last one is the one that the visitor is shown.
    this.#open.delete(conversationId)
    this.#open.set(conversationId, subscription)
    return subscription
  }

  close(conversationId: string): void {
    this.presence.close(conversationId)
    this.#open.get(conversationId)?.end()
    this.#open.delete(conversationId)
  }

  has(conversationId: string): boolean {
    return this.#open.has(conversationId)
  }

  /** The conversations that it is sent; the last one is the one that its visitor is shown. */
  get conversationIds(): string[] {
    return [...this.#open.keys()]
  }

  watchInbox(): void {
    if (!this.#ended) this.#leaveInbox ??= this.surroundings.hub.watchInbox(this.actor.organizationId, this)
  }

  /** G1, for the answer that opens a visitor's session. */
  async followWidget(): Promise<string | undefined> {
    const { actor, link } = this
    if (actor.kind !== 'visitor') return undefined
    const following = await this.surroundings.hub.widgets.follow(actor, link)
    if (this.#ended) following.stop()
    else this.#widget = following
    return following.version()
  }

  ready(
    commandId: string,
    { conversations, team, widgetVersion }: Pick<SessionReady, 'conversations' | 'team' | 'widgetVersion'>,
  ): SessionReady {
    const { heartbeatMs } = this.surroundings
    const facts = { sessionId: this.id, protocolVersion: PROTOCOL_VERSION, self: this.self, heartbeatMs, conversations }
    return {
      type: 'session.ready',
      commandId,
      ...facts,
      ...(team ? { team } : {}),
      ...(widgetVersion ? { widgetVersion } : {}),
    }
  }

  beat(): void {
    const heads: Record<string, number> = {}
    for (const [conversationId, { log, started }] of this.#open) if (started) heads[conversationId] = log.headSeq
    this.#send({ type: 'heartbeat', heads })
  }

  send(text: string): void {
    if (!this.#ended) this.link.send(text)
  }

  agentChanged(conversationId: string, agentId: string | undefined): void {
    if (this.actor.kind !== 'visitor') return
    // The newest is the one that the visitor is shown.
    if ([...this.#open.keys()].at(-1) === conversationId) this.presence.agentChanged(agentId)
  }

  #run(command: SessionCommand, now: number): void {
    const retryAfterMs = this.#waitFor(command, now)
    if (retryAfterMs > 0) {
      this.refuse(command.commandId, { code: 'RATE_LIMITED', message: 'Too much at once.', retryAfterMs })
      return
    }
    if (command.type === 'message.send') this.presence.setAway(false)
    this.#inFlight += 1
    const conversationId = 'conversationId' in command ? command.conversationId : ''
    this.#order.run(conversationId, command.type === 'message.send', () => this.#execute(command))
  }

  /** Answers exactly once, whatever the handler does (F4). */
  async #execute(command: SessionCommand): Promise<void> {
    try {
      // The table's type pairs each command with its handler, which a union loses.
      const handler = COMMAND_HANDLERS[command.type] as (c: CommandContext, f: SessionCommand) => Promise<Reply>
      const { frame, sent } = await handler(this, command)
      if (this.#ended) return
      this.#send(frame)
      sent?.()
    } catch (error) {
      this.refuse(command.commandId, wireErrorOf(error, this.surroundings.logger, { command: command.type }))
    } finally {
      this.#inFlight -= 1
      if (this.#inFlight === 0) this.onIdle?.()
      if (this.#inFlight === 0 && this.#isBehind) this.#showLive()
    }
  }

  /** 0 when the command may run, else the milliseconds to wait. */
  #waitFor(command: SessionCommand, now: number): number {
    const { limits, messageRates } = this.surroundings
    if (this.#inFlight >= limits.commandsInFlight) return 1000
    if (!COSTLY.has(command.type)) return 0
    return messageRates.take(this.key, now)
  }

  /** Y1: only in a conversation that this connection is sent, and never by those who only read (C6). */
  #setTyping(conversationId: string, active: boolean, now: number): void {
    const subscription = this.#open.get(conversationId)
    if (!subscription?.started || !isAllowed(this.actor, 'message.send')) return
    if (!this.#mayGiveSign(now)) return
    subscription.log.setTyping(this, active)
    if (active) this.#noteSign(subscription)
  }

  /** N1, N3. */
  #setActive(active: boolean, now: number): void {
    if (this.actor.kind !== 'visitor' || !this.#mayGiveSign(now)) return
    this.presence.setAway(!active)
    for (const subscription of this.#open.values()) if (active && subscription.started) this.#noteSign(subscription)
  }

  #mayGiveSign(now: number): boolean {
    this.#signs ??= new TokenBucket(this.surroundings.limits.signs, now)
    return this.#signs.take(now) === 0
  }

  #noteSign({ log }: Subscription): void {
    this.presence.setAway(false)
    void this.#endSilence(log)
  }

  /** N3, once for each event: nothing else sets a timer that a sign could end. */
  async #endSilence(log: LogState): Promise<void> {
    const { actor, backend } = this
    const { conversationId, headSeq } = log
    if (actor.kind !== 'visitor' || this.#signedSeqs.get(conversationId) === headSeq) return
    this.#signedSeqs.set(conversationId, headSeq)
    try {
      await backend.noteVisitorSign(actor, { conversationId })
    } catch (error) {
      this.#signedSeqs.delete(conversationId)
      this.surroundings.logger.warn({ err: error, conversationId }, 'a sign of a visitor could not be noted')
    }
  }

  /** C27: somebody else may have made another conversation live. A failure is no reason to end: the next connection finds it. */
  #showLive(): void {
    this.#isBehind = this.#inFlight > 0
    if (this.#isBehind) return
    showLive(this).catch((error) => this.surroundings.logger.warn({ err: error }, 'what is live could not be shown'))
  }

  /** S6. A backend that cannot say is no reason to end what it allowed before. */
  async #checkCredential(): Promise<void> {
    const { clock, logger } = this.surroundings
    const sent = [...this.#open].flatMap(([conversationId, { started }]) => (started ? [conversationId] : []))
    try {
      const valid = clock.now() < this.actor.expiresAt.getTime() && (await this.backend.isStillValid(this.actor, sent))
      if (!valid) this.link.end(EXPIRED)
    } catch (error) {
      logger.warn({ err: error }, 'a credential could not be checked')
    }
  }

  #send(frame: ServerFrame): void {
    this.send(JSON.stringify(frame))
  }
}

const ALREADY_STARTED: WireError = { code: 'BAD_FRAME', message: 'The session has started already.' }
