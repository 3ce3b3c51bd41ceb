import { hostGlobals, runningScript } from '../launcher/host-page.js'
import { createLoader } from './create-loader.js'

/** The page's global function, before and after the loader came. */
interface LoaderGlobal {
  (...command: unknown[]): unknown
  /** Calls made before the loader came. */
  q?: readonly ArrayLike<unknown>[]
  /** Set by the loader. */
  version?: string
}

/**
 * Takes the global function that the snippet has named, and runs what was called on it so far.
 *
 * @param panelFolder where the panel and its chunks stand, beside this script.
 */
export function claimGlobal(panelFolder: string): void {
  const globals = hostGlobals()
  const script = runningScript()
  // Elements with an `id` are globals as well: only a name that is a text and a function that is a function count.
  const name = typeof globals.ChatDesk === 'string' ? globals.ChatDesk : 'chatdesk'
  const before = (typeof globals[name] === 'function' ? globals[name] : {}) as Partial<LoaderGlobal>
  if (before.version) {
    console.warn('[chatdesk] is here already')
    return
  }
  const push = createLoader({
    directory: script?.src && new URL('.', script.src).href,
    panelFolder,
    nonce: script?.nonce,
  })
  const command: LoaderGlobal = (...entry) => push(entry)
  command.version = panelFolder
  // `chatdesk.open()` says the same as `chatdesk('open')`. Whatever is asked for a `then` must not find one.
  globals[name] = new Proxy(command, {
    get: (own, key) =>
      key in own || key === 'then' ? own[key as 'version'] : (...args: unknown[]) => push([key, ...args]),
  })
  for (const entry of before.q ?? []) push(entry)
}
