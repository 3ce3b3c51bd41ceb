import { hostGlobals, runningScript } from '../launcher/host-page.js'
import { createLoader } from './create-loader.js'

/** Path of the panel's chunk, with the hash of its build; put here by the build. */
declare const CHATDESK_PANEL_PATH: string

/** The page's global function, before and after the loader came. */
interface LoaderGlobal {
  (...command: unknown[]): void
  /** Calls made before the loader came. */
  q?: unknown
  /** Set by the loader. */
  version?: string
}

const globals = hostGlobals()
const script = runningScript()
// Elements with an `id` are globals as well: only a name that is a text and a function that is a function count.
const name = typeof globals.ChatDesk === 'string' ? globals.ChatDesk : 'chatdesk'
const before = globals[name] as LoaderGlobal | undefined

if (typeof before === 'function' && before.version) {
  console.warn(`[chatdesk] the script is on this page twice; the second one does nothing`)
} else {
  const push = createLoader({
    directory: script?.src ? new URL('.', script.src).href.replace(/\/$/, '') : '',
    panelPath: CHATDESK_PANEL_PATH,
    nonce: script?.nonce || undefined,
  })
  const command: LoaderGlobal = (...entry) => push(entry)
  command.version = CHATDESK_PANEL_PATH
  globals[name] = command
  if (typeof before === 'function' && Array.isArray(before.q)) for (const entry of before.q) push(entry)
}
