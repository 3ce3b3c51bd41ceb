import type { MessageGroup, ThreadRow } from '../conversation/thread-rows.js'

/** What the reader looks at, and where on the screen it stands. */
export interface Anchor {
  /** Last message of a group: whatever comes before it may join the group, and the day above it may go. */
  key: string
  /** Distance of the group's end from the upper edge of what scrolls, in pixels. */
  bottom: number
}

const groupsIn = (element: Element) => element.querySelectorAll('[data-own]')

const bottomOf = (element: Element, scroller: Element): number =>
  element.getBoundingClientRect().bottom - scroller.getBoundingClientRect().top

/**
 * The uppermost group in view.
 *
 * @param rows those that are drawn, or more that stand before them.
 */
export function readAnchor(scroller: Element, rows: readonly ThreadRow[]): Anchor | undefined {
  const groups = rows.filter((row): row is MessageGroup => row.kind === 'group')
  const drawn = [...groupsIn(scroller)]
  const first = drawn.findIndex((element) => bottomOf(element, scroller) > 0)
  const element = drawn[first]
  const message = groups[groups.length - drawn.length + first]?.messages.at(-1)
  return element && message && { key: message.key, bottom: bottomOf(element, scroller) }
}

/** Where the anchor's message stands now; -1 when it is gone. */
export function anchorIndex(rows: readonly ThreadRow[], { key }: Anchor): number {
  return rows.findIndex((row) => row.kind === 'group' && row.messages.some((message) => message.key === key))
}

/** How far the anchor has moved on the screen. */
export function anchorShift(scroller: Element, row: Element | null, { bottom }: Anchor): number {
  const group = row && groupsIn(row)[0]
  return group ? bottomOf(group, scroller) - bottom : 0
}
