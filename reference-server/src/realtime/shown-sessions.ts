import type { Logger } from '../platform/logger.js'
import type { BegunSession, RealtimeBackend } from './backend.js'
import { channelKey } from './channel-key.js'
import type { RealtimeClock } from './clock.js'

/**
 * The visitors' sessions that are connected to this process, so that they are shown what somebody else begins with them
 * (C27): at once where it was begun here, and by the next look where another node has.
 */
export class ShownSessions {
  readonly #lookers = new Map<string, { organizationId: string; looks: Set<() => void> }>()
  #lookedAt: number

  constructor(
    private readonly backend: Pick<RealtimeBackend, 'loadBegun'>,
    private readonly clock: RealtimeClock,
    private readonly logger: Logger,
  ) {
    this.#lookedAt = clock.now()
  }

  /** Has `look` called whenever something may have been begun in this session; the answer ends that. */
  enter({ organizationId, sessionId }: BegunSession, look: () => void): () => void {
    const key = keyOf({ organizationId, sessionId })
    const entry = this.#lookers.get(key) ?? { organizationId, looks: new Set() }
    this.#lookers.set(key, entry)
    entry.looks.add(look)
    return () => {
      entry.looks.delete(look)
      if (entry.looks.size === 0 && this.#lookers.get(key) === entry) this.#lookers.delete(key)
    }
  }

  tell(session: BegunSession): void {
    for (const look of this.#lookers.get(keyOf(session))?.looks ?? []) look()
  }

  /** Looks what other nodes have begun since. Rejects never, and asks nothing while nobody is connected. */
  async look(): Promise<void> {
    const now = this.clock.now()
    const organizationIds = [...new Set([...this.#lookers.values()].map(({ organizationId }) => organizationId))]
    try {
      if (organizationIds.length > 0)
        for (const session of await this.backend.loadBegun(organizationIds, Math.max(0, now - this.#lookedAt)))
          this.tell(session)
      this.#lookedAt = now
    } catch (error) {
      this.logger.warn({ err: error }, 'what other nodes have begun could not be read')
    }
  }
}

function keyOf({ organizationId, sessionId }: BegunSession): string {
  return channelKey({ organizationId, conversationId: sessionId })
}
