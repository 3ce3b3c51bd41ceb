import type { ChatClient, Unsubscribe } from '@chatdesk/core'
import type { MountOptions, WidgetHandle } from '../mount/mount-widget.js'
import { consentGiven, liveChanges, needsAnother } from './compare-options.js'

/**
 * Where an app keeps its widget, whose own parts come and go, and draw themselves again with new options: what React,
 * Vue and `<chat-desk>` have in common. Touches nothing of a page, so that a server may make one.
 */
export interface WidgetSlot {
  /** The widget that stands; undefined on a server, and before the first `show`. */
  widget(): WidgetHandle | undefined
  /** The client that was given, or that of the widget. */
  client(): ChatClient | undefined
  /** Resolves with the widget as soon as one stands. */
  whenShown(): Promise<WidgetHandle>
  /** Told when a widget has come, or gone. */
  onChange(listener: () => void): Unsubscribe
  /**
   * Mounts a widget, changes the one that stands, or puts another in its place, whichever the options ask for.
   *
   * @param mount `mountWidget`; given, so that a chat of one's own need not carry the widget.
   */
  show(mount: (options: MountOptions) => WidgetHandle, options: MountOptions): void
  /** Takes the widget off the page. */
  hide(): void
}

/**
 * An empty slot.
 *
 * @param own the client of a chat of one's own, in place of a widget's.
 */
export function createWidgetSlot(own?: ChatClient): WidgetSlot {
  let widget: WidgetHandle | undefined
  let options: MountOptions | undefined
  const listeners = new Set<() => void>()

  function put(next: WidgetHandle | undefined): void {
    widget = next
    for (const listener of [...listeners]) listener()
  }
  const slot: WidgetSlot = {
    widget: () => widget,
    client: () => own ?? widget?.client,
    whenShown: () =>
      new Promise((resolve) => {
        if (widget) return resolve(widget)
        const stop = slot.onChange(() => {
          if (!widget) return
          stop()
          resolve(widget)
        })
      }),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    show(mount, next) {
      const before = options
      options = next
      if (widget && before && !needsAnother(before, next)) {
        const changes = liveChanges(before, next)
        if (Object.keys(changes).length > 0) void widget.run('update', [changes])
        const granted = consentGiven(before, next)
        if (granted !== undefined) void widget.consent(granted)
        return
      }
      widget?.unmount()
      // A function that is written in a component is another one each time: the newest is asked.
      const user = () => (typeof options?.user === 'function' ? options.user() : options?.user)
      put(mount({ ...next, user: next.user && user }))
    },
    hide() {
      if (!widget) return
      widget.unmount()
      put(undefined)
    },
  }
  return slot
}
