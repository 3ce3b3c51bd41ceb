import { ChatError } from '@chatdesk/protocol'
import { useCallback, useEffect, useRef, useState } from 'react'

/** What a page has fetched so far. */
export type LoadState<T> =
  | { status: 'loading' }
  | { status: 'failed'; error: ChatError }
  | { status: 'loaded'; value: T }

/** Something fetched. */
export interface Loaded<T> {
  state: LoadState<T>
  /** Fetches anew; what stands there stays until the answer comes. */
  reload(): void
  /** Puts in what an answer to something else has told. */
  set(value: T): void
}

/** Fetches when it is first drawn, and again when `key` changes. */
export function useLoaded<T>(load: () => Promise<T>, key = ''): Loaded<T> {
  const [shown, setShown] = useState<{ key: string; state: LoadState<T> }>({ key, state: { status: 'loading' } })
  const [attempt, setAttempt] = useState(0)
  const latest = useRef({ load, key })
  latest.current = { load, key }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt fetches anew
  useEffect(() => {
    let wanted = true
    latest.current.load().then(
      (value) => wanted && setShown({ key, state: { status: 'loaded', value } }),
      (error: unknown) => {
        if (!ChatError.isInstance(error)) throw error
        if (wanted) setShown({ key, state: { status: 'failed', error } })
      },
    )
    return () => {
      wanted = false
    }
  }, [key, attempt])
  return {
    state: shown.key === key ? shown.state : { status: 'loading' },
    reload: useCallback(() => {
      setShown((before) => (before.state.status === 'failed' ? { ...before, state: { status: 'loading' } } : before))
      setAttempt((count) => count + 1)
    }, []),
    set: useCallback(
      (value: T) => {
        // An answer that comes after one has gone on to something else is not about that.
        if (latest.current.key === key) setShown({ key, state: { status: 'loaded', value } })
      },
      [key],
    ),
  }
}
