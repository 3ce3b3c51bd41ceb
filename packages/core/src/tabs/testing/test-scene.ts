import { ChatError, type MessagePart, textOf as textOfParts } from '@chatdesk/protocol'
import type { ChatClient } from '../../chat-client.js'
import type { KeyValueStorage, TransportFactory } from '../../ports.js'
import { createMemoryStorage } from '../../storage/memory-storage.js'
import {
  createTestClient,
  createTestServer,
  manualClock,
  settle,
  type TestServer,
  testIdentity,
} from '../../testing/index.js'
import { createSharedTabs, type SharedTabs } from '../share-tabs.js'
import { createTestBrowser, type TestBrowser } from './test-browser.js'
import { testUplink } from './test-uplink.js'

/** One tab of a visitor, with its client. */
export interface TestSceneTab {
  readonly tabId: string
  readonly client: ChatClient
  readonly tabs: SharedTabs
  readonly disk: KeyValueStorage
  /** Connections of the live kind that it has asked for. */
  readonly dialled: number
  texts(): string[]
  /** Everything stops at once, as in a crash. What is on disk stays. */
  die(): void
  rest(): void
  wake(): void
}

/** What a test of shared tabs works on. */
export interface TestScene {
  readonly clock: ReturnType<typeof manualClock>
  readonly server: TestServer
  readonly browser: TestBrowser
  /** Live connections, by whatever tab. */
  live(): number
  open(name: string, options?: { disk?: KeyValueStorage; failing?: number }): Promise<TestSceneTab>
}

/** The words of a message. */
export const textOf = ({ parts }: { parts: readonly MessagePart[] }) => textOfParts(parts)

/** A visitor's tabs in one browser, and the server in memory that they talk to. */
export function createTestScene(): TestScene {
  const clock = manualClock()
  const server = createTestServer({ clock, settings: { tabs: 'shared' } })
  const browser = createTestBrowser()
  let live = 0
  return {
    clock,
    server,
    browser,
    live: () => live,
    async open(name, { disk = createMemoryStorage(), failing = 0 } = {}) {
      const tabId = `tab-0000000${name}`
      const place = browser.openTab()
      let dead = false
      let dialled = 0
      const rests = new Set<() => void>()
      const wakes = new Set<() => void>()
      const listen = (to: Set<() => void>) => (listener: () => void) => {
        to.add(listener)
        return () => void to.delete(listener)
      }
      /** Of a tab that is dead nothing is heard, and it hears nothing. */
      const mortal =
        (create: TransportFactory, counts: boolean): TransportFactory =>
        () => {
          const transport = create()
          let counted = false
          const gone = () => {
            if (counted) live -= 1
            counted = false
          }
          kills.add(() => {
            gone()
            void transport.close()
          })
          return {
            ...transport,
            get status() {
              return transport.status
            },
            async connect(options) {
              if (dead) return new Promise(() => {})
              if (counts && ++dialled <= failing) throw new ChatError('OFFLINE')
              await transport.connect({
                ...options,
                onFrame: (frame) => dead || options.onFrame(frame),
                onClose(closure) {
                  gone()
                  if (!dead) options.onClose(closure)
                },
              })
              counted = counts
              if (counts) live += 1
            },
            send: (frame) => (dead ? new Promise(() => {}) : transport.send(frame)),
          }
        }
      const kills = new Set<() => void>()
      const tabs = createSharedTabs({
        lock: place.lock,
        openChannel: place.openChannel,
        uplink: mortal(testUplink(server.transport), false),
        clock,
        onRest: listen(rests),
      })
      const { client } = createTestClient({
        server,
        clock,
        identity: testIdentity(tabId),
        transports: [() => tabs.connect(mortal(server.transport, true))],
        storage: {
          get: (key) => disk.get(key),
          set: (key, value) => (dead ? new Promise(() => {}) : disk.set(key, value)),
          remove: (key) => (dead ? new Promise(() => {}) : disk.remove(key)),
        },
        wakeSignals: { onRest: listen(rests), onWake: listen(wakes) },
      })
      void client.start().catch(() => {})
      await settle()
      return {
        tabId,
        client,
        tabs,
        disk,
        get dialled() {
          return dialled
        },
        texts: () => client.$timeline.get().flatMap((entry) => (entry.type === 'message' ? textOf(entry) : [])),
        die() {
          dead = true
          for (const kill of kills) kill()
          place.die()
        },
        rest: () => rests.forEach((listener) => void listener()),
        wake: () => wakes.forEach((listener) => void listener()),
      }
    },
  }
}
