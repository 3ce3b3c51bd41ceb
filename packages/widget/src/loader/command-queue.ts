/** Takes a call, now or from before the loader came, and answers with what came of it. Array-likes are welcome: snippets push `arguments`. */
export type PushCommand = (entry: ArrayLike<unknown>) => unknown

/** Commands of those who listen, done at once: they have nothing to wait for, and `on` answers with its end (L4). */
export const LISTENS = /^(on|once|off|ready)$/

/**
 * Runs commands strictly in the order of their calls. Until `init` they wait (L3), a throwing one stops none of the
 * others (L5), and `destroy` drops whatever waits (L6).
 *
 * @param execute does what a name and its arguments ask for.
 * @param report told, with the cause, what a site owner should know: a page may leave the promise alone.
 */
export function createCommandQueue(
  execute: (name: string, args: unknown[]) => unknown,
  report: (message: string, cause: unknown) => void,
): PushCommand {
  /** Lets what waits begin; absent once it has. */
  let start: (() => void) | undefined
  let begun: Promise<void>
  const wait = () => {
    begun = new Promise((resolve) => {
      start = resolve
    })
  }
  wait()

  return (entry) => {
    const [name, ...args] = Array.from(entry) as [string]
    const failed = (error: unknown) => report(`"${name}" failed`, error)
    const run = () => execute(name, args)
    const mine = begun
    if (name === 'destroy') wait()
    else if (!LISTENS.test(name) && !(start && name === 'init')) {
      // Each of them follows all that were said before it, those from inside another command too.
      const answer = mine.then(() => (mine === begun ? run() : undefined))
      answer.catch(failed)
      return answer
    }
    try {
      const answer = run()
      if (name === 'init') {
        start?.()
        start = undefined
      }
      return answer
    } catch (error) {
      failed(error)
      return undefined
    }
  }
}
