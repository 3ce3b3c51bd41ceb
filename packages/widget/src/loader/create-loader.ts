import type { WidgetSettings } from '@chatdesk/protocol'
import { CLOSED, hasTabSession, recall } from '../launcher/browser-tab-memory.js'
import { drawLauncher, type Launcher } from '../launcher/draw-launcher.js'
import { whenIdle } from '../launcher/host-page.js'
import type { PanelHandle, PanelModule } from '../launcher/panel-port.js'
import { createWidgetEvents, type Report } from '../launcher/widget-events.js'
import { DEFAULT_AUTO_OPEN_DELAY, mayStore, type WidgetOptions } from '../widget-options.js'
import { createCommandQueue, LISTENS, type PushCommand } from './command-queue.js'
import { loadSettings } from './load-settings.js'

/** Where the loader came from. */
export interface LoaderOrigin {
  /** Directory of the script, with the slash at its end; absent or empty when unknown. */
  directory?: string | undefined
  /** Where the panel and its chunks stand below it. */
  panelFolder: string
  /** The script's own nonce, which its children carry too. */
  nonce?: string | undefined
}

/** A widget of the page, from `init` to `destroy`. */
interface Placed {
  key: string
  /** Settles when what the server says of the widget has come, or not; absent when nobody asks it. */
  settled?: Promise<void>
  /** Brings the panel, which is made once; none when the widget was removed before it was drawn. */
  panel(): Promise<PanelHandle | undefined>
  /** Takes it off the page. */
  remove(): void
}

const report: Report = (...details) => console.error('[chatdesk]', ...details)

/** What a site owner's `init` gives, completed by what the script knows of itself. The panel checks the rest. */
function resolveOptions(given: unknown, { directory, nonce }: LoaderOrigin): WidgetOptions {
  const options = {
    // Own properties alone count: a polluted prototype configures nothing.
    __proto__: null,
    styleNonce: nonce,
    ...(given as Partial<WidgetOptions> & { organizationId?: string }),
  }
  // The first integration guide called the key `organizationId`.
  const widgetKey = options.widgetKey ?? options.organizationId
  const url = (options.url ?? directory ?? '').replace(/\/+$/, '')
  if (!widgetKey || !url) throw new Error('no widgetKey or url')
  return Object.assign(options, { widgetKey, url })
}

/**
 * The commands of one page, behind their queue: what must be done without the panel is done here, the rest by the panel.
 *
 * @param importModule the page's `import()`.
 */
export function createLoader(
  origin: LoaderOrigin,
  importModule: (url: string) => Promise<unknown> = (url) => import(/* @vite-ignore */ url),
): PushCommand {
  let events = createWidgetEvents()
  let placed: Placed | undefined

  function place(options: WidgetOptions): Placed {
    const { url, widgetKey } = options
    // Code comes from where the loader came from; `url` names the server that it talks to.
    let folder = (origin.directory || `${url}/`) + origin.panelFolder
    let loading: Promise<PanelModule> | undefined
    let panel: Promise<PanelHandle> | undefined
    let launcher: Launcher | undefined
    let settings: WidgetSettings | null = null

    const load = () => {
      const chunkUrl = `${folder}/panel.js`
      loading ??= (importModule(chunkUrl) as Promise<PanelModule>).catch((error) => {
        // Some browsers remember that a module failed, by its address: each attempt has its own. It is the folder's, because
        // the panel's chunks import the panel from beside them, and must find the one that has loaded them.
        folder += '/'
        loading = undefined
        throw new Error(`${chunkUrl} failed to load`, { cause: error })
      })
      return loading
    }
    const prefetch = () => void load().catch(() => {})
    /** Until it was drawn there is no launcher, and after it was removed nothing is drawn. */
    const draw = () => {
      if (mine !== placed || launcher) return
      launcher = drawLauncher(options, settings)
      launcher.button.onclick = () => push(['open'])
      launcher.button.onpointerenter = launcher.button.onfocus = prefetch
      events.emit('ready')
    }
    const mine: Placed = {
      key: widgetKey,
      async panel() {
        if (!launcher) await mine.settled
        const drawn = launcher
        if (!drawn) return
        if (!panel) drawn.setState('loading')
        panel ??= load()
          .then((chunk) => chunk.createPanel({ launcher: drawn, options, settings, events }))
          .catch((error) => {
            panel = undefined
            drawn.setState('failed')
            throw error
          })
        return panel
      },
      remove() {
        launcher?.remove()
        launcher = undefined
        panel?.then((loaded) => loaded.destroy()).catch(() => {})
      },
    }
    placed = mine
    const may = mayStore(options)
    if (!may || (options.primaryColor && options.position)) draw()
    // Before consent the server hears of no visitor, and nobody knows of a session, nor that the visitor has closed the panel before.
    if (!may) return mine
    /** What happens by itself. */
    const use = (run: (panel?: PanelHandle) => void) => {
      if (mine === placed) mine.panel().then(run).catch(report)
    }
    mine.settled = loadSettings(options).then((found) => {
      // Switched off (G2), it is not drawn, and what was said to it is said to nobody.
      if (found === false) return mine.remove()
      settings = found
      draw()
      const delay = options.autoOpenDelay ?? found?.autoOpenDelaySeconds ?? DEFAULT_AUTO_OPEN_DELAY
      const openUnlessClosed = () => {
        if (!recall(options, CLOSED)) use((loaded) => loaded?.open(false))
      }
      if (options.autoOpen ?? found?.autoOpen) setTimeout(openUnlessClosed, delay * 1000)
      // A tab with a session may have an answer waiting: only a running client can count it.
      whenIdle(() => {
        const known = hasTabSession(options)
        // Rules wait for their moment in the panel, which begins nothing by itself.
        if (known || found?.proactiveRules?.[0]) use((loaded) => known && loaded?.begin())
        else if (mine === placed) prefetch()
      })
    })
    return mine
  }

  function init(given: unknown): unknown {
    const options = resolveOptions(given, origin)
    if (placed?.key === options.widgetKey) return placed.panel().then((panel) => panel?.run('init', [given]))
    placed?.remove()
    return place(options).settled
  }

  const push = createCommandQueue((name, args) => {
    if (LISTENS.test(name)) return (events[name as 'on'] as (...of: unknown[]) => unknown)(...args)
    if (name === 'init') return init(args[0])
    if (name !== 'destroy') return placed?.panel().then((panel) => panel?.run(name, args))
    placed?.remove()
    placed = undefined
    events = createWidgetEvents()
  }, report)
  return push
}
