import type { ConversationHandle } from '@chatdesk/core'
import { ChatError } from '@chatdesk/protocol'
import type { Disk } from '../platform/disk.js'
import type { Host } from '../world.js'
import { loadPage, type PagePlatform, type Surroundings } from './page-platform.js'
import { TimelineWatch } from './timeline-watch.js'

/** What a person has in front of them: a tab that is loaded, dies and is loaded again. */
export abstract class Page {
  /** Absent while the tab is closed. */
  platform: PagePlatform | undefined
  /** Nobody opens it again. */
  abandoned = false
  #last: Host | undefined
  #loads = 0

  constructor(
    protected readonly around: Surroundings,
    readonly name: string,
    readonly disk: Disk,
  ) {}

  /** Opens the tab, if it is not open. */
  load(): void {
    if (this.platform || this.abandoned) return
    this.#loads += 1
    this.platform = loadPage(this.around, `${this.name}.${this.#loads}`, this.disk, this.#last)
    this.#last = this.platform.host
    const { host } = this.platform
    this.around.world.note(() => `${host.name} is loaded`)
    this.begin(this.platform)
  }

  /** The tab is gone in the middle of whatever it did. */
  crash(): void {
    const { platform } = this
    if (!platform) return
    this.around.world.note(() => `${platform.host.name} is gone`)
    this.noteDisk()
    this.platform = undefined
    platform.host.die()
    this.around.network.leave(platform.host)
    this.around.ledger.excuse(this.name)
    this.forget()
  }

  /** The page dies or is judged: from now on it counts whether it had a disk. */
  noteDisk(): void {
    if (this.platform && this.inMemory) this.around.ledger.withoutDisk.add(this.platform.host.name)
  }

  /** Its user writes a message, if there is where. */
  abstract write(): void
  /** Whether the page knows of everything, and has nothing left to send. */
  abstract get isCurrent(): boolean
  /** Whether the disk has failed this page, so that it sends what is in memory only. */
  abstract get inMemory(): boolean
  /** Once everything is quiet. */
  abstract check(): void
  /** Ends the client as a page does that is left in order. */
  abstract dispose(): Promise<void>
  protected abstract begin(platform: PagePlatform): void
  protected abstract forget(): void

  protected watch(handle: ConversationHandle): TimelineWatch {
    const { store, ledger } = this.around
    return new TimelineWatch(this.platform?.host.name ?? this.name, handle, store, ledger)
  }

  /** Writes one message, and hears what becomes of it. */
  protected say(handle: ConversationHandle, author: string): void {
    const { ledger, world } = this.around
    const { text } = ledger.write(author, this.platform?.host.name ?? this.name)
    world.note(() => `${author} writes ${text}`)
    handle.sendMessage(text).then(
      () => {},
      (error: unknown) => {
        const code = ChatError.isInstance(error) ? error.code : String(error)
        if (code !== 'ABORTED') ledger.violate('lost', `${text} was refused: ${code}`)
      },
    )
  }
}
