import type { Clock, KeyValueStorage, TransportFactory, WakeSignals } from '@chatdesk/core'
import { pollingTransport } from '@chatdesk/transports/polling'
import { socketIoTransport } from '@chatdesk/transports/socket-io'
import { sseTransport } from '@chatdesk/transports/sse'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import type { Ledger } from '../model/ledger.js'
import type { LogStore } from '../model/log-store.js'
import type { Network } from '../network/network.js'
import type { Disk } from '../platform/disk.js'
import { simulatedFetch } from '../platform/simulated-fetch.js'
import { simulatedSocketIo } from '../platform/simulated-socket-io.js'
import { simulatedWebSocket } from '../platform/simulated-web-socket.js'
import { Host, type World } from '../world.js'
import { createPageSignals, type PageSignals } from './wake-signals.js'

/** The transports that can be simulated: the real drivers over a platform of ours. */
const TRANSPORTS = {
  websocket: (network: Network, page: Host) => webSocketTransport({ WebSocket: simulatedWebSocket(network, page) }),
  'socket-io': (network: Network, page: Host) => socketIoTransport({ io: simulatedSocketIo(network, page) }),
  sse: (network: Network, page: Host) => sseTransport({ fetch: simulatedFetch(network, page) }),
  polling: (network: Network, page: Host) => pollingTransport({ fetch: simulatedFetch(network, page) }),
} satisfies Record<string, (network: Network, page: Host) => TransportFactory>

export type TransportName = keyof typeof TRANSPORTS

/** What a visitor's client is given, in order of preference: one transport, or all of them to fall back on. */
export const TRANSPORT_SETS = {
  websocket: ['websocket'],
  'socket-io': ['socket-io'],
  sse: ['sse'],
  polling: ['polling'],
  fallback: ['websocket', 'sse', 'polling', 'socket-io'],
} as const satisfies Record<string, readonly TransportName[]>

/** The name of one. */
export type TransportSet = keyof typeof TRANSPORT_SETS

/** All of them. */
export const TRANSPORT_SET_NAMES = Object.keys(TRANSPORT_SETS) as TransportSet[]

/** What every page needs of its surroundings. */
export interface Surroundings {
  world: World
  network: Network
  ledger: Ledger
  store: LogStore
  transports: readonly TransportName[]
  wrapTransport: (factory: TransportFactory) => TransportFactory
  wrapStorage: (storage: KeyValueStorage) => KeyValueStorage
}

/** One load of a page: what its client is given, and what can be done to it. */
export interface PagePlatform extends Pick<PageSignals, 'wake' | 'rest'> {
  readonly host: Host
  readonly options: {
    url: string
    clock: Clock
    random: () => number
    generateId: () => string
    transports: readonly TransportFactory[]
    fetch: typeof globalThis.fetch
    storage: KeyValueStorage
    wakeSignals: WakeSignals
  }
}

/** Loads a page in a tab of a device. */
export function loadPage(around: Surroundings, name: string, disk: Disk, before: Host | undefined): PagePlatform {
  const { world, network, ledger, transports, wrapTransport, wrapStorage } = around
  const host = new Host(world, name)
  if (before) {
    network.inherit(before, host)
    host.skewMs = before.skewMs
  }
  const random = world.random.fork()
  const { signals, wake, rest } = createPageSignals()
  return {
    host,
    wake,
    rest,
    options: {
      url: 'https://chat.example',
      clock: host.clock,
      random: random.next,
      generateId: world.id.bind(world),
      transports: transports.map((transport) => wrapTransport(TRANSPORTS[transport](network, host))),
      fetch: simulatedFetch(network, host),
      storage: witness(wrapStorage(disk.openFor(host)), ledger),
      wakeSignals: signals,
    },
  }
}

/** Takes down what the client is told to be on disk. */
function witness(storage: KeyValueStorage, ledger: Ledger): KeyValueStorage {
  return {
    ...storage,
    async set(key, value) {
      await storage.set(key, value)
      for (const text of ledger.textsIn(value)) ledger.keep(text)
    },
  }
}
