import type { Clock, ConversationHandle, KeyValueStorage, TransportFactory, WakeSignals } from '@chatdesk/core'
import { ChatError } from '@chatdesk/protocol'
import type { TransportName } from '../../../packages/sim/src/actors/page-platform.js'
import { createPageSignals, type PageSignals } from '../../../packages/sim/src/actors/wake-signals.js'
import type { Ledger } from '../../../packages/sim/src/model/ledger.js'
import type { Random } from '../../../packages/sim/src/random.js'
import { nodeFetch } from '../../../packages/transports/src/testing/node-fetch.js'
import type { DeviceDisk } from './device-disk.js'
import { type FaultProxy, startFaultProxy } from './fault-proxy.js'
import { Line } from './line.js'
import { PageLife } from './page-life.js'
import { type PageHeaders, pageTransports } from './page-network.js'
import { type LoggedEvent, Screen } from './screen.js'

/** The conversations of one organization. */
export type Logs = ReadonlyMap<string, readonly LoggedEvent[]>

/** What every page of a schedule is given. */
export interface PageOptions {
  name: string
  serverPort: number
  headers: PageHeaders
  transports: readonly TransportName[]
  disk: DeviceDisk
  random: Random
  ledger: Ledger
}

/** What a client is given on one load of a page. */
export interface ClientOptions {
  url: string
  fetch: typeof globalThis.fetch
  transports: readonly TransportFactory[]
  storage: KeyValueStorage
  wakeSignals: WakeSignals
  clock: Clock
  random: () => number
}

/** One load: what is there as long as it is. */
interface Load {
  life: PageLife
  signals: PageSignals
  proxy?: FaultProxy
}

/** A tab of somebody's browser, which can be loaded again and again, behind a line of its own. */
export abstract class Page {
  readonly line = new Line()
  #load: Load | undefined
  protected told = new Map<string, number>()

  constructor(protected readonly options: PageOptions) {}

  get name(): string {
    return this.options.name
  }

  get proxy(): FaultProxy | undefined {
    return this.#load?.proxy
  }

  get signals(): PageSignals | undefined {
    return this.#load?.signals
  }

  /** Opens the page, if it is not open. */
  async load(): Promise<void> {
    if (this.#load) return
    const { serverPort, headers, transports, disk, random } = this.options
    const load: Load = { life: new PageLife(), signals: createPageSignals() }
    this.#load = load
    this.told = new Map()
    const proxy = await startFaultProxy(serverPort, this.line)
    if (load.life.isOver) return proxy.close()
    load.proxy = proxy
    const fetch = nodeFetch(headers)
    this.begin({
      url: `http://127.0.0.1:${proxy.port}`,
      fetch: (...request) => load.life.hear(fetch(...request)),
      transports: pageTransports(transports, headers),
      storage: disk.openFor(load.life),
      wakeSignals: load.signals.signals,
      clock: load.life.clock,
      random: random.fork().next,
    })
  }

  /** The page is gone in the middle of whatever it did. */
  async crash(): Promise<void> {
    const load = this.#load
    if (!load) return
    this.#load = undefined
    load.life.end()
    this.options.ledger.excuse(this.name)
    this.forget()
    await load.proxy?.close()
  }

  /** The page is left in good order; its user waits for nothing. */
  async leave(): Promise<void> {
    const disposed = this.dispose()
    await this.crash()
    await disposed
  }

  /** Its user writes a message, if there is where. */
  abstract write(): void
  abstract markRead(): void
  /** Whether it is online, shows all that it should, and has nothing left to send. */
  abstract isCurrent(logs: Logs): boolean
  /** Once everything is quiet. */
  abstract check(logs: Logs): void
  protected abstract begin(options: ClientOptions): void
  protected abstract forget(): void
  protected abstract dispose(): Promise<void> | undefined

  protected screenOf(handle: ConversationHandle): Screen {
    return new Screen(this.name, handle, this.told, this.options.ledger)
  }

  /** The page was told of a message. */
  protected hear(text: string): void {
    this.told.set(text, (this.told.get(text) ?? 0) + 1)
  }

  /** After a pause, if the page is still there. */
  protected later(delayMs: number, act: () => void): void {
    this.#load?.life.clock.setTimeout(act, delayMs)
  }

  /** Writes one message, and hears what becomes of it. */
  protected say(handle: ConversationHandle, author: string): void {
    const { ledger } = this.options
    const { text } = ledger.write(author, this.name)
    handle.sendMessage(text).then(
      // From now on it is there, whatever becomes of the page.
      () => ledger.keep(text),
      (error: unknown) => {
        const code = ChatError.isInstance(error) ? error.code : String(error)
        if (code !== 'ABORTED') ledger.violate('lost', `${text} was refused: ${code}`)
      },
    )
  }
}
