import type { MessageView, Unsubscribe } from '@chatdesk/core'

/** What a widget tells the page around it. */
export interface WidgetEventMap {
  /** The launcher stands. Who listens later hears it at once. */
  ready: undefined
  open: undefined
  close: undefined
  /** A message of the other side arrived live, or one's own was confirmed. */
  message: MessageView
  unread: { count: number }
  /** The page has tracked something: rules may wait for it. */
  track: { name: string }
  'proactive:shown': { ruleId: string }
  'proactive:clicked': { ruleId: string }
  'proactive:dismissed': { ruleId: string }
}

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
  emit(type: 'ready' | 'open' | 'close'): void
  emit<K extends keyof WidgetEventMap>(type: K, event: WidgetEventMap[K]): void
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
