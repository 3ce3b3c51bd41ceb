import type { ConversationSummary } from '@chatdesk/protocol'
import { atom } from 'nanostores'
import type { Link } from '../connection/link.js'
import { quiet } from '../platform/deferred.js'
import { guard } from '../platform/emitter.js'
import { type InboxRows, mergeRows, sortRows } from '../state/inbox.js'

/** Rows asked for at once. */
const PAGE = 50

/** The inbox of one agent, kept across connections. */
export function createAgentInbox(link: Pick<Link, 'request'>) {
  const $inbox = atom<readonly ConversationSummary[]>([])
  const $inboxState = atom({ loaded: false, hasMore: false })
  let rows: InboxRows = new Map()
  /** Where the oldest held page ends; null at the end of the inbox. */
  let nextCursor: string | null = null
  let loadingMore: Promise<void> | undefined

  function take(incoming: readonly ConversationSummary[]): void {
    const merged = mergeRows(rows, incoming)
    if (merged === rows) return
    rows = merged
    guard(() => $inbox.set(sortRows(rows)))
  }

  async function load(cursor: string | null) {
    const page = await link.request({ type: 'inbox.load', limit: PAGE, ...(cursor === null ? {} : { cursor }) })
    take(page.conversations)
    return page
  }

  function reached(cursor: string | null): void {
    nextCursor = cursor
    guard(() => $inboxState.set({ loaded: true, hasMore: cursor !== null }))
  }

  async function loadMore(): Promise<void> {
    if (nextCursor !== null) reached((await load(nextCursor)).nextCursor)
  }

  return {
    $inbox,
    $inboxState,
    /** A row that changed. */
    changed: (row: ConversationSummary) => take([row]),
    /**
     * Brings the inbox up to date on a new connection. Rows come by their latest change, so the first row that has not
     * changed ends the news, and what is older is held already.
     */
    async refresh(): Promise<void> {
      const held = rows
      let cursor: string | null = null
      do {
        const page = await load(cursor)
        if (page.conversations.some((row) => held.get(row.id)?.version === row.version)) return reached(nextCursor)
        cursor = page.nextCursor
      } while (held.size > 0 && cursor !== null)
      reached(cursor)
    },
    loadMore(): Promise<void> {
      loadingMore ??= loadMore().finally(() => {
        loadingMore = undefined
      })
      return quiet(loadingMore)
    },
  }
}
