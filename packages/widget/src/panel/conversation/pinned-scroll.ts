/** How close to the end counts as at the end, in pixels. */
const NEAR = 40

/** The scrolling of a thread: at its end while the reader is there, and what they read in its place while they are not. */
export interface PinnedScroll {
  /** The reader sees the newest entry. */
  readonly atEnd: boolean
  /** Begins with the element that scrolls. */
  attach(element: HTMLElement): void
  /**
   * The thread was drawn.
   *
   * @param firstKey key of the first entry drawn: a new one means that older entries were put before.
   * @param ownLast key of one's own newest message: a new one brings the reader to the end.
   */
  drawn(firstKey: string | undefined, ownLast: string | undefined): void
  onScroll(): void
  jumpToEnd(): void
  stop(): void
}

/** @param changed told when `atEnd` has changed. */
export function createPinnedScroll(changed: () => void): PinnedScroll {
  let atEnd = true
  let scroller: HTMLElement | undefined
  let room = 0
  let before: { firstKey?: string | undefined; ownLast?: string | undefined; height: number } = { height: 0 }

  function setAtEnd(value: boolean): void {
    if (atEnd === value) return
    atEnd = value
    changed()
  }
  function jumpToEnd(): void {
    setAtEnd(true)
    if (scroller) scroller.scrollTop = scroller.scrollHeight
  }
  // The composer grows, the keyboard opens, the panel is shown: the end stays in view.
  const observer = new ResizeObserver(() => {
    room = scroller?.clientHeight ?? 0
    if (atEnd) jumpToEnd()
  })

  return {
    get atEnd() {
      return atEnd
    },
    attach(element) {
      scroller = element
      observer.observe(element)
      for (const child of element.children) observer.observe(child)
    },
    drawn(firstKey, ownLast) {
      if (!scroller) return
      if (atEnd || before.ownLast !== ownLast) jumpToEnd()
      else if (before.firstKey !== firstKey) scroller.scrollTop += scroller.scrollHeight - before.height
      before = { firstKey, ownLast, height: scroller.scrollHeight }
    },
    onScroll() {
      // A hidden panel has no height, and says nothing about where its reader was.
      // Nor has a reader moved whose composer has grown: the observer is told a little later.
      if (!scroller?.clientHeight || scroller.clientHeight !== room) return
      setAtEnd(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR)
    },
    jumpToEnd,
    stop: () => observer.disconnect(),
  }
}
