import type { WidgetEventMap } from '../launcher/widget-events.js'
import type { WidgetOptions } from '../widget-options.js'

/** The commands of the page's global function, by name. */
export interface LoaderCommands {
  /** Draws the launcher; everything said before waits for it. */
  init(options: Partial<WidgetOptions>): void
  open(): void
  close(): void
  toggle(): void
  /** The visitor agrees that the chat keeps things in their browser, or does not any more. */
  consent(granted: boolean): void
  on<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): void
  off<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): void
  /** Takes everything off the page; a later `init` starts afresh. */
  destroy(): void
}

/** Takes a call, now or from before the loader came. Array-likes are welcome: snippets push `arguments`. */
export type PushCommand = (entry: ArrayLike<unknown>) => void

/**
 * Runs commands strictly in the order of their calls. Until `init` they wait (L3), a throwing one stops none of the
 * others (L5), and `destroy` drops whatever waits (L6).
 *
 * @param report told, with the cause if there is one, what a site owner should know.
 */
export function createCommandQueue(
  commands: LoaderCommands,
  report: (message: string, cause?: unknown) => void,
): PushCommand {
  let waiting: unknown[][] = []
  let started = false
  let running = false
  const reported: unknown[] = []

  const run = ([name, ...args]: unknown[]): void => {
    if (!Object.hasOwn(commands, name as PropertyKey)) {
      if (!reported.includes(name)) report(`no command "${name}"`)
      reported.push(name)
      return
    }
    try {
      ;(commands[name as keyof LoaderCommands] as (...args: unknown[]) => void)(...args)
      if (name === 'init') started = true
    } catch (error) {
      report(`"${name}" failed`, error)
    }
    if (name === 'destroy') {
      started = false
      waiting = []
    }
  }

  return (entry) => {
    // Without a widget there is nothing to take off the page but what waits (L6).
    if (!started && !running && entry[0] === 'destroy') waiting = []
    else waiting.push(Array.from(entry))
    // A command that is given from inside another one takes its turn behind those that wait already.
    if (running) return
    running = true
    for (;;) {
      const index = started ? 0 : waiting.findIndex(([name]) => name === 'init')
      const next = index < 0 ? undefined : waiting.splice(index, 1)[0]
      if (!next) break
      run(next)
    }
    running = false
  }
}
