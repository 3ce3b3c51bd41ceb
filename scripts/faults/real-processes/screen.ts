import type { ConversationHandle, MessageView, TimelineEntry } from '@chatdesk/core'
import { textOf as textOfParts } from '@chatdesk/protocol'
import type { Ledger } from '../../../packages/sim/src/model/ledger.js'

/** An event of a log, as the database has it. */
export interface LoggedEvent {
  seq: number
  /** Undefined: a change of status or agent. */
  text: string | undefined
}

/** Looks at what one load of a page shows of one conversation, at every step of it. */
export class Screen {
  #shown: readonly TimelineEntry[] = []
  /** What has ever stood at each place. */
  readonly #placed = new Map<number, string>()
  /** Messages that were there when the page first saw the log: nobody owes it news of them. */
  #known: ReadonlySet<string> | undefined

  constructor(
    private readonly page: string,
    private readonly handle: ConversationHandle,
    /** How often the page was told of each message. */
    private readonly told: ReadonlyMap<string, number>,
    private readonly ledger: Ledger,
  ) {
    handle.$timeline.subscribe((timeline) => this.#look(timeline))
  }

  get conversationId(): string | null {
    return this.handle.$conversation.get().id
  }

  /** Whether it shows the log, and nothing besides. */
  isCurrent(log: readonly LoggedEvent[]): boolean {
    const shown = this.handle.$timeline.get()
    return shown.length === log.length && shown.every((entry, index) => isSame(entry, log[index]))
  }

  /** Once everything is quiet: what is shown, and has ever been shown, is the log; and the page was told of all that is news. */
  check(log: readonly LoggedEvent[]): void {
    const shown = this.handle.$timeline.get()
    if (!this.isCurrent(log))
      this.ledger.violate(
        'lost',
        `${this.page} shows ${shown.map(nameOf).join(' ')}, and the log has ${log.length} events`,
      )
    for (const [seq, name] of this.#placed)
      if (name !== nameOfEvent(log[seq - 1])) this.ledger.violate('lost', `${this.page} showed ${name} at ${seq}`)
    for (const [text, times] of this.told)
      if (times > 1) this.ledger.violate('duplicated', `${this.page} was told of ${text} ${times} times`)
    for (const entry of shown)
      if (entry.type === 'message' && !entry.own && !this.#known?.has(textOf(entry)) && !this.told.has(textOf(entry)))
        this.ledger.violate('lost', `${this.page} was never told of ${textOf(entry)}`)
  }

  #look(timeline: readonly TimelineEntry[]): void {
    const before = this.#shown
    this.#shown = timeline
    timeline.forEach((entry, index) => {
      if (entry === before[index]) return
      if (timeline.findIndex(({ key }) => key === entry.key) < index)
        this.ledger.violate('duplicated', `${this.page} shows ${nameOf(entry)} twice`)
      this.#lookAt(entry, timeline[index - 1])
    })
    // One's own message may have its place before its event is here.
    const inLog = timeline.filter((entry) => entry.seq !== undefined && !isOwn(entry))
    if (inLog.length > 0)
      this.#known ??= new Set(inLog.flatMap((entry) => (entry.type === 'message' ? textOf(entry) : [])))
  }

  #lookAt(entry: TimelineEntry, previous: TimelineEntry | undefined): void {
    if (entry.seq === undefined) return
    const name = nameOf(entry)
    const placed = this.#placed.get(entry.seq) ?? name
    if (placed !== name)
      this.ledger.violate('lost', `${this.page} shows ${name} at ${entry.seq}, where ${placed} stood`)
    this.#placed.set(entry.seq, name)
    // One's own messages that wait for their event stand behind the log, with the places that they were told.
    if (previous?.seq !== undefined && entry.seq !== previous.seq + 1 && !isOwn(entry))
      this.ledger.violate('out of order', `${this.page} shows ${entry.seq} after ${previous.seq}`)
  }
}

/** The text of a message; no two have the same. */
export function textOf(message: Pick<MessageView, 'parts'>): string {
  return textOfParts(message.parts)
}

const CHANGE = 'a change'
const isOwn = (entry: TimelineEntry) => entry.type === 'message' && entry.own
const nameOf = (entry: TimelineEntry) => (entry.type === 'message' ? textOf(entry) : CHANGE)
const nameOfEvent = (event: LoggedEvent | undefined) => event && (event.text ?? CHANGE)
const isSame = (entry: TimelineEntry, event: LoggedEvent | undefined) =>
  entry.seq === event?.seq && nameOf(entry) === nameOfEvent(event)
