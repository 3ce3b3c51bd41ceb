import type { ConversationHandle, MessageView, TimelineEntry } from '@chatdesk/core'
import { type LogEvent, textOf as textOfParts } from '@chatdesk/protocol'
import type { Ledger } from '../model/ledger.js'
import type { LogStore } from '../model/log-store.js'

/** Looks at what one page shows of one conversation, at every step of it. */
export class TimelineWatch {
  /** Messages that were there when the page first saw the log: nobody owes it news of them. */
  readonly #known = new Set<string>()
  #hasSeenLog = false
  #conversationId: string | null = null
  readonly #told = new Map<string, number>()
  #shown: readonly TimelineEntry[] = []

  constructor(
    private readonly page: string,
    private readonly handle: ConversationHandle,
    private readonly store: LogStore,
    private readonly ledger: Ledger,
  ) {
    handle.$timeline.subscribe((timeline) => this.#look(timeline))
  }

  get log(): readonly LogEvent[] {
    return this.store.conversations.get(this.handle.$conversation.get().id ?? '')?.log ?? []
  }

  /** The page was told of a message. */
  told(message: MessageView): void {
    const text = textOf(message)
    this.#hasSeenLog = true
    const times = (this.#told.get(text) ?? 0) + 1
    this.#told.set(text, times)
    if (times > 1) this.ledger.violate('duplicated', `${this.page} is told of ${text} ${times} times`)
  }

  /** Whether the page shows the log to its end, and nothing besides. */
  get isCurrent(): boolean {
    const shown = this.handle.$timeline.get()
    const first = this.log.length - shown.length + 1
    return first >= 1 && shown.every(({ seq }, index) => seq === first + index)
  }

  /** Once everything is quiet: what the page shows is the log, and it was told of all that is news to it. */
  check(): void {
    const shown = this.handle.$timeline.get()
    if (!this.isCurrent)
      this.ledger.violate(
        'lost',
        `${this.page} shows up to ${shown.at(-1)?.seq ?? 'nothing'} of ${this.log.length} events`,
      )
    for (const entry of shown)
      if (entry.type === 'message' && !entry.own && !this.#known.has(textOf(entry)) && !this.#told.has(textOf(entry)))
        this.ledger.violate('lost', `${this.page} was never told of ${textOf(entry)}`)
  }

  #look(timeline: readonly TimelineEntry[]): void {
    const before = this.#shown
    this.#shown = timeline
    const { id } = this.handle.$conversation.get()
    // Of what it finds in another conversation, it is told nothing.
    if (id !== this.#conversationId) this.#hasSeenLog = false
    this.#conversationId = id
    let same = 0
    while (same < timeline.length && timeline[same] === before[same]) same += 1
    for (let index = same; index < timeline.length; index += 1) this.#lookAt(timeline, index)
    if (this.#hasSeenLog) return
    // One's own message may have its place before its event is here.
    const inLog = timeline.filter((entry) => entry.seq !== undefined && !(entry.type === 'message' && entry.own))
    if (inLog.length === 0) return
    this.#hasSeenLog = true
    for (const entry of inLog) if (entry.type === 'message') this.#known.add(textOf(entry))
  }

  /** Every entry with a place is the log's at that place; places follow one another; no message stands twice. */
  #lookAt(timeline: readonly TimelineEntry[], index: number): void {
    const entry = timeline[index] as TimelineEntry
    if (timeline.findIndex(({ key }) => key === entry.key) < index)
      this.ledger.violate('duplicated', `${this.page} shows ${describe(entry)} twice`)
    if (entry.seq === undefined) return
    const event = this.log[entry.seq - 1]
    if (!event || describe(entry) !== describeEvent(event))
      this.ledger.violate('lost', `${this.page} shows ${describe(entry)} at ${entry.seq}, where the log has another`)
    const previous = timeline[index - 1]
    // One's own messages that wait for their event stand behind the log, with the places that they were told.
    const waits = entry.type === 'message' && entry.own
    if (previous?.seq !== undefined && entry.seq !== previous.seq + 1 && !waits)
      this.ledger.violate('out of order', `${this.page} shows ${entry.seq} after ${previous.seq}`)
  }
}

function textOf(message: Pick<MessageView, 'parts'>): string {
  return textOfParts(message.parts)
}

function describe(entry: TimelineEntry): string {
  return entry.type === 'message' ? textOf(entry) : entry.change.id
}

function describeEvent(event: LogEvent): string {
  return event.type === 'message.created' ? textOf(event) : event.id
}
