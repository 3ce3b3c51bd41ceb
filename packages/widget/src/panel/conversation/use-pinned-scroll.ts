import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** How close to the end counts as at the end, in pixels. */
const NEAR = 40

/** The scrolling of a thread. */
export interface PinnedScroll {
  /** The reader sees the newest entry. */
  atEnd: boolean
  onScroll(): void
  jumpToEnd(): void
}

/**
 * Keeps a thread at its end while the reader is there, and what they read in its place while they are not.
 *
 * @param firstKey key of the first entry drawn: a new one means that older entries were put before.
 * @param ownLast key of one's own newest message: a new one brings the reader to the end.
 */
export function usePinnedScroll(
  scroller: RefObject<HTMLElement>,
  firstKey: string | undefined,
  ownLast: string | undefined,
): PinnedScroll {
  const [atEnd, setAtEnd] = useState(true)
  const pinned = useRef(true)
  const before = useRef({ firstKey, ownLast, height: 0 })

  const toEnd = () => {
    pinned.current = true
    setAtEnd(true)
    const element = scroller.current
    if (element) element.scrollTop = element.scrollHeight
  }

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const { current } = before
    if (pinned.current || current.ownLast !== ownLast) toEnd()
    else if (current.firstKey !== firstKey) element.scrollTop += element.scrollHeight - current.height
    before.current = { firstKey, ownLast, height: element.scrollHeight }
  })

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    // The composer grows, the keyboard opens, the panel is shown: the end stays in view.
    const observer = new ResizeObserver(() => {
      if (pinned.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [scroller])

  return {
    atEnd,
    onScroll() {
      const element = scroller.current
      // A hidden panel has no height, and says nothing about where its reader was.
      if (!element?.clientHeight) return
      pinned.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR
      setAtEnd(pinned.current)
    },
    jumpToEnd: toEnd,
  }
}
