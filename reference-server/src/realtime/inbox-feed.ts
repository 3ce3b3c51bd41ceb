import type { Logger } from '../platform/logger.js'
import type { RealtimeBackend } from './backend.js'
import type { RealtimeClock } from './clock.js'

const INTERVAL_MS = 100
const RETRY_MS = 1000
const ROWS_A_QUERY = 200

/** What `inbox.changed` frames are sent to. */
export interface InboxReader {
  send(text: string): void
}

/** The inbox of one organization, as long as somebody reads it: changed rows, read from the database at most every 100 ms. */
export class InboxFeed {
  readonly #readers = new Set<InboxReader>()
  readonly #changed = new Set<string>()
  #cancel: (() => void) | undefined
  #reading = false
  #nextReadAt = 0

  constructor(
    private readonly organizationId: string,
    private readonly backend: RealtimeBackend,
    private readonly clock: RealtimeClock,
    private readonly logger: Logger,
  ) {}

  add(reader: InboxReader): void {
    this.#readers.add(reader)
  }

  /** Whether nobody is left. */
  remove(reader: InboxReader): boolean {
    this.#readers.delete(reader)
    if (this.#readers.size > 0) return false
    this.#cancel?.()
    this.#cancel = undefined
    this.#changed.clear()
    return true
  }

  touch(conversationId: string): void {
    this.#changed.add(conversationId)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#reading || this.#cancel || this.#changed.size === 0) return
    // A machine's clock may be set back: the wait is none the longer for it.
    const waitMs = Math.min(this.#nextReadAt - this.clock.now(), RETRY_MS)
    this.#cancel = this.clock.setTimeout(() => void this.#read(), Math.max(0, waitMs))
  }

  async #read(): Promise<void> {
    this.#cancel = undefined
    this.#reading = true
    const ids = [...this.#changed].slice(0, ROWS_A_QUERY)
    for (const id of ids) this.#changed.delete(id)
    let waitMs = INTERVAL_MS
    try {
      const rows = await this.backend.loadSummaries(this.organizationId, ids)
      for (const conversation of rows) {
        const text = JSON.stringify({ type: 'inbox.changed', conversation })
        for (const reader of this.#readers) reader.send(text)
      }
    } catch (error) {
      this.logger.warn({ err: error, organizationId: this.organizationId }, 'inbox rows could not be read')
      for (const id of ids) this.#changed.add(id)
      waitMs = RETRY_MS
    }
    this.#reading = false
    this.#nextReadAt = this.clock.now() + waitMs
    if (this.#readers.size > 0) this.#schedule()
  }
}
