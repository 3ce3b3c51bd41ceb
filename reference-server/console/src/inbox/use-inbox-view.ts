import { isInView } from '@chatdesk/core/agent'
import { type ConversationSummary, type InboxView, queueRank } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useConsole } from '../client/console-services.js'
import type { InboxChoice } from './inbox-choice.js'

const MINUTE = 60_000

/** How far a view has been fetched. */
interface Reached {
  key: string
  /** Of the next page; null at the end. */
  cursor: string | null
  /** The place of the last row that was fetched: behind it rows may be missing. */
  edge: number
}

/** A view, live: what was fetched of it, and every row that the inbox hears of. */
export interface ShownView {
  rows: readonly ConversationSummary[]
  hasMore: boolean
  loadMore(): Promise<void>
}

/** By what a view is ordered, the smallest first: the queue as it is served (L1), and all else by what changed last. */
function placeOf(row: ConversationSummary, view: InboxView): number {
  return view === 'waiting' ? (queueRank(row) ?? 0) : -Date.parse(row.updatedAt)
}

function compare(view: InboxView): (a: ConversationSummary, b: ConversationSummary) => number {
  const sign = view === 'waiting' ? 1 : -1
  return (a, b) => placeOf(a, view) - placeOf(b, view) || (a.id < b.id ? -sign : sign)
}

/** Follows one view. */
export function useInboxView({ view, filter }: InboxChoice): ShownView {
  const { client, admin, current, $now } = useConsole()
  const known = useStore(client.$inbox)
  const { loaded } = useStore(client.$inboxState)
  const now = useStore($now)
  const [reached, setReached] = useState<Reached>()
  const key = JSON.stringify([view, filter])
  const here = reached?.key === key ? reached : undefined
  const selfId = current.member.id

  const load = useCallback(
    async (cursor: string | null) => {
      const page = await admin.inbox.page({ view, filter, cursor })
      client.takeRows(page.conversations)
      const last = [...page.conversations].sort(compare(view)).at(-1)
      return { key, cursor: page.nextCursor, edge: last ? placeOf(last, view) : Number.POSITIVE_INFINITY }
    },
    [admin, client, view, filter, key],
  )

  // Once the inbox is heard, nothing happens unheard. What wakes by itself at its time was perhaps never fetched: so the first page again with each minute.
  const minute = Math.floor(now / MINUTE)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each minute fetches anew
  useEffect(() => {
    if (!loaded) return
    let wanted = true
    load(null).then(
      (first) => wanted && setReached((before) => (before?.key === first.key ? before : first)),
      // The end of the list offers another try.
      () => {},
    )
    return () => {
      wanted = false
    }
  }, [load, loaded, minute])

  const rows = useMemo(() => {
    const isWhole = (row: ConversationSummary) => {
      return !here || here.cursor === null || placeOf(row, view) <= here.edge
    }
    return known.filter((row) => isInView(row, view, filter, { selfId, now }) && isWhole(row)).sort(compare(view))
  }, [known, here, view, filter, selfId, now])

  const next = here?.cursor ?? null
  return {
    rows,
    hasMore: here === undefined || next !== null,
    loadMore: useCallback(async () => setReached(await load(next)), [load, next]),
  }
}
