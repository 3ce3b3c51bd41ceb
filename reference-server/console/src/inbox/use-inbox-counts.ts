import type { InboxCounts } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { useEffect, useRef, useState } from 'react'
import { useConsole } from '../client/console-services.js'

/** Changes come in bursts: asked at most so often, in milliseconds. */
const INTERVAL = 2_000

/** How many conversations each view has, asked anew when something has changed; null before the first answer. */
export function useInboxCounts(): InboxCounts | null {
  const { client, admin } = useConsole()
  const inbox = useStore(client.$inbox)
  const { loaded } = useStore(client.$inboxState)
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
  }, [admin, inbox, loaded])
  return counts
}
