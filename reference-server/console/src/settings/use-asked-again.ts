import { useEffect, useRef, useState } from 'react'

/** How long the first wait is, and the longest one, in milliseconds. */
const FIRST = 1_000
const LONGEST = 8_000
/** Then whoever looks on asks by themselves: a bit more than a minute. */
const MOST = 12

/** Asks again as long as something is `open`, less and less often, and not for ever; begins anew when `key` changes. */
export function useAskedAgain(open: boolean, ask: () => Promise<void>, key: string): void {
  const [asked, setAsked] = useState({ key, times: 0 })
  const times = asked.key === key ? asked.times : 0
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (!open || times >= MOST) return
    let wanted = true
    const timer = setTimeout(
      () => void latest.current().finally(() => wanted && setAsked({ key, times: times + 1 })),
      Math.min(FIRST * 2 ** times, LONGEST),
    )
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [open, key, times])
}
