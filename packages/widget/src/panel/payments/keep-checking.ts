/** When the server is asked after a payment window has gone, in milliseconds from then on. Later, the server looks by itself. */
const CHECKS_MS = [0, 3_000, 10_000, 30_000, 60_000]

/**
 * Asks again and again how a payment stands, until that is clear or nobody waits any more. What could not be asked is asked the next
 * time.
 */
export async function keepChecking(options: {
  check: () => Promise<unknown>
  /** Asked before each: whether it is clear by now, or nobody wants to know. */
  isOver: () => boolean
  wait: (milliseconds: number) => Promise<void>
}): Promise<void> {
  const { check, isOver, wait } = options
  let passed = 0
  for (const at of CHECKS_MS) {
    if (at > passed) await wait(at - passed)
    passed = at
    if (isOver()) return
    await check().catch(() => {})
  }
}
