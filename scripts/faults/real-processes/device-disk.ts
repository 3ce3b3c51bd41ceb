import { setTimeout as pause } from 'node:timers/promises'
import type { KeyValueStorage } from '@chatdesk/core'
import type { Ledger } from '../../../packages/sim/src/model/ledger.js'
import type { PageLife } from './page-life.js'

/** How long one access takes, in milliseconds. */
const ACCESS_MS = 3

/** A device's storage: it outlives pages. What a page writes is not there yet when the page is gone a moment later. */
export class DeviceDisk {
  readonly #values = new Map<string, string>()

  constructor(private readonly ledger: Ledger) {}

  /** The storage as one load of a page has it. */
  openFor(life: PageLife): KeyValueStorage {
    const access = <T>(run: () => T): Promise<T> =>
      life.hear(
        pause(ACCESS_MS).then(() => {
          if (life.isOver) throw new Error('nobody hears of it')
          return run()
        }),
      )
    return {
      get: (key) => access(() => this.#values.get(key) ?? null),
      remove: (key) => access(() => void this.#values.delete(key)),
      set: (key, value) =>
        access(() => {
          this.#values.set(key, value)
          for (const text of this.ledger.textsIn(value)) this.ledger.keep(text)
        }),
    }
  }
}
