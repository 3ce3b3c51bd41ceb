import type { ProviderEvent } from '../provider/answer-provider.js'

/** What becomes of a provider that does not keep to its port: it has thrown, or does not heed its signal. */
type Misconduct = { type: 'thrown'; name: string } | { type: 'left' }

/**
 * What a provider says, until it ends, throws, or is told to stop and does not. One that heeds its signal has a turn of the event loop
 * to say what it has used; nobody waits longer. It does not throw.
 */
export async function* untilLeft(
  answer: () => AsyncIterable<ProviderEvent>,
  signal: AbortSignal,
): AsyncGenerator<ProviderEvent | Misconduct, void> {
  const left = new Promise<'left'>((resolve) => {
    const leave = () => setImmediate(resolve, 'left')
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
  })
  let events: AsyncIterator<ProviderEvent> | null = null
  let hasEnded = false
  try {
    events = answer()[Symbol.asyncIterator]()
    for (;;) {
      const next = await Promise.race([left, events.next()])
      if (next === 'left') {
        yield { type: 'left' }
        return
      }
      hasEnded = next.done === true
      if (next.done) return
      yield next.value
    }
  } catch (thrown) {
    hasEnded = true
    yield { type: 'thrown', name: thrown instanceof Error ? thrown.name : typeof thrown }
  } finally {
    // It is told that nobody listens, and not waited for: it may be stuck.
    if (!hasEnded) void leave(events)
  }
}

async function leave(events: AsyncIterator<ProviderEvent> | null): Promise<void> {
  try {
    await events?.return?.()
  } catch {
    // Nobody is left to be told.
  }
}
