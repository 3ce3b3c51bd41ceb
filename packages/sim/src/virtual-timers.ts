import type { World } from './world.js'

/** Transport drivers take the platform's own timers: while `run` lasts, these are the world's. */
export async function withVirtualTimers<T>(world: World, run: () => Promise<T>): Promise<T> {
  const { setTimeout, clearTimeout } = globalThis
  const cancels = new WeakMap<object, () => void>()
  const virtual = {
    setTimeout(callback: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]): object {
      const timer = {}
      const fire = () => callback(...args)
      const host = world.current
      cancels.set(timer, host ? host.clock.setTimeout(fire, delayMs) : world.after(delayMs, fire))
      return timer
    },
    clearTimeout(timer: object | undefined): void {
      if (timer) cancels.get(timer)?.()
    },
  }
  Object.assign(globalThis, virtual)
  try {
    return await run()
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout })
  }
}
