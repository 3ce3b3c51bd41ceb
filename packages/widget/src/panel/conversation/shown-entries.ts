/** Entries that the thread draws when it is pinned to its end. */
const SHORT = 60
/** Entries up to which a pinned thread may grow before it is shortened. */
const LONG = 120
/** Entries that "load earlier" brings. */
const PAGE = 50

/**
 * How many of a thread's oldest entries are not drawn, so that a long conversation costs no more than a short one.
 * Shortens only while the reader is at the end: nothing above may vanish under their eyes.
 */
export function hiddenEntries(hidden: number, length: number, pinned: boolean): number {
  if (pinned && length - hidden > LONG) return length - SHORT
  return Math.min(hidden, Math.max(0, length - SHORT))
}

/** The same, after one more page was asked for. */
export function revealPage(hidden: number): number {
  return Math.max(0, hidden - PAGE)
}
