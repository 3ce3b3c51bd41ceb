import type { Unsubscribe } from '../../ports.js'
import type { OpenTabChannel, TabLock } from '../tab-ports.js'

/** One tab of a test browser. */
export interface TestTab {
  readonly lock: TabLock
  readonly openChannel: OpenTabChannel
  /** As a crash: its lock is free, and it hears and says nothing more. */
  die(): void
}

/** Locks and channels of one session's tabs, without a browser. */
export interface TestBrowser {
  openTab(): TestTab
  /** Says something to every tab, as any script of the page can. */
  say(data: unknown): void
  /** Everything that tabs have said. */
  readonly said: readonly string[]
  /** Locks that are held or waited for, and open ends of channels: none when all is over. */
  readonly inUse: number
}

interface Waiting {
  tab: TestTab
  grant(): void
}

/** What is said is heard a turn later, in its order; a lock is given in the order of the asking. */
export function createTestBrowser(): TestBrowser {
  const ends = new Set<{ tab: TestTab; hear: (data: unknown) => void }>()
  const said: string[] = []
  let holder: TestTab | undefined
  let queue: Waiting[] = []

  const deliver = (data: unknown, from?: object) => {
    for (const end of ends) if (end !== from) queueMicrotask(() => ends.has(end) && end.hear(data))
  }
  const next = () => {
    if (!holder) queue.shift()?.grant()
  }
  const give = (tab: TestTab): Unsubscribe => {
    holder = tab
    let held = true
    return () => {
      if (held && holder === tab) holder = undefined
      held = false
      next()
    }
  }

  return {
    said,
    say: deliver,
    get inUse() {
      return (holder ? 1 : 0) + queue.length + ends.size
    },
    openTab() {
      let dead = false
      const tab: TestTab = {
        lock: {
          tryTake: async () => (dead ? new Promise(() => {}) : holder ? undefined : give(tab)),
          take: (signal) =>
            new Promise((resolve, reject) => {
              if (dead) return
              const waiting = { tab, grant: () => resolve(give(tab)) }
              queue.push(waiting)
              signal.addEventListener('abort', () => {
                queue = queue.filter((other) => other !== waiting)
                reject(signal.reason)
              })
              next()
            }),
        },
        openChannel(hear) {
          const end = { tab, hear }
          ends.add(end)
          return {
            post(text) {
              if (!ends.has(end)) return
              said.push(text)
              deliver(text, end)
            },
            close: () => void ends.delete(end),
          }
        },
        die() {
          dead = true
          for (const end of ends) if (end.tab === tab) ends.delete(end)
          queue = queue.filter((waiting) => waiting.tab !== tab)
          if (holder === tab) holder = undefined
          next()
        },
      }
      return tab
    },
  }
}
