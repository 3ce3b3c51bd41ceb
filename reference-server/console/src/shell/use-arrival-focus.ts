import { type RefObject, useEffect, useRef } from 'react'

const always = () => true

/**
 * For the heading of a page: focused when the page comes, so that a reader of the screen hears where the link has led; not from
 * within a dialog, which may have been opened while the page was loading. `isWanted` must stay the same function.
 */
export function useArrivalFocus(isWanted: () => boolean = always): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement?.closest('[role="dialog"]') || !isWanted()) return
    heading.current?.focus({ preventScroll: true })
  }, [isWanted])
  return heading
}
