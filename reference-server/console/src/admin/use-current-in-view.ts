import { type RefObject, useEffect, useRef } from 'react'

/** For a row of links that scrolls on narrow pages: the current one stands in view. */
export function useCurrentInView(current: string): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another link is the current one
  useEffect(() => {
    ref.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  return ref
}
