import { Button } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import styles from './inbox.module.css'

/** Loads the next page when it comes into view; a button stands in where that fails. `count`: rows so far. */
export function LoadMore({ count, load }: { count: number; load: () => Promise<void> }) {
  const placeRef = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const latestLoad = useRef(load)
  latestLoad.current = load

  const run = useCallback(() => {
    setState('busy')
    latestLoad.current().then(
      () => setState('idle'),
      () => setState('failed'),
    )
  }, [])

  // Observed anew after each page: a page without a row for this tab leaves the end in view, which tells nothing new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const place = placeRef.current
    if (!place || state !== 'idle') return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && run(), { rootMargin: '200px' })
    observer.observe(place)
    return () => observer.disconnect()
  }, [count, run, state])

  return (
    <div ref={placeRef} className={styles.more}>
      {state === 'failed' ? (
        <>
          <span role="alert">More did not load.</span>
          <Button size="compact-sm" variant="default" onClick={run}>
            Try again
          </Button>
        </>
      ) : (
        <span>Loading more…</span>
      )}
    </div>
  )
}
