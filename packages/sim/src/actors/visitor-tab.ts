import { type ChatClient, createChatClient } from '@chatdesk/core'
import type { Disk } from '../platform/disk.js'
import { TabIdentity } from './identity.js'
import { Page } from './page.js'
import type { PagePlatform, Surroundings } from './page-platform.js'
import type { TimelineWatch } from './timeline-watch.js'

/** One tab of a visitor, with a conversation of its own. */
export class VisitorTab extends Page {
  readonly #identity: TabIdentity
  #client: ChatClient | undefined
  #watch: TimelineWatch | undefined

  constructor(around: Surroundings, name: string, disk: Disk, cookie: { visitorToken?: string }) {
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

  get isCurrent(): boolean {
    return this.#client?.$connection.get().status === 'online' && this.#watch?.isCurrent === true
  }

  get inMemory(): boolean {
    return this.#client?.$persistence.get() === 'memory'
  }

  check(): void {
    this.#watch?.check()
  }

  async dispose(): Promise<void> {
    await this.#client?.dispose()
  }

  protected begin(platform: PagePlatform): void {
    const client = createChatClient({ ...platform.options, widgetKey: 'wk_sim', identity: this.#identity })
    const watch = this.watch(client)
    client.on('message', (message) => watch.told(message))
    this.#client = client
    this.#watch = watch
    void client.start()
  }

  protected forget(): void {
    this.#client = undefined
    this.#watch = undefined
  }
}
