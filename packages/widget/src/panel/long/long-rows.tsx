import type { TimelineEntry } from '@chatdesk/core'
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type Range,
  type VirtualItem,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core'
import { Component, type ComponentChild, createRef, type RefObject } from 'preact'
import { afterDrawing } from '../after-drawing.js'
import type { ThreadRow, threadRows } from '../conversation/thread-rows.js'
import { type Anchor, anchorIndex, anchorShift, readAnchor } from './anchor.js'
import { createGrownRows, type GrownRows } from './grown-rows.js'

/** Height of a row that was never drawn, in pixels. */
const GUESS = 80
/** Between two rows, in pixels, as the style sheet has it. */
const GAP = 16
/** Rows that are drawn beyond either edge. */
const BEYOND = 1
/** How close to the end is at the end, in pixels: no more than positions are rounded by. */
const NEAR_END = 2

interface LongRowsProps {
  rows: readonly ThreadRow[]
  draw(row: ThreadRow): ComponentChild
  scroller: RefObject<HTMLElement>
  /** What was read when all rows were still drawn. */
  before: Anchor | undefined
}

/**
 * Rows of a thread, of which those are drawn that are in view, the newest, and the one that has the focus. What is read
 * stays in its place when something is put before it, or a row above it turns out to be higher than was thought.
 */
class LongRows extends Component<LongRowsProps> {
  private readonly box = createRef<HTMLDivElement>()
  private rows: readonly ThreadRow[] = []
  private drawn: readonly VirtualItem[] = []
  private anchor = this.props.before
  /** The newest is in view: it stays there whatever grows. */
  private atEnd = false
  /** What stands above the rows, in pixels. */
  private margin = 0
  /** Key of the row that has the focus. */
  private focused: string | undefined
  /** Rows are put into the log by scrolling, too: what is said aloud is what comes as the newest. */
  private settled = false
  /** Another function only where a key is another one: the virtualizer goes over all rows for it. */
  private keyOf = (index: number): string => this.rows[index]?.key ?? ''
  private readonly virtualizer = new Virtualizer<HTMLElement, HTMLElement>(this.layout())
  private readonly release = this.virtualizer._didMount()

  private layout(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const { rows } = this
    const scroller = this.props.scroller.current as HTMLElement | null
    return {
      count: rows.length,
      getItemKey: this.keyOf,
      estimateSize: () => GUESS,
      overscan: BEYOND,
      scrollMargin: this.margin,
      initialRect: { width: 0, height: scroller?.clientHeight ?? 0 },
      getScrollElement: () => this.props.scroller.current,
      rangeExtractor: (range) => this.indexes(range),
      // A hidden panel has no height, and says nothing about what is in it. Shown again, it is where it was, in silence.
      observeElementRect: (virtualizer, tell) =>
        observeElementRect(virtualizer, (rect) => {
          if (!rect.height) return
          if (!this.anchor) virtualizer.scrollOffset = virtualizer.scrollElement?.scrollTop ?? 0
          tell(rect)
        }),
      // As it is now: what was observed may be of a panel that was hidden.
      measureElement: (element, _, { itemSizeCache, indexFromElement }) =>
        this.props.scroller.current?.clientHeight
          ? element.offsetHeight
          : (itemSizeCache.get(rows[indexFromElement(element)]?.key ?? '') ?? GUESS),
      observeElementOffset,
      // In the next frame: an observer that changes what it observes is an error that the page would be told of.
      useAnimationFrameWithResizeObserver: true,
      scrollToFn: elementScroll,
      onChange: () => this.forceUpdate(),
    }
  }

  private indexes(range: Range): number[] {
    const kept = this.focused ? this.rows.findIndex(({ key }) => key === this.focused) : -1
    const indexes = new Set([...defaultRangeExtractor(range), kept, range.count - 1])
    return [...indexes].filter((index) => index >= 0).sort((a, b) => a - b)
  }

  /** Takes on other rows, and keeps what is read if some were put before it. */
  private take(rows: readonly ThreadRow[]): void {
    const { virtualizer, drawn } = this
    const scroller = this.props.scroller.current
    if (scroller && this.settled && rows[0]?.key !== this.rows[0]?.key) {
      const seen = drawn.flatMap(({ index }) => this.rows[index] ?? [])
      // While the panel is hidden nothing stands anywhere: then from where it was, until it is shown.
      this.anchor = scroller.clientHeight ? readAnchor(scroller, seen) : (this.anchor ?? this.remembered())
    }
    const before = this.rows
    const isOther = (row: ThreadRow, index: number) => row !== before[index] && row.key !== before[index]?.key
    if (rows.some(isOther)) this.keyOf = (index) => rows[index]?.key ?? ''
    this.rows = rows
    virtualizer.setOptions(this.layout())
  }

  /** Goes about there, so that the anchor is among those that are drawn; exactly there once their heights are known. */
  private seek(anchor: Anchor): void {
    const { rows, virtualizer } = this
    virtualizer.getTotalSize()
    const item = virtualizer.measurementsCache[anchorIndex(rows, anchor)]
    if (item) virtualizer.scrollOffset = Math.max(0, item.end - anchor.bottom)
  }

  private remembered(): Anchor | undefined {
    const { rows, virtualizer } = this
    const offset = virtualizer.scrollOffset ?? 0
    const first = virtualizer.getVirtualItemForOffset(offset)?.index ?? 0
    const index = rows.findIndex(({ kind }, at) => at >= first && kind === 'group')
    const row = rows[index]
    const end = virtualizer.measurementsCache[index]?.end
    if (row?.kind !== 'group' || end === undefined) return undefined
    return { key: row.messages.at(-1)?.key ?? '', bottom: end - GAP - offset }
  }

  /** Puts the rows where they belong, and learns their heights. */
  private place(): void {
    const { virtualizer, drawn, anchor } = this
    const box = this.box.current as HTMLElement
    const scroller = this.props.scroller.current as HTMLElement
    box.style.height = `${virtualizer.getTotalSize()}px`
    let end = this.margin
    drawn.forEach((item, place) => {
      const row = box.children[place] as HTMLElement
      row.style.marginTop = `${item.start - end}px`
      end = item.end
    })
    virtualizer._willUpdate()
    virtualizer.measureElement(null)
    drawn.forEach((item, place) => {
      const row = box.children[place] as HTMLElement
      virtualizer.measureElement(row)
      // At once, while it scrolls as well: what is told later moves what was already shown.
      if (scroller.clientHeight) virtualizer.resizeItem(item.index, row.offsetHeight)
    })
    if (anchor && scroller.clientHeight) {
      const row = box.querySelector(`[data-index="${anchorIndex(this.rows, anchor)}"]`)
      scroller.scrollTop += anchorShift(scroller, row, anchor)
      this.anchor = undefined
      virtualizer.scrollOffset = scroller.scrollTop
    }
    if (this.atEnd) scroller.scrollTop = scroller.scrollHeight
    if (scroller.clientHeight && box.offsetTop !== this.margin) {
      this.margin = box.offsetTop
      virtualizer.setOptions(this.layout())
      this.forceUpdate()
    }
  }

  /** Goes to a message, and gives what is drawn of it. */
  show(key: string, found: (message: HTMLElement) => void): void {
    const scroller = this.props.scroller.current as HTMLElement
    this.anchor = { key, bottom: scroller.clientHeight / 2 }
    const index = anchorIndex(this.rows, this.anchor)
    const row = this.rows[index]
    if (row?.kind !== 'group') return
    this.forceUpdate()
    afterDrawing(() => {
      const messages = this.box.current?.querySelectorAll<HTMLElement>(`[data-index="${index}"] .message > .bubble`)
      const message = messages?.[row.messages.findIndex((one) => one.key === key)]
      if (message) found(message)
    })
  }

  override componentDidMount(): void {
    standing.set(this.props.scroller.current as HTMLElement, this)
    // Above what is read, whichever way one scrolls and however often it was measured.
    this.virtualizer.shouldAdjustScrollPositionOnItemSizeChange = (item, _, { scrollOffset, itemSizeCache }) =>
      (itemSizeCache.has(item.key) ? item.end : item.start + 1) <= (scrollOffset ?? 0)
    this.place()
    this.settled = true
  }

  override componentDidUpdate(): void {
    this.place()
  }

  override componentWillUnmount(): void {
    this.release()
  }

  private readonly onFocusIn = ({ target }: FocusEvent): void => {
    const row = (target as Element).closest<HTMLElement>('[data-index]')
    this.focused = this.rows[Number(row?.dataset.index)]?.key
  }

  private readonly onFocusOut = (): void => {
    this.focused = undefined
  }

  override render({ rows, draw }: LongRowsProps) {
    const scroller = this.props.scroller.current
    this.atEnd =
      this.settled &&
      !this.anchor &&
      !!scroller?.clientHeight &&
      scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END
    if (rows !== this.rows) this.take(rows)
    if (this.anchor) this.seek(this.anchor)
    this.drawn = this.virtualizer.getVirtualItems()
    return (
      <div ref={this.box} class="long" onFocusIn={this.onFocusIn} onFocusOut={this.onFocusOut}>
        {this.drawn.map(({ index, key }) => (
          <div
            key={String(key)}
            class="long-row"
            data-index={index}
            aria-live={this.settled && index === rows.length - 1 ? undefined : 'off'}
          >
            {rows[index] && draw(rows[index])}
          </div>
        ))}
      </div>
    )
  }
}

/** By what scrolls. */
const standing = new WeakMap<HTMLElement, LongRows>()

/** Goes to a message of a conversation that is drawn here, and gives what is drawn of it. */
export function showMessage(scroller: HTMLElement, key: string, found: (message: HTMLElement) => void): void {
  standing.get(scroller)?.show(key, found)
}

/** Of each thread, what it drew. */
const grown = new WeakMap<LongRowsProps['scroller'], GrownRows>()

/** Draws many entries. Called while what was drawn before still stands. */
export function drawLongRows(
  entries: readonly TimelineEntry[],
  newFrom: string | null,
  make: typeof threadRows,
  draw: LongRowsProps['draw'],
  scroller: LongRowsProps['scroller'],
): ComponentChild {
  const rowsOf = grown.get(scroller) ?? createGrownRows(make)
  grown.set(scroller, rowsOf)
  const rows = rowsOf(entries, newFrom)
  const element = scroller.current as HTMLElement | null
  const whole = element && !element.querySelector('.long')
  return <LongRows rows={rows} draw={draw} scroller={scroller} before={whole ? readAnchor(element, rows) : undefined} />
}
