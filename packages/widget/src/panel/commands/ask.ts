import type { Clock } from '@chatdesk/core'
import type { Answer } from '../../sdk/interceptors.js'

/** Milliseconds that somebody may think; then it goes on as if they had nothing to say. */
const PATIENCE_MS = 2_000

/** Asks one after the other; null: one of them has stopped it. Who fails has nothing to say, and the page's developer is told. */
export async function ask<Value>(
  interceptors: readonly ((value: Value) => Answer<Value>)[],
  value: Value,
  clock: Clock,
): Promise<Value | null> {
  let current = value
  for (const interceptor of [...interceptors]) {
    const answer = await inTime(() => interceptor(current), clock)
    if (answer === false) return null
    if (answer !== undefined && answer !== true) current = answer
  }
  return current
}

function inTime<Value>(run: () => Answer<Value>, clock: Clock): Promise<Value | boolean | undefined> {
  return new Promise((resolve) => {
    const fail = (error: unknown) => {
      console.error('[chatdesk] an interceptor failed', error)
      resolve(undefined)
    }
    const cancel = clock.setTimeout(() => fail(`no answer in ${PATIENCE_MS} ms`), PATIENCE_MS)
    Promise.resolve().then(run).then(resolve, fail).finally(cancel)
  })
}
