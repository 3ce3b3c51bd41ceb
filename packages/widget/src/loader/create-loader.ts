import type { WidgetSettings } from '@chatdesk/protocol'
import { CLOSED, hasTabSession, recall } from '../launcher/browser-tab-memory.js'
import { drawLauncher } from '../launcher/draw-launcher.js'
import { preloadModule, whenIdle } from '../launcher/host-page.js'
import type { PanelHandle, PanelModule } from '../launcher/panel-port.js'
import { createWidgetEvents, type Report } from '../launcher/widget-events.js'
import { DEFAULT_AUTO_OPEN_DELAY, mayStore, type WidgetOptions } from '../widget-options.js'
import { createCommandQueue, type LoaderCommands, type PushCommand } from './command-queue.js'
import { loadSettings } from './load-settings.js'

/** Where the loader came from. */
export interface LoaderOrigin {
  /** Directory of the script, with the slash at its end; empty when unknown. */
  directory: string
  /** Path of the panel's chunk below it. */
  panelPath: string
  /** The script's own nonce, which its children carry too. */
  nonce?: string | undefined
}

/** A widget on the page. */
interface Placed {
  /** Takes it off; absent while it is not drawn. */
  remove?: () => void
}

/** What to do with the panel, once it is there. */
type Use = (panel: PanelHandle) => unknown

const report: Report = (...details) => console.error('[chatdesk]', ...details)

/** What a site owner's `init` gives, completed by what the script knows of itself. The panel checks the rest. */
function resolveOptions(given: unknown, { directory, nonce }: LoaderOrigin): WidgetOptions {
  const options = {
    // Own properties alone count: a polluted prototype configures nothing.
    __proto__: null,
    styleNonce: nonce,
    scriptNonce: nonce,
    ...(given as Partial<WidgetOptions> & { organizationId?: string }),
  }
  // The first integration guide called the key `organizationId`.
  const widgetKey = options.widgetKey ?? options.organizationId
  const url = (options.url ?? directory).replace(/\/+$/, '')
  if (!widgetKey || !url) throw new Error('no widgetKey or url')
  return Object.assign(options, { widgetKey, url })
}

/**
 * The commands of one page, behind their queue.
 *
 * @param importModule the page's `import()`.
 */
export function createLoader(
  origin: LoaderOrigin,
  importModule: (url: string) => Promise<unknown> = (url) => import(/* @vite-ignore */ url),
): PushCommand {
  let events = createWidgetEvents()
  /** From `init` to `destroy`. */
  let placed: Placed | undefined
  /** Brings the panel, once the launcher is drawn. */
  let withPanel: (use: Use) => void

  const open = () => withPanel((panel) => panel.open())

  function draw(options: WidgetOptions, settings: WidgetSettings | null, mine: Placed): void {
    // Settings may come after `destroy`.
    if (mine !== placed) return
    const { autoOpen, autoOpenDelay = DEFAULT_AUTO_OPEN_DELAY, scriptNonce } = options
    // Code comes from where the loader came from; `url` names the server that it talks to.
    const chunkUrl = (origin.directory || `${options.url}/`) + origin.panelPath
    let attempt = 0
    let panel: Promise<PanelHandle> | undefined

    const launcher = drawLauncher(options, settings)
    const bring = (use: Use) => {
      if (mine !== placed) return
      if (!panel) launcher.setState('loading')
      // Some browsers remember that a module failed, by its address: each attempt has its own.
      const url = attempt ? `${chunkUrl}?${attempt}` : chunkUrl
      panel ??= importModule(url).then((chunk) =>
        (chunk as PanelModule).createPanel({ launcher, options, settings, events }),
      )
      panel
        .then(use, (error: unknown) => {
          panel = undefined
          attempt += 1
          launcher.setState('failed')
          report(`${url} failed to load`, error)
        })
        .catch((error: unknown) => report('panel failed', error))
    }
    let endPreload: (() => void) | undefined
    const prefetch = () => {
      if (mine === placed) endPreload ??= preloadModule(chunkUrl, scriptNonce)
    }
    mine.remove = () => {
      launcher.remove()
      endPreload?.()
      panel?.then((loaded) => loaded.destroy()).catch(() => {})
    }
    launcher.button.onclick = open
    launcher.button.onpointerenter = launcher.button.onfocus = prefetch
    events.emit('ready')
    withPanel = bring
    // Where nothing may be read, nobody knows of a session, nor that the visitor has closed the panel before.
    if (!mayStore(options)) return
    // A tab with a session may have an answer waiting: only a running client can count it.
    whenIdle(() => (hasTabSession(options) ? bring((loaded) => loaded.begin()) : prefetch()))
    const openUnlessClosed = () => recall(options, CLOSED) || bring((loaded) => loaded.open(false))
    if (autoOpen) setTimeout(openUnlessClosed, autoOpenDelay * 1000)
  }

  const commands: LoaderCommands = {
    init(given) {
      if (placed) throw new Error('called twice')
      const options = resolveOptions(given, origin)
      const mine: Placed = {}
      placed = mine
      // Before consent the server hears of no visitor: the settings come with the session.
      if (!mayStore(options) || (options.primaryColor && options.position)) draw(options, null, mine)
      else {
        // Switched off (G2), it is not drawn, and what was said to it is said to nobody.
        const drawn = loadSettings(options).then((settings) => settings !== false && draw(options, settings, mine))
        withPanel = (use) => void drawn.then(() => mine.remove && withPanel(use))
      }
    },
    open,
    close: () => withPanel((panel) => panel.close()),
    toggle: () => withPanel((panel) => panel.toggle()),
    consent: (granted) => withPanel((panel) => panel.consent(granted)),
    on: (type, listener) => void events.on(type, listener),
    off: (type, listener) => events.off(type, listener),
    destroy() {
      placed?.remove?.()
      placed = undefined
      events = createWidgetEvents()
    },
  }
  return createCommandQueue(commands, report)
}
