import type { TimelineEntry } from '@chatdesk/core'
import { useRef, useState } from 'preact/hooks'
import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { Avatar } from '../frame/avatar.js'
import { Icon } from '../icon.js'
import { usePanel } from '../panel-environment.js'
import { useStore } from '../use-store.js'
import { MessageGroupRow } from './message-group.js'
import { hiddenEntries, revealPage } from './shown-entries.js'
import { type ThreadRow, threadRows } from './thread-rows.js'
import { TypingIndicator } from './typing-indicator.js'
import { usePinnedScroll } from './use-pinned-scroll.js'
import { useUnread } from './use-unread.js'

function Row({ row }: { row: ThreadRow }) {
  const { texts, time } = usePanel()
  switch (row.kind) {
    case 'day':
      return <p {...part('day')}>{time.day(row.day)}</p>
    case 'new':
      return <p {...part('new-divider')}>{texts.newMessages}</p>
    case 'change':
      return (
        <p {...part('change')}>{formatText(texts[row.text.key], { name: row.text.name || texts.agentFallback })}</p>
      )
    case 'group':
      return <MessageGroupRow group={row} />
  }
}

function Greeting() {
  const { $appearance, texts } = usePanel()
  const { name, greeting } = useStore($appearance)
  if (!greeting) return null
  return (
    <div {...part('greeting')} class="group greeting">
      <Avatar name={name || texts.titleFallback} />
      <div class="bubbles">
        <div {...part('bubble')}>
          <p dir="auto">{greeting}</p>
        </div>
      </div>
    </div>
  )
}

function lastOwn(timeline: readonly TimelineEntry[]): string | undefined {
  for (let index = timeline.length - 1; index >= 0; index--) {
    const entry = timeline[index]
    if (entry?.type === 'message' && entry.own) return entry.key
  }
  return undefined
}

/** The conversation: what was said, who types, and the way back to the newest. */
export function Thread() {
  const { client, texts } = usePanel()
  const timeline = useStore(client.$timeline)
  const conversation = useStore(client.$conversation)
  const connection = useStore(client.$connection)
  const scroller = useRef<HTMLDivElement>(null)
  const hidden = useRef(0)
  const [loading, setLoading] = useState(false)

  const ownLast = lastOwn(timeline)
  const pinnedBefore = useRef(true)
  hidden.current = hiddenEntries(hidden.current, timeline.length, pinnedBefore.current)
  const shown = timeline.slice(hidden.current)
  const scroll = usePinnedScroll(scroller, shown[0]?.key, ownLast)
  pinnedBefore.current = scroll.atEnd
  const { count, newFrom } = useUnread(timeline, scroll.atEnd, ownLast)
  const hasEarlier = hidden.current > 0 || conversation.hasOlder

  const loadEarlier = async () => {
    if (loading || !hasEarlier) return
    // Someone who asks for earlier messages reads those, not the end.
    pinnedBefore.current = false
    setLoading(true)
    try {
      if (hidden.current > 0) hidden.current = revealPage(hidden.current)
      else await client.loadOlder()
    } catch {
      // The banner says what is wrong; the button stays.
    } finally {
      setLoading(false)
    }
  }
  const onScroll = () => {
    scroll.onScroll()
    if (scroller.current && scroller.current.scrollTop < 80 && !scroll.atEnd) void loadEarlier()
  }

  return (
    <div class="thread-frame">
      <div
        {...part('thread')}
        ref={scroller}
        role="log"
        aria-label={texts.conversationLabel}
        aria-busy={loading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <div class="rows">
          {hasEarlier ? (
            <button {...part('load-earlier')} type="button" disabled={loading} onClick={() => void loadEarlier()}>
              {loading ? texts.loadingEarlier : texts.loadEarlier}
            </button>
          ) : (
            <Greeting />
          )}
          {!conversation.synced && connection.status === 'connecting' && (
            <div class="skeleton" aria-hidden="true">
              <i />
              <i />
              <i />
            </div>
          )}
          {threadRows(shown, newFrom).map((row) => (
            <Row key={row.key} row={row} />
          ))}
          <TypingIndicator />
        </div>
      </div>
      {!scroll.atEnd && (
        <button
          {...part('jump')}
          type="button"
          onClick={scroll.jumpToEnd}
          aria-label={count ? undefined : texts.jumpToNewest}
        >
          {count > 0 && (count === 1 ? texts.unreadOne : formatText(texts.unreadMany, { count }))}
          <Icon name="down" size={16} />
        </button>
      )}
    </div>
  )
}
