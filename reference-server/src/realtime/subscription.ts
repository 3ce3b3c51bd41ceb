import { type Author, LIMITS, type LogEvent, type ReadMarks } from '@chatdesk/protocol'
import type { Actor } from '../organizations/actor.js'
import type { Logger } from '../platform/logger.js'
import type { Change, RealtimeBackend } from './backend.js'

/** A connection as the hub sees it. */
export interface Subscriber {
  readonly actor: Actor
  readonly author: Author
  /** `authorKey(author)`. */
  readonly authorKey: string
  /** Whether what the assistant writes is shown as it writes (B7). */
  readonly takesDrafts: boolean
  send(text: string): void
  /** Another agent is in charge of a conversation that it is sent, or none. */
  agentChanged(conversationId: string, agentId: string | undefined): void
}

/** A conversation's state in this process, shared by its subscriptions. */
export interface LogState {
  readonly conversationId: string
  /** The newest event that this process knows of. */
  readonly headSeq: number
  readonly reads: ReadMarks
  setTyping(subscriber: Subscriber, active: boolean): void
  apply(change: Pick<Change, 'events' | 'headSeq' | 'reads'>): void
  remove(subscription: Subscription): void
}

/** What one connection is sent of one conversation: every event once, in order, without a hole (R5). */
export class Subscription {
  /** The last event that this connection was sent. */
  #sentSeq = 0
  #sentReads: ReadMarks = { visitor: 0, team: 0 }
  /** The connection's view is being read from the log: live events are not sent, only noticed. */
  #held = true
  #started = false
  #ended = false

  constructor(
    readonly log: LogState,
    readonly subscriber: Subscriber,
    private readonly backend: RealtimeBackend,
    private readonly logger: Logger,
  ) {}

  /** Whether the log was read for this connection: before that nobody has said that it may, so it learns and says nothing. */
  get started(): boolean {
    return this.#started
  }

  /** Goes live behind a sync that was read after this subscription began, and already sent. */
  start(sync: { headSeq: number; reads: ReadMarks; agent: Author | null }): void {
    this.#started = true
    this.subscriber.agentChanged(this.log.conversationId, sync.agent?.id)
    this.#sentSeq = sync.headSeq
    this.#sentReads = { ...sync.reads }
    // It may know what nobody has told this process: the others get that too.
    this.log.apply({ events: [], headSeq: sync.headSeq, reads: sync.reads })
    this.#goLive()
  }

  end(): void {
    this.#ended = true
    this.log.remove(this)
  }

  /** A committed event, as JSON. What was sent already is dropped; what leaves a hole is read from the log. */
  deliver(event: LogEvent, text: string): void {
    if (this.#held || event.seq <= this.#sentSeq) return
    if (event.seq === this.#sentSeq + 1) this.#send(event, text)
    else this.#goLive()
  }

  /** Reads from the log what is known to be in it and was not sent. */
  reachHead(): void {
    if (!this.#held && this.#sentSeq < this.log.headSeq) this.#goLive()
  }

  /** A read mark that moved, as JSON. */
  deliverRead(reader: keyof ReadMarks, upToSeq: number, text: string): void {
    if (this.#held || upToSeq <= this.#sentReads[reader]) return
    this.#sentReads[reader] = upToSeq
    this.subscriber.send(text)
  }

  /** A volatile frame; not owed to a connection whose view is being read. */
  deliverVolatile(text: string): void {
    if (!this.#held) this.subscriber.send(text)
  }

  /** Sends what was committed while the view was being read, then lets live events through. */
  #goLive(): void {
    if (this.#sentSeq < this.log.headSeq) {
      this.#held = true
      void this.#catchUp()
      return
    }
    this.#held = false
    for (const reader of ['visitor', 'team'] as const) {
      const upToSeq = this.log.reads[reader]
      if (upToSeq > this.#sentReads[reader])
        this.deliverRead(reader, upToSeq, readFrame(this.log.conversationId, reader, upToSeq))
    }
  }

  #send(event: LogEvent, text: string): void {
    this.#sentSeq = event.seq
    this.subscriber.send(text)
    if (event.type === 'conversation.changed') this.subscriber.agentChanged(event.conversationId, event.agent?.id)
  }

  async #catchUp(): Promise<void> {
    const { conversationId } = this.log
    try {
      while (!this.#ended && this.#sentSeq < this.log.headSeq) {
        const { events } = await this.backend.loadHistory(this.subscriber.actor, {
          conversationId,
          afterSeq: this.#sentSeq,
          limit: LIMITS.historyPage,
        })
        if (events[0]?.seq !== this.#sentSeq + 1) throw new Error('the log has a hole')
        for (const event of events) {
          if (this.#ended) return
          this.#send(event, JSON.stringify(event))
        }
      }
      if (!this.#ended) this.#goLive()
    } catch (error) {
      // The client sees the hole by the head in its next heartbeat (Q5), and the next event brings us back here.
      this.logger.warn({ err: error, conversationId }, 'a subscription could not catch up')
      this.#held = false
    }
  }
}

/** `message.read` as JSON. */
export function readFrame(conversationId: string, reader: keyof ReadMarks, upToSeq: number): string {
  return JSON.stringify({ type: 'message.read', conversationId, reader, upToSeq })
}
