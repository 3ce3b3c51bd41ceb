import { type ChatClient, createChatClient } from '@chatdesk/core'
import { TabIdentity } from '../../../packages/sim/src/actors/identity.js'
import { type ClientOptions, type Logs, Page, type PageOptions } from './page.js'
import { type Screen, textOf } from './screen.js'

/** One tab of a visitor, with a conversation of its own. */
export class VisitorTab extends Page {
  readonly #identity: TabIdentity
  #client: ChatClient | undefined
  #screen: Screen | undefined

  constructor(
    options: PageOptions,
    private readonly widgetKey: string,
    cookie: { visitorToken?: string },
  ) {
    super(options)
    this.#identity = new TabIdentity(`tab-${options.name}-00000000`, cookie)
  }

  write(): void {
    if (this.#client) this.say(this.#client, this.name)
  }

  markRead(): void {
    this.#client?.markRead()
  }

  isCurrent(logs: Logs): boolean {
    return this.#client?.$connection.get().status === 'online' && this.#screen?.isCurrent(this.#log(logs)) === true
  }

  check(logs: Logs): void {
    this.#screen?.check(this.#log(logs))
  }

  protected begin(options: ClientOptions): void {
    const client = createChatClient({ ...options, widgetKey: this.widgetKey, identity: this.#identity })
    client.on('message', (message) => this.hear(textOf(message)))
    this.#client = client
    this.#screen = this.screenOf(client)
    // Whoever fails for good is not current in the end.
    client.start().catch(() => {})
  }

  protected forget(): void {
    this.#client = undefined
    this.#screen = undefined
  }

  protected dispose(): Promise<void> | undefined {
    return this.#client?.dispose()
  }

  #log(logs: Logs) {
    return logs.get(this.#screen?.conversationId ?? '') ?? []
  }
}
