import { failureOf, ProviderFailure } from './provider-failure.js'

/** Stops a request, and whoever waits for it: also where a `fetch` does not heed its signal. */
export interface RequestStop {
  /** For the request. */
  readonly signal: AbortSignal
  /** Stops it now, for this reason; null: for none that anybody is told. The first reason stays. */
  now(reason: ProviderFailure | null): void
  /** The outcome of some work, or an exception as soon as it is stopped. */
  before<T>(work: Promise<T>): Promise<T>
  readonly failure: ProviderFailure | null
}

/** A stop that heeds another signal as well, whose reason says why. */
export function createRequestStop(outer: AbortSignal): RequestStop {
  const controller = new AbortController()
  let failure: ProviderFailure | null = null
  const stopped = new Promise<never>((_, reject) =>
    controller.signal.addEventListener('abort', () => reject(new ProviderFailure('aborted')), { once: true }),
  )
  // Nobody may be waiting.
  stopped.catch(() => {})
  const now = (reason: ProviderFailure | null) => {
    outer.removeEventListener('abort', heed)
    if (controller.signal.aborted) return
    failure = reason
    controller.abort()
  }
  const heed = () => now(failureOf(outer.reason, 'aborted'))
  if (outer.aborted) heed()
  else outer.addEventListener('abort', heed, { once: true })
  return {
    signal: controller.signal,
    now,
    before: (work) => Promise.race([work, stopped]),
    get failure() {
      return failure
    },
  }
}
