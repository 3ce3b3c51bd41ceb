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
}

/** Listeners of one widget; one that throws is reported and stops none of the others. */
export interface WidgetEvents {
  on<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): Unsubscribe
  off<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): void
  emit<K extends keyof WidgetEventMap>(type: K, event: WidgetEventMap[K]): void
}

/** Tells a site owner on the console what went wrong, and why. */
export type Report = (message: string, cause?: unknown) => void

/** An empty set of listeners. */
export function createWidgetEvents(report: Report): WidgetEvents {
  let listeners: { type: string; listener: (event: never) => void }[] = []
  let ready = false
  const call = (type: string, listener: (event: never) => void, event: unknown): void => {
    try {
      listener(event as never)
    } catch (error) {
      report(`a listener of "${type}" failed`, error)
    }
  }
  const events: WidgetEvents = {
    on(type, listener) {
      listeners = [...listeners, { type, listener }]
      if (type === 'ready' && ready) call(type, listener, undefined)
      return () => events.off(type, listener)
    },
    off(type, listener) {
      listeners = listeners.filter((entry) => entry.type !== type || entry.listener !== listener)
    },
    emit(type, event) {
      ready ||= type === 'ready'
      for (const entry of listeners) if (entry.type === type) call(type, entry.listener, event)
    },
  }
  return events
}
