import type { KeyValueStorage, TransportFactory } from '@chatdesk/core'
import type { NodeBackend } from './model/backend.js'
import type { LogStore } from './model/log-store.js'
import type { World } from './world.js'

/** A part of the delivery with one of its guards taken away. */
export interface Mutant {
  store?: typeof LogStore
  backend?: (backend: NodeBackend) => NodeBackend
  transport?: (factory: TransportFactory) => TransportFactory
  storage?: (storage: KeyValueStorage, world: World) => KeyValueStorage
}
