import { type ChatClient, createChatClient } from '@chatdesk/core'
import { createSharedTabs, type SharedTabs } from '@chatdesk/core/shared-tabs'
import { createVisitorActions } from '@chatdesk/core/visitor-actions'
import { uplinkTransport } from '@chatdesk/transports/uplink'
import { SHARED_WIDGET_KEY } from '../model/log-store.js'
import type { Disk } from '../platform/disk.js'
import type { SimulatedTabs } from '../platform/simulated-tabs.js'
import type { Host } from '../world.js'
import { TabIdentity } from './identity.js'
import { Page } from './page.js'
import type { PagePlatform, Surroundings } from './page-platform.js'
import type { TimelineWatch } from './timeline-watch.js'

/** One tab of a visitor, with a conversation of its own, or one with the visitor's other tabs. */
export class VisitorTab extends Page {
  readonly #identity: TabIdentity
  #client: ChatClient | undefined
  #host: Host | undefined
  readonly #tabs = new Map<string, SharedTabs>()
  #watch: TimelineWatch | undefined
  readonly #visited = new Set<string>()

  /** @param shared the browser of a visitor whose tabs share. */
  constructor(
    around: Surroundings,
    name: string,
    disk: Disk,
    cookie: { visitorToken?: string },
    private readonly shared?: SimulatedTabs,
  ) {
    super(around, name, disk)
    this.#identity = new TabIdentity(`tab-${name}-00000000`, cookie)
  }

  write(): void {
    if (this.#client) this.say(this.#client, this.name)
  }

  get conversationId(): string | undefined {
    return this.#client?.$conversation.get().id ?? undefined
  }

  markRead(): void {
    this.#client?.markRead()
  }

  /** Begins a new conversation, or goes back to one that it has had; not while something is on its way, nor without a line. */
  turn(to: 'new' | 'earlier'): void {
    const id = this.conversationId
    const client = this.#client
    if (id === undefined || !client) return
    this.#visited.add(id)
    const [first = id] = this.#visited
    this.around.world.note(() => `${this.name} turns to ${to === 'new' ? 'a new conversation' : first}`)
    const actions = createVisitorActions(client)
    const turned = to === 'new' ? actions.newConversation() : actions.openConversation(first)
    turned.catch(() => {})
  }

  get isCurrent(): boolean {
    return this.#client?.$connection.get().status === 'online' && this.#watch?.isCurrent === true && this.#isLive
  }

  /** Whether the tab shows what its session shows, as all of its tabs do (C10). */
  get #isLive(): boolean {
    const { store } = this.around
    const conversation = store.conversations.get(this.conversationId ?? '')
    return !conversation || store.liveOf(conversation.sessionId) === conversation.id
  }

  get inMemory(): boolean {
    return this.#client?.$persistence.get() === 'memory'
  }

  check(): void {
    this.#watch?.check()
    if (!this.#isLive) this.around.ledger.violate('lost', `${this.name} does not show the live conversation`)
  }

  async dispose(): Promise<void> {
    await this.#client?.dispose()
  }

  protected begin(platform: PagePlatform): void {
    const { options, host } = platform
    this.#host = host
    let tabs: SharedTabs | undefined
    const client = createChatClient({
      ...options,
      widgetKey: this.shared ? SHARED_WIDGET_KEY : 'wk_sim',
      identity: this.#identity,
      transports: options.transports.map((create) => () => tabs?.connect(create) ?? create()),
      onSession: ({ sessionId, widget }) => {
        tabs = widget.tabs === 'shared' ? this.#tabsOf(sessionId, platform) : undefined
      },
    })
    const watch = this.watch(client)
    client.on('message', (message) => watch.told(message))
    this.#client = client
    this.#watch = watch
    void client.start()
  }

  /** The same for each session of one load of the page. */
  #tabsOf(sessionId: string, { host, options }: PagePlatform): SharedTabs | undefined {
    const browser = this.shared
    const known = this.#tabs.get(sessionId)
    if (!browser || known) return known
    const tabs = createSharedTabs({
      lock: browser.lock(host, sessionId),
      openChannel: browser.channel(host, sessionId),
      uplink: uplinkTransport({ fetch: options.fetch }),
      clock: options.clock,
      onRest: options.wakeSignals.onRest,
    })
    this.#tabs.set(sessionId, tabs)
    return tabs
  }

  protected forget(): void {
    if (this.#host) this.shared?.leave(this.#host)
    this.#tabs.clear()
    this.#client = undefined
    this.#watch = undefined
  }
}
