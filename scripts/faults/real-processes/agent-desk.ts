import { type AgentClient, type AgentConversation, createAgentClient } from '@chatdesk/core/agent'
import { fetchTicket } from '../sign-in.js'
import { type ClientOptions, type Logs, Page, type PageOptions } from './page.js'
import { type Screen, textOf } from './screen.js'

interface Desk {
  handle: AgentConversation
  screen: Screen
}

/** The console of an agent, who opens every conversation and answers now and then. */
export class AgentDesk extends Page {
  #client: AgentClient | undefined
  readonly #desks = new Map<string, Desk>()

  constructor(
    options: PageOptions,
    /** Headers that prove who has signed in. */
    private readonly proof: Record<string, string>,
  ) {
    super(options)
  }

  /** In one of the conversations that are open. */
  write(): void {
    if (this.#desks.size > 0) this.#answerIn(this.options.random.pick([...this.#desks.keys()]))
  }

  markRead(): void {
    for (const { handle } of this.#desks.values()) handle.markRead()
  }

  isCurrent(logs: Logs): boolean {
    return (
      this.#client?.$connection.get().status === 'online' &&
      [...logs].every(([id, log]) => this.#heads().get(id) === log.length) &&
      [...this.#desks].every(([id, { screen }]) => screen.isCurrent(logs.get(id) ?? []))
    )
  }

  check(logs: Logs): void {
    for (const [id, { screen }] of this.#desks) screen.check(logs.get(id) ?? [])
    for (const [id, log] of logs)
      if (this.#heads().get(id) !== log.length)
        this.options.ledger.violate('lost', `${this.name} has an old inbox: ${this.#heads().get(id)} of ${log.length}`)
  }

  protected begin({ url, fetch, ...options }: ClientOptions): void {
    const client = createAgentClient({ ...options, url, getTicket: () => fetchTicket(url, fetch, this.proof) })
    this.#client = client
    client.on('message', (message) => {
      this.hear(textOf(message))
      const { random } = this.options
      if (message.own || random.chance(0.5)) return
      this.later(random.between(100, 1_500), () => this.#answerTo(textOf(message)))
    })
    client.$inbox.listen((rows) => {
      for (const { id } of rows) if (!this.#desks.has(id)) this.#open(client, id)
    })
    client.start().catch(() => {})
  }

  protected forget(): void {
    this.#client = undefined
    this.#desks.clear()
  }

  protected dispose(): Promise<void> | undefined {
    return this.#client?.dispose()
  }

  #heads(): ReadonlyMap<string, number> {
    return new Map(this.#client?.$inbox.get().map(({ id, headSeq }) => [id, headSeq]))
  }

  #open(client: AgentClient, id: string): void {
    const handle = client.openConversation(id)
    this.#desks.set(id, { handle, screen: this.screenOf(handle) })
  }

  #answerTo(text: string): void {
    for (const [id, { handle }] of this.#desks)
      if (handle.$timeline.get().some((entry) => entry.type === 'message' && textOf(entry) === text)) this.#answerIn(id)
  }

  #answerIn(id: string): void {
    const handle = this.#desks.get(id)?.handle
    if (handle) this.say(handle, `${this.name}:${id}`)
  }
}
