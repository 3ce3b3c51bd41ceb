import type { Author, ReadMarks } from '@chatdesk/protocol'
import type { Draft, Hint } from '../nodes/hint.js'
import { authorKey, authorOf } from './author.js'
import type { Change } from './backend.js'
import type { RealtimeClock } from './clock.js'
import { type LogState, readFrame, type Subscriber, type Subscription } from './subscription.js'
import { Typing } from './typing.js'

/** One conversation in this process, as long as somebody is sent it. */
export class Channel implements LogState {
  headSeq = 0
  readonly reads: ReadMarks = { visitor: 0, team: 0 }
  readonly #typing: Typing
  readonly #subscriptions = new Set<Subscription>()
  #draft: Draft | undefined

  constructor(
    readonly organizationId: string,
    readonly conversationId: string,
    clock: RealtimeClock,
    private readonly tellNodes: (hint: Hint) => void,
    private readonly onEmpty: () => void,
  ) {
    this.#typing = new Typing(clock, (author, active, draft) => {
      const frame = { type: 'typing.changed', conversationId, author, active }
      const [text, withDraft] = [JSON.stringify(frame), draft && JSON.stringify({ ...frame, draft: draft.text })]
      // To those who take no drafts a longer one is no news.
      const isNews = !draft || (draft.afterSeq === this.#draft?.afterSeq && draft.text === this.#draft.text)
      this.#draft = draft
      const key = authorKey(author)
      for (const subscription of this.#subscriptions) {
        if (subscription.subscriber.authorKey === key) continue
        if (withDraft && subscription.subscriber.takesDrafts) subscription.deliverVolatile(withDraft)
        else if (isNews) subscription.deliverVolatile(text)
      }
    })
  }

  add(subscription: Subscription): void {
    this.#subscriptions.add(subscription)
  }

  remove(subscription: Subscription): void {
    // Who types may have further connections: a request that has been answered says nothing about it (Y1).
    if (!this.#subscriptions.delete(subscription) || this.#subscriptions.size > 0) return
    this.#typing.clear()
    this.onEmpty()
  }

  /** A sign from a connection of this process: other nodes are told as well. */
  setTyping({ actor }: Subscriber, active: boolean): void {
    const { organizationId, conversationId } = this
    const author = authorOf(actor)
    if (this.#typing.set(author, active))
      this.tellNodes({ type: 'typing.changed', organizationId, conversationId, author, active })
  }

  /** A sign of somebody who is connected elsewhere, or of the assistant. A draft that an event has overtaken is of an answer that is over (B7). */
  showTyping(author: Author, active: boolean, draft?: Draft): void {
    if (draft && draft.afterSeq < this.headSeq) return
    this.#typing.set(author, active, draft)
  }

  /** Sends what was committed to everybody who lacks it; each frame is made once, however many read it. */
  apply({ events, headSeq, reads }: Pick<Change, 'events' | 'headSeq' | 'reads'>): void {
    if (headSeq > this.headSeq) this.headSeq = headSeq
    for (const event of events) {
      const text = JSON.stringify(event)
      for (const subscription of this.#subscriptions) subscription.deliver(event, text)
      if (event.type === 'message.created') this.#typing.set(event.author, false)
    }
    // What is not among these events, each reads by itself.
    for (const subscription of this.#subscriptions) subscription.reachHead()
    if (reads) this.#applyReads(reads)
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
