import type { ServerFrame } from '@chatdesk/protocol'
import type { Logger } from '../platform/logger.js'
import type { RealtimeBackend } from './backend.js'
import type { RealtimeClock } from './clock.js'

const INTERVAL_MS = 100
const RETRY_MS = 1000
const ROWS_A_QUERY = 200
/** Ids that may wait on the word of other nodes alone. */
const HINTED_ROWS = 10_000

/** What the frames are sent to. */
export interface InboxReader {
  send(text: string): void
}

/** The inbox of one organization, as long as somebody reads it: changed rows, read from the database at most every 100 ms. */
export class InboxFeed {
  readonly #readers = new Set<InboxReader>()
  readonly #changed = new Set<string>()
  /** Versions that were sent, of rows that the last sweep has seen or that were sent since. */
  #sentVersions = new Map<string, number>()
  #cancel: (() => void) | undefined
  #reading = false
  #nextReadAt = 0
  /** Everything that was committed before this moment is sent or about to be. */
  sweptAt: number

  constructor(
    readonly organizationId: string,
    private readonly backend: RealtimeBackend,
    private readonly clock: RealtimeClock,
    private readonly logger: Logger,
  ) {
    this.sweptAt = clock.now()
  }

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

  /** `touch` for what another node says: however many ids somebody makes up, few are kept. A sweep finds the rest. */
  touchHinted(conversationId: string): void {
    if (this.#changed.size < HINTED_ROWS) this.touch(conversationId)
  }

  /** Given all rows that changed since `sweptAt`, touches those that were not sent at their version. */
  sweep(rows: readonly { conversationId: string; version: number }[], sweptAt: number): void {
    const sent = new Map<string, number>()
    for (const { conversationId, version } of rows) {
      const sentVersion = this.#sentVersions.get(conversationId) ?? 0
      sent.set(conversationId, sentVersion)
      if (sentVersion < version) this.#changed.add(conversationId)
    }
    this.#sentVersions = sent
    this.sweptAt = sweptAt
    this.#schedule()
  }

  #schedule(): void {
    if (this.#reading || this.#cancel || this.#changed.size === 0) return
    // A machine's clock may be set back: the wait is none the longer for it.
    const waitMs = Math.min(this.#nextReadAt - this.clock.now(), RETRY_MS)
    this.#cancel = this.clock.setTimeout(() => void this.#read(), Math.max(0, waitMs))
  }

  #send(frame: ServerFrame): void {
    const text = JSON.stringify(frame)
    for (const reader of this.#readers) reader.send(text)
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
        this.#send({ type: 'inbox.changed', conversation })
        this.#sentVersions.set(conversation.id, conversation.version)
      }
      // What was touched here and is not there now was deleted (I2); of what another node has named, this says no more than that.
      const left = new Set(rows.map(({ id }) => id))
      for (const conversationId of ids.filter((id) => !left.has(id)))
        this.#send({ type: 'inbox.removed', conversationId })
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
