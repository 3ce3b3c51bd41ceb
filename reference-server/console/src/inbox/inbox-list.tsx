import { useStore } from '@nanostores/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useConsole } from '../client/console-services.js'
import { useShortcut } from '../shell/shortcuts.js'
import styles from './inbox.module.css'
import { INBOX_FILTERS, type InboxFilter, matchesFilter } from './inbox-filter.js'
import { InboxNotice } from './inbox-notice.js'
import { InboxRow } from './inbox-row.js'
import { ListSkeleton } from './list-skeleton.js'
import { LoadMore } from './load-more.js'

const FILTER_NAMES: Record<InboxFilter, string> = { open: 'Open', mine: 'Mine', resolved: 'Resolved' }

/** The conversations of the organization, live. */
export function InboxList({ selectedId }: { selectedId: string | undefined }) {
  const { client, current, $now } = useConsole()
  const inbox = useStore(client.$inbox)
  const { loaded, hasMore } = useStore(client.$inboxState)
  const now = useStore($now)
  const [filter, setFilter] = useState<InboxFilter>('open')
  const listRef = useRef<HTMLUListElement>(null)
  const selfId = current.member.id
  const rows = useMemo(() => inbox.filter((row) => matchesFilter(row, filter, selfId)), [inbox, filter, selfId])

  useRowKeys(listRef, selectedId)
  useReturnFocus(listRef, selectedId)

  return (
    <section className={styles.pane} aria-label="Conversations">
      <header className={styles.head}>
        <h2 className={styles.title}>Inbox</h2>
        <fieldset className={styles.filters} aria-label="Which conversations">
          {INBOX_FILTERS.map((name) => (
            <button key={name} type="button" aria-pressed={name === filter} onClick={() => setFilter(name)}>
              {FILTER_NAMES[name]}
            </button>
          ))}
        </fieldset>
      </header>
      <div className={styles.scroll}>
        {loaded ? (
          <>
            <ul ref={listRef} className={styles.list}>
              {rows.map((row) => (
                <InboxRow key={row.id} row={row} selected={row.id === selectedId} selfId={selfId} now={now} />
              ))}
            </ul>
            {hasMore && <LoadMore count={inbox.length} load={() => client.loadMoreInbox()} />}
            {rows.length === 0 && !hasMore && <InboxNotice filter={filter} />}
          </>
        ) : (
          <ListSkeleton />
        )}
      </div>
    </section>
  )
}

function linksOf(list: HTMLElement | null): HTMLAnchorElement[] {
  return [...(list?.querySelectorAll('a') ?? [])]
}

/** J, K and the arrows move the focus from row to row; Enter on a row is a link's own. */
function useRowKeys(listRef: React.RefObject<HTMLUListElement | null>, selectedId: string | undefined): void {
  useShortcut(['j', 'k', 'ArrowDown', 'ArrowUp'], ({ key }) => {
    const links = linksOf(listRef.current)
    const focused = links.findIndex((link) => link.matches(':focus'))
    const isArrow = key.startsWith('Arrow')
    // Arrows scroll whatever else has the focus.
    if (isArrow && focused < 0 && document.activeElement !== document.body) return false
    const from = focused >= 0 ? focused : links.findIndex((link) => link.dataset.id === selectedId)
    const step = key === 'ArrowUp' || key.toLowerCase() === 'k' ? -1 : 1
    const to = from < 0 ? 0 : Math.min(links.length - 1, Math.max(0, from + step))
    links[to]?.focus()
    return true
  })
}

/** Whoever comes back from a conversation stands on its row. */
function useReturnFocus(listRef: React.RefObject<HTMLUListElement | null>, selectedId: string | undefined): void {
  const before = useRef(selectedId)
  useEffect(() => {
    const left = before.current
    before.current = selectedId
    if (left === undefined || selectedId !== undefined) return
    linksOf(listRef.current)
      .find((link) => link.dataset.id === left)
      ?.focus()
  }, [listRef, selectedId])
}
