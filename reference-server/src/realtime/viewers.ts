import type { ServerFrame, Viewer } from '@chatdesk/protocol'
import type { Place } from '../nodes/presence-board.js'
import type { Presence } from './presence.js'

/** What a connection's view of its colleagues is made of. */
export interface ViewersOptions {
  presence: Pick<Presence, 'watch' | 'learn' | 'whoIsThere'>
  /** Where those who watch the conversation are. */
  place: Place
  conversationId: string
  /** Whom it is told to. */
  memberId: string
  /** Who these are. Rejects never: of whom it does not know nothing is said. */
  loadNames: (memberIds: readonly string[]) => Promise<readonly Viewer[]>
  send: (text: string) => void
}

/** Tells an agent which colleagues watch a conversation (C21), from now on until it is stopped. */
export class Viewers {
  #told = '[]'
  #isLooking = false
  #isStale = false
  #stopped = false
  readonly #names = new Map<string, string>()
  readonly #unwatch: () => void

  constructor(private readonly options: ViewersOptions) {
    const { presence, place } = options
    this.#unwatch = presence.watch(place, () => void this.#look())
    void presence.learn(place).then(() => this.#look())
  }

  stop(): void {
    this.#stopped = true
    this.#unwatch()
  }

  /** One at a time: what changes meanwhile is looked at again. */
  async #look(): Promise<void> {
    this.#isStale = true
    if (this.#isLooking) return
    this.#isLooking = true
    while (this.#isStale && !this.#stopped) {
      this.#isStale = false
      this.#tell(await this.#read())
    }
    this.#isLooking = false
  }

  async #read(): Promise<Viewer[]> {
    const { presence, place, memberId, loadNames } = this.options
    const ids = presence.whoIsThere(place).filter((id) => id !== memberId)
    const unknown = ids.filter((id) => !this.#names.has(id))
    if (unknown.length > 0) for (const { id, name } of await loadNames(unknown)) this.#names.set(id, name)
    return ids.sort().flatMap((id) => {
      const name = this.#names.get(id)
      return name === undefined ? [] : [{ id, name }]
    })
  }

  #tell(viewers: Viewer[]): void {
    const { conversationId, send } = this.options
    const text = JSON.stringify(viewers)
    if (this.#stopped || text === this.#told) return
    this.#told = text
    send(JSON.stringify({ type: 'conversation.viewers', conversationId, viewers } satisfies ServerFrame))
  }
}
