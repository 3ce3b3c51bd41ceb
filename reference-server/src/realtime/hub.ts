import type { Logger } from '../platform/logger.js'
import type { Change, RealtimeBackend } from './backend.js'
import { Channel } from './channel.js'
import type { RealtimeClock } from './clock.js'
import { InboxFeed, type InboxReader } from './inbox-feed.js'
import { type Subscriber, Subscription } from './subscription.js'

/** Who in this process is sent what. Holds no truth: each subscriber finds anything missed in the log. */
export class Hub {
  readonly #channels = new Map<string, Channel>()
  readonly #inboxes = new Map<string, InboxFeed>()
  readonly #stopListening: () => void

  constructor(
    private readonly backend: RealtimeBackend,
    private readonly clock: RealtimeClock,
    private readonly logger: Logger,
  ) {
    this.#stopListening = backend.onChange((change) => this.#onChange(change))
  }

  /** Registers before anything is read; nothing is sent until `start` (R5). */
  subscribe(subscriber: Subscriber, conversationId: string): Subscription {
    let channel = this.#channels.get(conversationId)
    if (!channel) {
      channel = new Channel(conversationId, this.clock, () => this.#channels.delete(conversationId))
      this.#channels.set(conversationId, channel)
    }
    const subscription = new Subscription(channel, subscriber, this.backend, this.logger)
    channel.add(subscription)
    return subscription
  }

  /** Sends `inbox.changed` from now on; the answer stops it. */
  watchInbox(organizationId: string, reader: InboxReader): () => void {
    let inbox = this.#inboxes.get(organizationId)
    if (!inbox) {
      inbox = new InboxFeed(organizationId, this.backend, this.clock, this.logger)
      this.#inboxes.set(organizationId, inbox)
    }
    inbox.add(reader)
    return () => {
      if (inbox.remove(reader) && this.#inboxes.get(organizationId) === inbox) this.#inboxes.delete(organizationId)
    }
  }

  close(): void {
    this.#stopListening()
  }

  /** Runs where the backend commits: nothing may escape from here. */
  #onChange(change: Change): void {
    try {
      this.#inboxes.get(change.organizationId)?.touch(change.conversationId)
      this.#channels.get(change.conversationId)?.apply(change)
    } catch (error) {
      this.logger.error({ err: error, conversationId: change.conversationId }, 'a change could not be sent')
    }
  }
}
