import type { ReadMarks } from '@chatdesk/protocol'
import { authorKey } from './author.js'
import type { Change } from './backend.js'
import type { RealtimeClock } from './clock.js'
import { type LogState, readFrame, type Subscription } from './subscription.js'
import { Typing } from './typing.js'

/** One conversation in this process, as long as somebody is sent it. */
export class Channel implements LogState {
  headSeq = 0
  readonly reads: ReadMarks = { visitor: 0, team: 0 }
  readonly typing: Typing
  readonly #subscriptions = new Set<Subscription>()

  constructor(
    readonly conversationId: string,
    clock: RealtimeClock,
    private readonly onEmpty: () => void,
  ) {
    this.typing = new Typing(clock, (author, active) => {
      const text = JSON.stringify({ type: 'typing.changed', conversationId, author, active })
      const key = authorKey(author)
      for (const subscription of this.#subscriptions)
        if (subscription.subscriber.authorKey !== key) subscription.deliverVolatile(text)
    })
  }

  add(subscription: Subscription): void {
    this.#subscriptions.add(subscription)
  }

  remove(subscription: Subscription): void {
    // Who types may have further connections: a request that has been answered says nothing about it (Y1).
    if (!this.#subscriptions.delete(subscription) || this.#subscriptions.size > 0) return
    this.typing.clear()
    this.onEmpty()
  }

  noticeHead(headSeq: number): void {
    if (headSeq > this.headSeq) this.headSeq = headSeq
  }

  /** Sends a committed change to everybody; each frame is made once, however many read it. */
  apply(change: Change): void {
    this.noticeHead(change.headSeq)
    for (const event of change.events) {
      const text = JSON.stringify(event)
      for (const subscription of this.#subscriptions) subscription.deliver(event.seq, text)
      if (event.type === 'message.created') this.typing.set(event.author, false)
    }
    if (change.events.length === 0) for (const subscription of this.#subscriptions) subscription.reachHead()
    if (change.reads) this.#applyReads(change.reads)
  }

  #applyReads(reads: ReadMarks): void {
    for (const reader of ['visitor', 'team'] as const) {
      const upToSeq = reads[reader]
      if (upToSeq <= this.reads[reader]) continue
      this.reads[reader] = upToSeq
      const text = readFrame(this.conversationId, reader, upToSeq)
      for (const subscription of this.#subscriptions) subscription.deliverRead(reader, upToSeq, text)
    }
  }
}
