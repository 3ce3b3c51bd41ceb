import type { ChatClient, Unsubscribe } from '@chatdesk/core'
import type { WidgetEventMap } from '../sdk/event-data.js'
import type { WidgetSlot } from './widget-slot.js'

/** What can be read, and listened to: each store of a client is. */
export interface Readable<T> {
  get(): T
  listen(listener: () => void): Unsubscribe
}

/** Chooses a store of a client. */
export type SelectStore<T> = (client: ChatClient) => Readable<T>

/** Does something with whatever stands in a slot, undone when it goes. */
function attach(slot: WidgetSlot, begin: () => Unsubscribe | undefined): Unsubscribe {
  let end = begin()
  const stop = slot.onChange(() => {
    end?.()
    end = begin()
  })
  return () => {
    stop()
    end?.()
  }
}

/** Told when the store of whichever client stands has changed, or the client. */
export function followStore<T>(slot: WidgetSlot, select: SelectStore<T>, listener: () => void): Unsubscribe {
  const stops = [
    attach(slot, () => {
      const client = slot.client()
      return client && select(client).listen(listener)
    }),
    slot.onChange(listener),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** What the store holds now; undefined without a client. */
export function readStore<T>(slot: WidgetSlot, select: SelectStore<T>): T | undefined {
  const client = slot.client()
  return client && select(client).get()
}

/** Listens to whichever widget stands. */
export function followEvent<K extends keyof WidgetEventMap>(
  slot: WidgetSlot,
  type: K,
  listener: (event: WidgetEventMap[K]) => void,
): Unsubscribe {
  return attach(slot, () => slot.widget()?.on(type, listener))
}
