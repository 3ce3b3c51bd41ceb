import type { ReadableAtom } from 'nanostores'
import { useLayoutEffect, useState } from 'preact/hooks'

/** The value of a store, drawn anew when it changes. */
export function useStore<T>(store: ReadableAtom<T>): T {
  const [value, setValue] = useState(() => store.get())
  // Before the browser paints, so that a change between drawing and listening is not missed.
  useLayoutEffect(() => store.subscribe((next) => setValue(() => next as T)), [store])
  return value
}
