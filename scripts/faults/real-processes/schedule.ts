import { setTimeout as pause } from 'node:timers/promises'
import { TRANSPORT_SETS, type TransportSet } from '../../../packages/sim/src/actors/page-platform.js'
import { Ledger } from '../../../packages/sim/src/model/ledger.js'
import { createRandom } from '../../../packages/sim/src/random.js'
import { AgentDesk } from './agent-desk.js'
import { checkLogs } from './check-logs.js'
import { DeviceDisk } from './device-disk.js'
import type { Logs, Page, PageOptions } from './page.js'
import { type PageAct, type Plan, type PlannedAct, planSchedule } from './plan.js'
import { VisitorTab } from './visitor-tab.js'

/** How long a page needs to notice that its connection is gone, in milliseconds. */
const AGAIN_MS = 150
/** How long a message that is to arrive late is waited for, in milliseconds. */
const LONGEST_WAIT_MS = 5_000

/** Who takes part in one schedule, and where. */
export interface Cast {
  serverPort: number
  origin: string
  organizationId: string
  widgetKey: string
  /** Headers that prove the agent. */
  proof: Record<string, string>
}

/** One visitor with a tab or two, one agent, and what befalls them. */
export class Schedule {
  readonly plan: Plan
  readonly ledger: Ledger
  readonly pages: readonly Page[]
  readonly organizationId: string
  #underWay: Promise<void>[] = []

  constructor(
    readonly seed: number,
    readonly transport: TransportSet,
    lookChance: number,
    cast: Cast,
  ) {
    const startedAt = Date.now()
    const random = createRandom(seed).fork()
    const names = TRANSPORT_SETS[transport]
    this.organizationId = cast.organizationId
    this.plan = planSchedule(seed, lookChance)
    this.ledger = new Ledger(() => Date.now() - startedAt)
    const page = (name: string, host: number, transports: PageOptions['transports'], disk: DeviceDisk) => ({
      name,
      serverPort: cast.serverPort,
      // Limits are for one address, and nobody shares theirs.
      headers: { origin: cast.origin, 'x-forwarded-for': addressOf(seed, host) },
      transports,
      disk,
      random: random.fork(),
      ledger: this.ledger,
    })
    const device = new DeviceDisk(this.ledger)
    const cookie = {}
    const tabs = Array.from(
      { length: this.plan.tabs },
      (_, n) => new VisitorTab(page(`v${n}`, 1, names, device), cast.widgetKey, cookie),
    )
    // Plain HTTP is for visitors: a ticket opens one connection, and there each request is one.
    const links = names.filter((name) => name !== 'sse' && name !== 'polling')
    const ofAgent = page('agent', 2, links.length > 0 ? links : ['websocket'], new DeviceDisk(this.ledger))
    this.pages = [...tabs, new AgentDesk(ofAgent, cast.proof)]
  }

  /** Everybody writes and everything goes wrong, as planned. */
  begin(): void {
    this.#underWay = this.plan.acts.map((planned) => this.#perform(planned))
  }

  /** Nothing new goes wrong, and what can be reached is reachable. */
  async heal(): Promise<void> {
    await Promise.all(this.#underWay)
    for (const page of this.pages) {
      page.line.heal()
      await page.load()
      if (this.plan.looks) page.signals?.wake()
    }
  }

  isCurrent(logs: Logs): boolean {
    return this.pages.every((page) => page.isCurrent(logs))
  }

  check(logs: Logs): void {
    checkLogs(this.ledger, logs)
    for (const page of this.pages) page.check(logs)
  }

  async end(): Promise<void> {
    for (const page of this.pages) await page.leave()
  }

  async #perform({ at, page: index, act }: PlannedAct): Promise<void> {
    await pause(at)
    const page = this.pages[index]
    if (page) await perform(page, act)
  }
}

/** An address of a private network. */
const addressOf = (seed: number, host: number) =>
  `10.${(seed >> 14) & 255}.${(seed >> 6) & 255}.${((seed & 63) << 2) + host}`

async function perform(page: Page, act: PageAct): Promise<void> {
  const { line, proxy } = page
  switch (act.type) {
    case 'open':
      return page.load()
    case 'write':
      return page.write()
    case 'mark read':
      return page.markRead()
    case 'wake':
      return page.signals?.wake()
    case 'lose an answer':
      line.losesAnswer = true
      return page.write()
    case 'arrive late':
      line.lateMs = act.lateMs
      page.write()
      // Sooner than by itself the page tries again, and overtakes what it has said.
      for (let waited = 0; line.lateMs > 0 && waited < LONGEST_WAIT_MS; waited += AGAIN_MS) await pause(AGAIN_MS)
      await pause(AGAIN_MS)
      return page.signals?.wake()
    case 'cut':
      return proxy?.cut(act.how)
    case 'half-close':
      return proxy?.halfClose(act.direction)
    case 'silence':
      proxy?.silence(act.directions)
      line.mute = true
      await pause(act.forMs)
      line.mute = false
      return
    case 'slow':
      line.delayMs = act.delayMs
      await pause(act.forMs)
      line.delayMs = 0
      return
    case 'block':
      for (const traffic of act.traffic) line.blocks.set(traffic, act.block)
      if (act.cuts) proxy?.cut('reset')
      await pause(act.forMs)
      for (const traffic of act.traffic) line.blocks.delete(traffic)
      return
    case 'crash':
    case 'leave':
      await page[act.type]()
      await pause(act.forMs)
      return page.load()
    case 'rest':
      page.signals?.rest()
      await pause(act.forMs)
      return page.signals?.wake()
  }
}
