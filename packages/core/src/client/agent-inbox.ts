import type { ConversationSummary } from '@chatdesk/protocol'
import { atom } from 'nanostores'
import type { Link } from '../connection/link.js'
import { quiet } from '../platform/deferred.js'
import { guard } from '../platform/emitter.js'
import { type InboxRows, mergeRows, sortRows } from '../state/inbox.js'

/** Rows asked for at once. */
const PAGE = 50

/** The inbox is ordered by it. */
const minuteOf = (row: ConversationSummary) => row.updatedAt.slice(0, 16)

/** The inbox of one agent, kept across connections. */
export function createAgentInbox(link: Pick<Link, 'request'>) {
  const $inbox = atom<readonly ConversationSummary[]>([])
  const $inboxState = atom({ loaded: false, hasMore: false })
  let rows: InboxRows = new Map()
  /** No page that was on its way brings one of them back. */
  const removed = new Set<string>()
  /** Where the oldest held page ends; null at the end of the inbox. */
  let nextCursor: string | null = null
  /** The latest minute of what the connection has told of; rows that came another way say nothing about the others. */
  let heardAt = ''
  /** The minute up to which the inbox is whole, while what came after it is being fetched. */
  let wholeAt: string | undefined
  let loadingMore: Promise<void> | undefined

  function take(incoming: readonly ConversationSummary[]): void {
    const merged = mergeRows(
      rows,
      incoming.filter(({ id }) => !removed.has(id)),
    )
    if (merged === rows) return
    rows = merged
    guard(() => $inbox.set(sortRows(rows)))
  }

  function hear(incoming: readonly ConversationSummary[]): void {
    for (const row of incoming) if (minuteOf(row) > heardAt) heardAt = minuteOf(row)
    take(incoming)
  }

  async function load(cursor: string | null) {
    const page = await link.request({ type: 'inbox.load', limit: PAGE, ...(cursor === null ? {} : { cursor }) })
    hear(page.conversations)
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
    changed: (row: ConversationSummary) => hear([row]),
    /** Rows that came another way. */
    take,
    /** A row that is there no more (I2). */
    removed(conversationId: string): void {
      removed.add(conversationId)
      if (!rows.has(conversationId)) return
      rows = new Map([...rows].filter(([id]) => id !== conversationId))
      guard(() => $inbox.set(sortRows(rows)))
    },
    /**
     * Brings the inbox up to date on a new connection. Rows come by the minute of their latest change, so the news ends
     * below the minute up to which the inbox was whole. A refresh that breaks off is taken up from there.
     */
    async refresh(): Promise<void> {
      if ($inboxState.value.loaded) wholeAt ??= heardAt
      const since = wholeAt
      let cursor: string | null = null
      let caughtUp = since === undefined
      do {
        const page = await load(cursor)
        caughtUp ||= page.conversations.some((row) => minuteOf(row) < (since as string))
        // What is older than that is held already, as far as it was loaded.
        cursor = caughtUp && since !== undefined ? nextCursor : page.nextCursor
      } while (!caughtUp && cursor !== null)
      wholeAt = undefined
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
