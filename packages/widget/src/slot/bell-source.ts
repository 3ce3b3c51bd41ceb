import { followStore, type Readable, readStore, type SelectStore } from './follow.js'
import type { WidgetSlot } from './widget-slot.js'

/** What a bell rings for. */
export interface BellSource {
  /** Messages that the visitor has not read. */
  readonly unread: Readable<number>
  /** Opens the panel. */
  open(): void
}

const unreadCount: SelectStore<number> = ({ $unreadCount }) => $unreadCount

/** Rings for whichever widget stands in a slot, and for none until one does. */
export function bellSource(slot: WidgetSlot): BellSource {
  return {
    unread: {
      get: () => readStore(slot, unreadCount) ?? 0,
      listen: (listener) => followStore(slot, unreadCount, listener),
    },
    open: () => void slot.whenShown().then((widget) => widget.open()),
  }
}
