import type { InboxCounts } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useConsole } from '../client/console-services.js'

/** Changes come in bursts: asked at most so often, in milliseconds. */
const INTERVAL = 2_000

/** How many conversations each view has. */
export interface ShownCounts {
  /** Null before the first answer. */
  counts: InboxCounts | null
  /** Asks at once: somebody has done something, and looks for what it did. */
  refresh(): void
}

/** How many conversations each view has, asked anew when something has changed. */
export function useInboxCounts(): ShownCounts {
  const { client, admin } = useConsole()
  const inbox = useStore(client.$inbox)
  const { loaded } = useStore(client.$inboxState)
  const [refreshed, setRefreshed] = useState(0)
  const [counts, setCounts] = useState<InboxCounts | null>(null)
  const askedAt = useRef(Number.NEGATIVE_INFINITY)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the inbox asks anew
  useEffect(() => {
    if (!loaded) return
    let wanted = true
    const timer = setTimeout(
      () => {
        askedAt.current = performance.now()
        // Without an answer the numbers that stand there stay, until the next change.
        admin.inbox.counts().then(
          (answer) => wanted && setCounts(answer),
          () => {},
        )
      },
      Math.max(0, askedAt.current + INTERVAL - performance.now()),
    )
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [admin, inbox, loaded, refreshed])
  return {
    counts,
    refresh: useCallback(() => {
      askedAt.current = Number.NEGATIVE_INFINITY
      setRefreshed((times) => times + 1)
    }, []),
  }
}
