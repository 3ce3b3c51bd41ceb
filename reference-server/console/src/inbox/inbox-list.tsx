import { TextInput } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { mayWrite, useConsole } from '../client/console-services.js'
import { useShortcut } from '../shell/shortcuts.js'
import { BulkBar } from './bulk-bar.js'
import { FilterMenu } from './filter-menu.js'
import styles from './inbox.module.css'
import { InboxNotice } from './inbox-notice.js'
import { InboxRow } from './inbox-row.js'
import { ListSkeleton } from './list-skeleton.js'
import { LoadMore } from './load-more.js'
import { SearchResults } from './search-results.js'
import { useInboxCounts } from './use-inbox-counts.js'
import { useInboxView } from './use-inbox-view.js'
import { type Selection, useSelection } from './use-selection.js'
import { useTagNames } from './use-tag-names.js'
import { ViewTabs } from './view-tabs.js'

/** The conversations of the organization: a view of them, live, or what a search finds. */
export function InboxList({ selectedId }: { selectedId: string | undefined }) {
  const { client, current, $now, $inboxChoice, $mentions } = useConsole()
  const { loaded } = useStore(client.$inboxState)
  const now = useStore($now)
  const choice = useStore($inboxChoice)
  const mentions = useStore($mentions)
  const [sought, setSought] = useState('')
  const searchRef = useRef<HTMLInputElement>(null)
  const scrollRef = useRef<HTMLDivElement>(null)
  const { rows, hasMore, loadMore } = useInboxView(choice)
  const selection = useSelection(rows)
  const { counts, refresh } = useInboxCounts()
  const tagNames = useTagNames(rows)
  const q = sought.trim()
  const isFiltered = Object.keys(choice.filter).length > 0
  const writes = mayWrite(current)

  useRowKeys(scrollRef, selectedId)
  useReturnFocus(scrollRef, selectedId)
  useShortcut(['/'], () => {
    searchRef.current?.focus()
    return searchRef.current !== null
  })
  // What a search finds cannot be selected: its rows stand for others that are not seen.
  useShortcut(['x'], () => writes && q === '' && toggleFocused(scrollRef.current, selection))

  return (
    <section className={styles.pane} aria-label="Conversations">
      <header className={styles.head}>
        <h2 className={styles.title}>Inbox</h2>
        <div className={styles.tools}>
          <TextInput
            ref={searchRef}
            type="search"
            size="sm"
            className={styles.search}
            aria-label="Search conversations"
            placeholder="Search"
            maxLength={200}
            leftSection={<Search size={16} strokeWidth={1.75} aria-hidden />}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.stopPropagation()
              setSought('')
              event.currentTarget.blur()
            }}
          />
          <FilterMenu filter={choice.filter} onChange={(filter) => $inboxChoice.set({ ...choice, filter })} />
        </div>
        <ViewTabs
          view={choice.view}
          counts={counts}
          onChoose={(view) => {
            setSought('')
            $inboxChoice.set({ ...choice, view })
          }}
        />
      </header>
      <div ref={scrollRef} className={styles.scroll}>
        {q !== '' ? (
          <SearchResults q={q} now={now} />
        ) : loaded ? (
          <>
            <ul className={styles.list} data-selecting={selection.ids.length > 0 || undefined}>
              {rows.map((row) => (
                <InboxRow
                  key={row.id}
                  row={row}
                  current={row.id === selectedId}
                  selfId={current.member.id}
                  mentioned={mentions.has(row.id)}
                  tagNames={tagNames}
                  checked={writes ? selection.ids.includes(row.id) : undefined}
                  onToggle={selection.toggle}
                  now={now}
                />
              ))}
            </ul>
            {hasMore && <LoadMore key={JSON.stringify(choice)} count={rows.length} load={loadMore} />}
            {rows.length === 0 && !hasMore && <InboxNotice view={choice.view} isFiltered={isFiltered} />}
          </>
        ) : (
          <ListSkeleton />
        )}
      </div>
      {selection.ids.length > 0 && q === '' && (
        <BulkBar ids={selection.ids} onClear={selection.clear} onChanged={refresh} />
      )}
    </section>
  )
}

function linksOf(list: HTMLElement | null): HTMLAnchorElement[] {
  return [...(list?.querySelectorAll('a') ?? [])]
}

function toggleFocused(list: HTMLElement | null, selection: Selection): boolean {
  const id = linksOf(list).find((link) => link.matches(':focus'))?.dataset.id
  if (id !== undefined) selection.toggle(id, false)
  return id !== undefined
}

/** J, K and the arrows move the focus from row to row; Enter on a row is a link's own. */
function useRowKeys(listRef: React.RefObject<HTMLElement | null>, selectedId: string | undefined): void {
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
function useReturnFocus(listRef: React.RefObject<HTMLElement | null>, selectedId: string | undefined): void {
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
