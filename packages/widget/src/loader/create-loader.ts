import { createWidget, type Widget } from '../launcher/create-widget.js'
import { preloadModule, whenIdle } from '../launcher/host-page.js'
import { recall } from '../launcher/tab-memory.js'
import { createWidgetEvents } from '../launcher/widget-events.js'
import type { WidgetOptions } from '../widget-options.js'
import { createCommandQueue, type LoaderCommands, type PushCommand } from './command-queue.js'
import { createPanelLoader } from './load-panel.js'
import { loadSettings } from './load-settings.js'
import { ownProperty, readOptions } from './read-options.js'

/** Where the loader came from. */
export interface LoaderOrigin {
  /** Directory of the script, without a slash at its end; empty when unknown. */
  directory: string
  /** Path of the panel's chunk below it. */
  panelPath: string
  /** The script's own nonce, which its children carry too. */
  nonce: string | undefined
}

/** Tells a site owner on the console, by the name they call us. */
const report = (message: string, cause?: unknown): void => {
  console.error(`[chatdesk] ${message}`, ...(cause === undefined ? [] : [cause]))
}

/** What a site owner's `init` gives, completed by what the script knows of itself. */
function resolveOptions(given: unknown, origin: LoaderOrigin): WidgetOptions {
  // The first integration guide called the key `organizationId`.
  const organizationId = ownProperty(given, 'organizationId')
  const options = {
    ...(typeof organizationId === 'string' ? { widgetKey: organizationId } : {}),
    url: origin.directory,
    styleNonce: origin.nonce,
    scriptNonce: origin.nonce,
    ...readOptions(given, report),
  }
  const { widgetKey, url } = options
  if (!widgetKey) throw new Error('init needs a widgetKey')
  if (!url) throw new Error('init needs the url of the server')
  return { ...options, widgetKey, url: url.replace(/\/+$/, '') }
}

/** The commands of one page, behind their queue. */
export function createLoader(origin: LoaderOrigin): PushCommand {
  let events = createWidgetEvents(report)
  let widget: Widget | undefined
  /** Given while the widget's appearance is on its way. */
  let wish: ((widget: Widget) => void) | undefined
  let cleanUps: (() => void)[] = []
  /** Counts `init` and `destroy`, so that settings that come late draw nothing. */
  let generation = 0

  const draw = (options: WidgetOptions, settings: Parameters<typeof createWidget>[0]['settings']): void => {
    // Code comes from where the loader came from; `url` names the server that it talks to.
    const chunkUrl = `${origin.directory || options.url}/${origin.panelPath}`
    let prefetched = false
    const prefetch = () => {
      if (prefetched) return
      prefetched = true
      cleanUps.push(preloadModule(chunkUrl, options.scriptNonce))
    }
    const drawn = createWidget({
      options,
      settings,
      events,
      loadPanel: createPanelLoader(chunkUrl),
      onApproach: prefetch,
      report,
    })
    // A tab with a session may have an answer waiting: only a running client can count it.
    cleanUps.push(whenIdle(recall(`chatdesk.session.${options.widgetKey}`) ? drawn.warmUp : prefetch))
    widget = drawn
    wish?.(drawn)
    wish = undefined
  }
  const later = (wished: (widget: Widget) => void): void => {
    if (widget) wished(widget)
    else wish = wished
  }

  const commands: LoaderCommands = {
    init(given) {
      if (cleanUps.length > 0) throw new Error('the widget stands already')
      const options = resolveOptions(given, origin)
      generation += 1
      const mine = generation
      cleanUps.push(() => widget?.destroy())
      if (options.primaryColor && options.position) {
        draw(options, null)
        return
      }
      void loadSettings(options.url, options.widgetKey).then((settings) => {
        if (mine === generation) draw(options, settings)
      })
    },
    open: () => later((drawn) => drawn.open()),
    close: () => later((drawn) => drawn.close()),
    toggle: () => later((drawn) => drawn.toggle()),
    on: (type, listener) => void events.on(type, listener),
    off: (type, listener) => events.off(type, listener),
    destroy() {
      generation += 1
      for (const cleanUp of cleanUps) cleanUp()
      cleanUps = []
      widget = wish = undefined
      events = createWidgetEvents(report)
    },
  }
  return createCommandQueue(commands, report)
}
