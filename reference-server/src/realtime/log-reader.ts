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
  #reading: Promise<void> | undefined

  constructor(
    private readonly backend: RealtimeBackend,
    private readonly logger: Logger,
  ) {}

  /** Resolves when these are read; rejects never, since a sweep comes again. */
  async read(channels: Iterable<Channel>): Promise<void> {
    for (const channel of channels) this.#wanted.add(channel)
    if (this.#wanted.size > 0) this.#reading ??= this.#readWanted()
    await this.#reading
  }

  async #readWanted(): Promise<void> {
    while (this.#wanted.size > 0) {
      const channels = [...this.#wanted].slice(0, LOGS_A_QUERY)
      for (const channel of channels) this.#wanted.delete(channel)
      try {
        const byKey = new Map(channels.map((channel) => [channelKey(channel), channel]))
        for (const change of await this.backend.loadChanges(channels)) byKey.get(channelKey(change))?.apply(change)
      } catch (error) {
        this.logger.warn({ err: error }, 'what other nodes have written could not be read')
      }
    }
    this.#reading = undefined
  }
}
