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

type Listener = (event: never) => void

/** Listeners of one widget; one that throws is reported and stops none of the others. */
export interface WidgetEvents {
  on<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): Unsubscribe
  off<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): void
  emit<K extends keyof WidgetEventMap>(type: K, event: WidgetEventMap[K]): void
}

/** An empty set of listeners. */
export function createWidgetEvents(report: (message: string, cause: unknown) => void): WidgetEvents {
  const listeners = new Map<string, Set<Listener>>()
  let ready = false
  const call = (type: string, listener: Listener, event: unknown): void => {
    try {
      listener(event as never)
    } catch (error) {
      report(`a listener of "${type}" failed`, error)
    }
  }
  return {
    on(type, listener) {
      if (!listeners.has(type)) listeners.set(type, new Set())
      listeners.get(type)?.add(listener)
      if (type === 'ready' && ready) call(type, listener, undefined)
      return () => listeners.get(type)?.delete(listener)
    },
    off(type, listener) {
      listeners.get(type)?.delete(listener)
    },
    emit(type, event) {
      if (type === 'ready') ready = true
      for (const listener of [...(listeners.get(type) ?? [])]) call(type, listener, event)
    },
  }
}
