import { atom, onMount, type ReadableAtom } from 'nanostores'

/** The time, told anew every `everyMs` while somebody listens. */
export function clockStore(everyMs: number): ReadableAtom<number> {
  const $now = atom(Date.now())
  onMount($now, () => {
    $now.set(Date.now())
    const timer = setInterval(() => $now.set(Date.now()), everyMs)
    return () => clearInterval(timer)
  })
  return $now
}

/** Whether this window is visible and has the focus. */
export function attentionStore(): ReadableAtom<boolean> {
  const look = () => document.visibilityState === 'visible' && document.hasFocus()
  const $attentive = atom(look())
  onMount($attentive, () => {
    const update = () => $attentive.set(look())
    update()
    const stop = new AbortController()
    for (const type of ['focus', 'blur']) window.addEventListener(type, update, { signal: stop.signal })
    document.addEventListener('visibilitychange', update, { signal: stop.signal })
    return () => stop.abort()
  })
  return $attentive
}
