import type { Viewer } from '@chatdesk/protocol'
import type { Hint } from '../nodes/hint.js'
import type { HintBus } from '../nodes/hint-bus.js'
import type { PresenceBoard } from '../nodes/presence-board.js'
import type { Logger } from '../platform/logger.js'
import type { Change, RealtimeBackend } from './backend.js'
import { Channel } from './channel.js'
import { channelKey } from './channel-key.js'
import type { RealtimeClock } from './clock.js'
import { InboxFeed, type InboxReader } from './inbox-feed.js'
import { LogReader } from './log-reader.js'
import { Presence } from './presence.js'
import { ShownSessions } from './shown-sessions.js'
import { beginSpeaking, type Speaker, type Speaking } from './speaking.js'
import { type Subscriber, Subscription } from './subscription.js'
import { startSweep } from './sweep.js'
import { WidgetWatch } from './widget-watch.js'

/** Options of `Hub`. */
export interface HubOptions {
  backend: RealtimeBackend
  clock: RealtimeClock
  logger: Logger
  hints: HintBus
  /** Absent: no other process has connections. */
  presenceBoard?: PresenceBoard | undefined
  /** Absent: no other process writes to this database. */
  sweepMs?: number | undefined
  random: () => number
}

/**
 * Who in this process is sent what. Holds no truth: each subscriber finds anything missed in the log, and so does this node
 * as a whole. What is committed here is told here and hinted at elsewhere; a hint from elsewhere, and every so often a sweep,
 * has the log read.
 */
export class Hub {
  readonly presence: Presence
  readonly widgets: WidgetWatch
  readonly shown: ShownSessions
  readonly #channels = new Map<string, Channel>()
  readonly #inboxes = new Map<string, InboxFeed>()
  readonly #reader: LogReader
  readonly #endings: (() => void)[]

  constructor(private readonly options: HubOptions) {
    const { backend, clock, logger, hints, presenceBoard, sweepMs, random } = options
    this.presence = new Presence(clock, logger, presenceBoard)
    this.#reader = new LogReader(backend, logger)
    this.widgets = new WidgetWatch(backend, logger)
    this.shown = new ShownSessions(backend, clock, logger)
    this.#endings = [
      backend.onChange((change) => this.#onChange(change)),
      backend.onWidgetChange(({ organizationId, widgetId }) => {
        hints.publish({ type: 'widget.changed', organizationId, widgetId })
        void this.widgets.read({ organizationId, widgetId })
      }),
      hints.subscribe((hint) => this.#onHint(hint)),
    ]
    if (sweepMs !== undefined)
      this.#endings.push(startSweep({ clock, random, intervalMs: sweepMs, look: () => this.#look() }))
  }

  /** Registers before anything is read; nothing is sent until `start` (R5). */
  subscribe(subscriber: Subscriber, conversationId: string): Subscription {
    const { backend, clock, logger, hints } = this.options
    const { organizationId } = subscriber.actor
    const key = channelKey({ organizationId, conversationId })
    let channel = this.#channels.get(key)
    if (!channel) {
      const tellNodes = (hint: Hint) => hints.publish(hint)
      channel = new Channel(organizationId, conversationId, clock, tellNodes, () => this.#channels.delete(key))
      this.#channels.set(key, channel)
    }
    const subscription = new Subscription(channel, subscriber, backend, logger)
    channel.add(subscription)
    return subscription
  }

  /** B7: somebody of the server's own, the assistant, begins to write. */
  speak({ organizationId, conversationId, afterSeq, author }: Speaker): Speaking {
    const { clock, hints } = this.options
    const key = channelKey({ organizationId, conversationId })
    return beginSpeaking({
      ...{ clock, afterSeq },
      tell: (active, draft) => {
        this.#channels.get(key)?.showTyping(author, active, draft)
        hints.publish({ type: 'typing.changed', organizationId, conversationId, author, active, draft })
      },
    })
  }

  /** Sends `inbox.changed` from now on; the answer stops it. */
  watchInbox(organizationId: string, reader: InboxReader): () => void {
    const { backend, clock, logger } = this.options
    let inbox = this.#inboxes.get(organizationId)
    if (!inbox) {
      inbox = new InboxFeed(organizationId, backend, clock, logger)
      this.#inboxes.set(organizationId, inbox)
    }
    inbox.add(reader)
    return () => {
      if (inbox.remove(reader) && this.#inboxes.get(organizationId) === inbox) this.#inboxes.delete(organizationId)
    }
  }

  /** C21. Who cannot be named now may be with the next change. */
  async loadMemberNames(organizationId: string, memberIds: readonly string[]): Promise<readonly Viewer[]> {
    const { backend, logger } = this.options
    try {
      return await backend.loadMemberNames(organizationId, memberIds)
    } catch (error) {
      logger.warn({ err: error }, 'the names of members could not be read')
      return []
    }
  }

  close(): void {
    for (const end of this.#endings) end()
    this.presence.close()
  }

  /** Runs where the backend commits: nothing may escape from here. */
  #onChange(change: Change): void {
    const { organizationId, conversationId } = change
    try {
      this.options.hints.publish({ type: 'conversation.changed', organizationId, conversationId })
      this.#inboxes.get(organizationId)?.touch(conversationId)
      this.#channels.get(channelKey(change))?.apply(change)
      if (change.beganIn) this.shown.tell({ organizationId, sessionId: change.beganIn })
    } catch (error) {
      this.options.logger.error({ err: error, conversationId }, 'a change could not be sent')
    }
  }

  /** Threat 44: a hint says where to look. What is there, and whether, the log alone says. */
  #onHint(hint: Hint): void {
    if (hint.type === 'widget.changed') return void this.widgets.read(hint)
    const channel = this.#channels.get(channelKey(hint))
    if (hint.type === 'typing.changed') channel?.showTyping(hint.author, hint.active, hint.draft)
    else {
      this.#inboxes.get(hint.organizationId)?.touchHinted(hint.conversationId)
      if (channel) void this.#reader.read([channel])
    }
  }

  /** Asks the database nothing when nobody is connected. */
  async #look(): Promise<void> {
    await Promise.all([
      this.#reader.read(this.#channels.values()),
      this.#lookAtInboxes(),
      this.presence.look(),
      this.shown.look(),
    ])
  }

  async #lookAtInboxes(): Promise<void> {
    const { backend, clock, logger } = this.options
    const inboxes = [...this.#inboxes.values()]
    if (inboxes.length === 0) return
    const now = clock.now()
    const sweptAt = Math.min(...inboxes.map((inbox) => inbox.sweptAt))
    try {
      const rows = new Map<string, { conversationId: string; version: number }[]>()
      for (const { organizationId } of inboxes) rows.set(organizationId, [])
      for (const row of await backend.loadVersions([...rows.keys()], Math.max(0, now - sweptAt)))
        rows.get(row.organizationId)?.push(row)
      for (const inbox of inboxes) inbox.sweep(rows.get(inbox.organizationId) ?? [], now)
    } catch (error) {
      logger.warn({ err: error }, 'what has changed in the inboxes could not be read')
    }
  }
}
