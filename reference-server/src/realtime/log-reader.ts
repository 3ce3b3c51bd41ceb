import type { Logger } from '../platform/logger.js'
import type { RealtimeBackend } from './backend.js'
import type { Channel } from './channel.js'
import { channelKey } from './channel-key.js'

/** Conversations in one query. */
const LOGS_A_QUERY = 1_000

/**
 * Brings channels up to what is in their logs, on whosever word. One query is under way at a time and whatever is wanted
 * meanwhile goes into the next: a conversation is read once more at most, however often it is asked for.
 */
export class LogReader {
  readonly #wanted = new Set<Channel>()
  /** Resolves when everything is read that was wanted so far. */
  #last = Promise.resolve()
  /** Under way, and behind it. */
  #rounds = 0

  constructor(
    private readonly backend: RealtimeBackend,
    private readonly logger: Logger,
  ) {}

  /** Resolves when these are read, whatever else is wanted meanwhile; rejects never, since a sweep comes again. */
  async read(channels: Iterable<Channel>): Promise<void> {
    for (const channel of channels) this.#wanted.add(channel)
    if (this.#wanted.size > 0 && this.#rounds < 2) {
      this.#rounds += 1
      this.#last = this.#rounds === 1 ? this.#readWanted() : this.#last.then(() => this.#readWanted())
    }
    await this.#last
  }

  async #readWanted(): Promise<void> {
    const wanted = [...this.#wanted]
    this.#wanted.clear()
    for (let start = 0; start < wanted.length; start += LOGS_A_QUERY) {
      const channels = wanted.slice(start, start + LOGS_A_QUERY)
      try {
        const byKey = new Map(channels.map((channel) => [channelKey(channel), channel]))
        for (const change of await this.backend.loadChanges(channels)) byKey.get(channelKey(change))?.apply(change)
      } catch (error) {
        this.logger.warn({ err: error }, 'what other nodes have written could not be read')
      }
    }
    this.#rounds -= 1
  }
}
