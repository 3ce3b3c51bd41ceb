import type { TimelineEntry } from '@chatdesk/core'

/** Key of the first of the newest `unread` messages of the other side. */
export function firstUnread(entries: readonly TimelineEntry[], unread: number): string | null {
  const theirs = entries.filter((entry) => entry.type === 'message' && !entry.own)
  return theirs[theirs.length - unread]?.key ?? null
}
