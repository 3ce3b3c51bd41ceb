import type { TimelineEntry } from '@chatdesk/core'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Closer to the end than this counts as being there, in pixels. */
const NEAR_END = 48

/**
 * Keeps a thread where its reader is: at the end while they are at the end, whatever grows;
 * else on the same message, also when older ones come in above it. One's own new message leads to the end.
 */
export function useThreadScroll(timeline: readonly TimelineEntry[]) {
  const scrollRef = useRef<HTMLDivElement>(null)
  const contentRef = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const stick = useRef(true)
  const seen = useRef<{ firstKey: string | undefined; lastKey: string | undefined; fromEnd: number }>({
    firstKey: undefined,
    lastKey: undefined,
    fromEnd: 0,
  })

  const toEnd = useCallback(() => {
    stick.current = true
    setAtEnd(true)
    const scroll = scrollRef.current
    if (scroll) scroll.scrollTop = scroll.scrollHeight
  }, [])

  useLayoutEffect(() => {
    const scroll = scrollRef.current
    if (!scroll) return
    const first = timeline[0]
    const last = timeline.at(-1)
    const before = seen.current
    const grewAbove = before.firstKey !== undefined && before.firstKey !== first?.key && before.lastKey === last?.key
    const wroteOne = last?.type === 'message' && last.own && last.seq === undefined && before.lastKey !== last.key
    if (stick.current || wroteOne) toEnd()
    else if (grewAbove) scroll.scrollTop = scroll.scrollHeight - before.fromEnd
    seen.current = {
      firstKey: first?.key,
      lastKey: last?.key,
      fromEnd: scroll.scrollHeight - scroll.scrollTop,
    }
  }, [timeline, toEnd])

  useEffect(() => {
    const scroll = scrollRef.current
    const content = contentRef.current
    if (!scroll || !content) return
    let height = scroll.clientHeight
    const onScroll = () => {
      // What is below has grown or shrunk, and nobody has scrolled: the observer comes behind this.
      if (stick.current && scroll.clientHeight !== height) return
      const fromEnd = scroll.scrollHeight - scroll.scrollTop
      seen.current.fromEnd = fromEnd
      stick.current = fromEnd - scroll.clientHeight < NEAR_END
      setAtEnd(stick.current)
    }
    const observer = new ResizeObserver(() => {
      height = scroll.clientHeight
      if (stick.current) toEnd()
    })
    observer.observe(scroll)
    observer.observe(content)
    scroll.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      scroll.removeEventListener('scroll', onScroll)
    }
  }, [toEnd])

  return { scrollRef, contentRef, atEnd, toEnd }
}
