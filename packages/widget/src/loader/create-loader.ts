import type { WidgetSettings } from '@chatdesk/protocol'
import { closedKey, hasTabSession, recall } from '../launcher/browser-tab-memory.js'
import { drawLauncher } from '../launcher/draw-launcher.js'
import { preloadModule, whenIdle } from '../launcher/host-page.js'
import type { PanelHandle, PanelModule } from '../launcher/panel-port.js'
import { createWidgetEvents, type Report } from '../launcher/widget-events.js'
import { DEFAULT_AUTO_OPEN_DELAY, type WidgetOptions } from '../widget-options.js'
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

/** What to do with the panel, once it is there. */
type Use = (panel: PanelHandle) => void

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
  /** From `init` to `destroy`: what the latter undoes. */
  let undo: (() => void)[] | undefined
  /** Brings the panel; until the launcher is drawn, keeps the last wish. */
  let withPanel: (use: Use) => void
  let wish: Use | undefined

  const open = () => withPanel((panel) => panel.open())

  function draw(options: WidgetOptions, settings: WidgetSettings | null, mine: (() => void)[]): void {
    // Settings may come after `destroy`.
    if (mine !== undo) return
    const { widgetKey, autoOpen, autoOpenDelay = DEFAULT_AUTO_OPEN_DELAY, scriptNonce } = options
    // Code comes from where the loader came from; `url` names the server that it talks to.
    const chunkUrl = (origin.directory || `${options.url}/`) + origin.panelPath
    let attempt = 0
    let panel: Promise<PanelHandle> | undefined

    const launcher = drawLauncher(options, settings)
    withPanel = (use) => {
      if (mine !== undo) return
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
        .catch((error: unknown) => report('the panel failed', error))
    }
    mine.push(launcher.remove, () => panel?.then((loaded) => loaded.destroy()).catch(() => {}))

    let prefetch = () => {
      prefetch = () => {}
      if (mine === undo) mine.push(preloadModule(chunkUrl, scriptNonce))
    }
    launcher.button.onclick = open
    launcher.button.onpointerenter = launcher.button.onfocus = () => prefetch()
    // A tab with a session may have an answer waiting: only a running client can count it.
    whenIdle(() => (hasTabSession(widgetKey) ? withPanel((loaded) => loaded.begin()) : prefetch()))
    events.emit('ready', undefined)
    if (wish) withPanel(wish)
    else if (autoOpen) {
      const openUnlessClosed = () => recall(closedKey(widgetKey)) || withPanel((loaded) => loaded.open(false))
      const timer = setTimeout(openUnlessClosed, autoOpenDelay * 1000)
      mine.push(() => clearTimeout(timer))
    }
  }

  const commands: LoaderCommands = {
    init(given) {
      if (undo) throw new Error('called twice')
      const options = resolveOptions(given, origin)
      const mine: (() => void)[] = []
      undo = mine
      withPanel = (use) => {
        wish = use
      }
      if (options.primaryColor && options.position) draw(options, null, mine)
      else void loadSettings(options).then((settings) => draw(options, settings, mine))
    },
    open,
    close: () => withPanel((panel) => panel.close()),
    toggle: () => withPanel((panel) => panel.toggle()),
    on: (type, listener) => void events.on(type, listener),
    off: (type, listener) => events.off(type, listener),
    destroy() {
      for (const step of undo ?? []) step()
      undo = wish = undefined
      events = createWidgetEvents()
    },
  }
  return createCommandQueue(commands, report)
}
