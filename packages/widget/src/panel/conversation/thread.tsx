import type { MessageView, TimelineEntry } from '@chatdesk/core'
import { Component, createRef, type TargetedEvent } from 'preact'
import { isPageVisible } from '../../launcher/host-page.js'
import { part } from '../anatomy.js'
import { authorName } from '../frame/author-look.js'
import { Avatar } from '../frame/avatar.js'
import type { FullPanelProps } from '../full-panel.js'
import { firstUnread } from './first-unread.js'
import { MessageGroupRow } from './message-group.js'
import { MessageText } from './message-text.js'
import { createPinnedScroll } from './pinned-scroll.js'
import { LONG } from './shown-entries.js'
import { type ThreadRow, threadRows } from './thread-rows.js'

function Row({ panel, row }: FullPanelProps & { row: ThreadRow }) {
  const { texts, time, extras } = panel
  switch (row.kind) {
    case 'day':
      return <p {...part('day')}>{time.day(row.day)}</p>
    case 'new':
      return <p {...part('new-divider')}>{texts.newMessages}</p>
    case 'change':
      return extras && <extras.ChangeLine panel={panel} row={row} />
    case 'group':
      return <MessageGroupRow panel={panel} group={row} />
  }
}

function Greeting({ panel }: FullPanelProps) {
  return (
    <div {...part('greeting')} class="group greeting">
      <Avatar panel={panel} name={panel.team || panel.texts.titleFallback} />
      <div class="bubbles">
        <div {...part('bubble')}>
          <MessageText panel={panel} message={{ own: false, parts: [{ type: 'text', text: panel.greeting }] }} />
        </div>
      </div>
    </div>
  )
}

const isOwn = (entry: TimelineEntry): entry is MessageView => entry.type === 'message' && entry.own

/** The conversation: what was said, who types, and the way back to the newest. */
export class Thread extends Component<FullPanelProps, { loading: boolean }> {
  override state = { loading: false }
  private readonly scroller = createRef<HTMLDivElement>()
  private readonly scroll = createPinnedScroll(() => this.forceUpdate())
  private firstKey: string | undefined
  private ownLast: string | undefined
  /** What drew the messages that were there before: they are not read out, neither when they come nor when they are drawn anew. */
  private heard: unknown
  /** Key of the message before which the divider stands, also for a while after it was read. */
  private newFrom: string | null = null

  override componentDidMount(): void {
    this.scroll.attach(this.scroller.current as HTMLElement)
    this.componentDidUpdate()
  }

  override componentDidUpdate(): void {
    const { client, rich, extras } = this.props.panel
    this.scroll.drawn(this.firstKey, this.ownLast)
    if (client.$conversation.get().synced) this.heard = rich ?? extras
    this.read()
  }

  override componentWillUnmount(): void {
    this.scroll.stop()
  }

  /** Marks as read what is in view, and remembers where the unread part began. */
  private read(): void {
    const { client, open } = this.props.panel
    const count = client.$unreadCount.get()
    if (count === 0) return
    const reading = open && this.scroll.atEnd && isPageVisible()
    // One message that arrives under their eyes needs no divider.
    if (this.newFrom === null && !(reading && count === 1)) {
      this.newFrom = firstUnread(client.$timeline.get(), count)
      this.forceUpdate()
    }
    if (reading) client.markRead()
  }

  private readonly loadEarlier = async (): Promise<void> => {
    const { client } = this.props.panel
    if (this.state.loading || !client.$conversation.get().hasOlder) return
    this.setState({ loading: true })
    try {
      await client.loadOlder()
    } catch {
      // The banner says what is wrong; the button stays.
    } finally {
      this.setState({ loading: false })
    }
  }

  // The browser tells of a scroll a little later: by then a view may stand in the thread's place.
  private readonly onScroll = ({ currentTarget }: TargetedEvent<HTMLDivElement>): void => {
    const wasAtEnd = this.scroll.atEnd
    this.scroll.onScroll()
    // Not on one leap from the end, as when the button above takes the focus: it would be gone before it is pressed.
    if (!wasAtEnd && currentTarget.scrollTop < 80) void this.loadEarlier()
  }

  override render() {
    const { panel } = this.props
    const { client, texts, extras, open, long } = panel
    const { loading } = this.state
    const { atEnd } = this.scroll
    const timeline = client.$timeline.get()
    const unread = client.$unreadCount.get()
    const ownLast = [...timeline].reverse().find(isOwn)?.key
    // Whoever answers, or closes what they have read, has no need of the divider.
    if (ownLast !== this.ownLast || (!open && unread === 0)) this.newFrom = null
    this.ownLast = ownLast
    const shown = long ? timeline : timeline.slice(-LONG)
    // Many rows keep their place by themselves.
    if (!long) this.firstKey = shown[0]?.key
    const draw = (row: ThreadRow) => <Row key={row.key} panel={panel} row={row} />
    const connecting = client.$connection.get().status === 'connecting'

    return (
      <div class="thread-frame">
        <div
          {...part('thread')}
          ref={this.scroller}
          role="log"
          aria-label={texts.conversationLabel}
          aria-busy={loading}
          aria-live={this.heard === (panel.rich ?? extras) ? undefined : 'off'}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          onScroll={this.onScroll}
        >
          <div class="rows">
            {shown.length < timeline.length || client.$conversation.get().hasOlder
              ? extras && <extras.EarlierButton panel={panel} loading={loading} onClick={this.loadEarlier} />
              : panel.greeting && <Greeting panel={panel} />}
            {extras && connecting && !client.$conversation.get().synced && <extras.Skeleton />}
            {long
              ? long.drawLongRows(timeline, this.newFrom, threadRows, draw, this.scroller)
              : threadRows(shown, this.newFrom).map(draw)}
            {extras && <extras.ThreadEnd panel={panel} Avatar={Avatar} nameOf={authorName} />}
          </div>
        </div>
        {extras && !atEnd && <extras.JumpButton panel={panel} unread={unread} onClick={this.scroll.jumpToEnd} />}
      </div>
    )
  }
}
