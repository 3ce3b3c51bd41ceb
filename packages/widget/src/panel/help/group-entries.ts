import type { PublicEntry } from '@chatdesk/protocol'

/** Questions of one category. */
export interface EntryGroup {
  /** Empty: of none. */
  category: string
  entries: PublicEntry[]
}

/** By category, in the order in which they come; those of none at the end. */
export function groupEntries(entries: readonly PublicEntry[]): EntryGroup[] {
  const groups = new Map<string, PublicEntry[]>()
  for (const entry of entries) {
    const { category } = entry
    groups.set(category, [...(groups.get(category) ?? []), entry])
  }
  const named = [...groups].map(([category, entries]) => ({ category, entries }))
  return [...named.filter(({ category }) => category !== ''), ...named.filter(({ category }) => category === '')]
}
