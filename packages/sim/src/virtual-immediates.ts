import type { World } from './world.js'

/** The server gathers what one turn of the platform brings: while `run` lasts, the turns are the world's. */
export async function withVirtualImmediates<T>(world: World, run: () => Promise<T>): Promise<T> {
  const { setImmediate } = globalThis
  const virtual = (callback: () => void) => world.after(0, callback, world.current)
  Object.assign(globalThis, { setImmediate: virtual })
  try {
    return await run()
  } finally {
    Object.assign(globalThis, { setImmediate })
  }
}
