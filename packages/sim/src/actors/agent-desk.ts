import type { AgentConversation } from '@chatdesk/core/agent'
import { type AgentClient, createAgentClient } from '@chatdesk/core/agent'
import { textOf } from '@chatdesk/protocol'
import { Page } from './page.js'
import type { PagePlatform } from './page-platform.js'
import type { TimelineWatch } from './timeline-watch.js'
import type { VisitorTab } from './visitor-tab.js'

interface Desk {
  handle: AgentConversation
  watch: TimelineWatch
}

/** The console of one agent, who opens every conversation and answers now and then. */
export class AgentDesk extends Page {
  #client: AgentClient | undefined
  #failedDisk = false
  readonly #open = new Map<string, Desk>()

  /** In one of the conversations that are open. */
  write(): void {
    const { random } = this.around.world
    if (this.#open.size > 0) this.#answerIn(random.pick([...this.#open.keys()]))
  }

  /** In the conversation of a tab, if it is open. */
  writeTo(tab: VisitorTab): void {
    this.#answerIn(tab.conversationId ?? '')
  }

  get isCurrent(): boolean {
    const rows = new Map(this.#client?.$inbox.get().map((row) => [row.id, row]))
    return (
      this.#client?.$connection.get().status === 'online' &&
      [...this.around.store.conversations.values()].every(({ id, log }) => rows.get(id)?.headSeq === log.length) &&
      [...this.#open.values()].every(({ watch }) => watch.isCurrent)
    )
  }

  get inMemory(): boolean {
    return this.#failedDisk
  }

  check(): void {
    for (const { watch } of this.#open.values()) watch.check()
    if (!this.isCurrent) this.around.ledger.violate('lost', `${this.name} has an old inbox`)
  }

  async dispose(): Promise<void> {
    await this.#client?.dispose()
  }

  protected begin({ host, options }: PagePlatform): void {
    const { network } = this.around
    const client = createAgentClient({
      ...options,
      getTicket: () => network.request(host, (server) => server.ticket()),
    })
    this.#client = client
    client.on('message', (message) => this.#hear(textOf(message.parts), message))
    client.on('error', (error) => {
      this.#failedDisk ||= error.message.includes('disk')
    })
    client.$inbox.listen((rows) => {
      for (const { id } of rows) if (!this.#open.has(id)) this.#openConversation(client, id)
    })
    void client.start()
  }

  protected forget(): void {
    this.#client = undefined
    this.#failedDisk = false
    this.#open.clear()
  }

  #openConversation(client: AgentClient, id: string): void {
    const handle = client.openConversation(id)
    this.#open.set(id, { handle, watch: this.watch(handle) })
  }

  #hear(text: string, message: Parameters<TimelineWatch['told']>[0]): void {
    // An event of the client names no conversation; its text does.
    const { store, world } = this.around
    const found = [...this.#open].find(([id]) =>
      store.conversations
        .get(id)
        ?.log.some((event) => event.type === 'message.created' && textOf(event.parts) === text),
    )
    if (!found) return
    const [id, { watch }] = found
    watch.told(message)
    if (message.own || !world.random.chance(0.5)) return
    world.after(world.random.between(200, 4_000), () => this.#answerIn(id), this.platform?.host)
  }

  #answerIn(id: string): void {
    const desk = this.#open.get(id)
    if (desk) this.say(desk.handle, `${this.name}:${id.slice(-4)}`)
  }
}
