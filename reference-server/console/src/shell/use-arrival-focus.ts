import { type RefObject, useEffect } from 'react'

/**
 * Focuses a page's heading when the page comes, so that a reader of the screen hears where the link has led; not from within a
 * dialog, which may have been opened while the page was loading.
 */
export function useArrivalFocus(heading: RefObject<HTMLElement | null>, isWanted: () => boolean = () => true): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page comes once
  useEffect(() => {
    if (document.activeElement?.closest('[role="dialog"]') || !isWanted()) return
    heading.current?.focus({ preventScroll: true })
  }, [])
}
