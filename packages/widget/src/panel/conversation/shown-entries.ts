/** Entries that the thread draws of a conversation that is too long to be drawn whole. */
const SHORT = 60
/** Entries up to which a thread is drawn whole. */
export const LONG = 120

/**
 * How many of a thread's oldest entries are not drawn until the chunk is there that draws only what is in view.
 * Shortens only while the reader is at the end: nothing above may vanish under their eyes.
 */
export function hiddenEntries(hidden: number, length: number, pinned: boolean): number {
  if (pinned && length - hidden > LONG) return length - SHORT
  return Math.min(hidden, Math.max(0, length - SHORT))
}
