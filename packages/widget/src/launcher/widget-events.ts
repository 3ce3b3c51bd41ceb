import type { Unsubscribe } from '@chatdesk/core'
import type { AnyEvent, EventData, WidgetEventMap } from '../sdk/event-data.js'
import type { Gate } from '../sdk/interceptors.js'

/** Listeners of one widget. Each is called in a turn of its own: one that throws stops nobody, and its error is the page's. */
export interface WidgetEvents {
  on<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): Unsubscribe
  /** Told the next time only. */
  once<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): Unsubscribe
  off<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): void
  /** Resolves once the launcher stands. */
  ready(listener?: () => void): Promise<unknown>
  /** Everybody who listens. */
  all: [type: string, listener: (event: never) => void][]
  /** What the page has to say before something happens; absent as long as it says nothing. */
  gate?: Gate
  emit(type: 'ready' | 'open' | 'close' | 'show' | 'hide' | 'popout'): void
  emit(type: '*', event: AnyEvent): void
  emit<K extends keyof EventData>(type: K, data: EventData[K]): void
}

/** Tells a site owner on the console what went wrong, and why. */
export type Report = (message: string, cause?: unknown) => void

/** An empty set of listeners. */
export function createWidgetEvents(): WidgetEvents {
  let ready = false
  const events: WidgetEvents = {
    all: [],
    on(type, listener) {
      events.all.push([type, listener])
      if (ready && type === 'ready') queueMicrotask(listener as () => void)
      return () => events.off(type, listener)
    },
    once(type, listener) {
      const off = events.on(type, (event) => {
        off()
        listener(event)
      })
      return off
    },
    off(type, listener) {
      events.all = events.all.filter((entry) => entry[0] !== type || entry[1] !== listener)
    },
    ready: (listener) => new Promise<undefined>((resolve) => events.on('ready', resolve)).then(listener),
    emit(type: string, event?: unknown) {
      ready ||= type === 'ready'
      for (const [wanted, listener] of events.all) {
        if (wanted === type) queueMicrotask(() => listener(event as never))
      }
    },
  }
  return events
}
