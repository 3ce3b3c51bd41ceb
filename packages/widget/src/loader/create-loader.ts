import type { WidgetSettings } from '@chatdesk/protocol'
import { createWidget, type Widget } from '../launcher/create-widget.js'
import { preloadModule, whenIdle } from '../launcher/host-page.js'
import { hasTabSession } from '../launcher/tab-memory.js'
import { createWidgetEvents, type Report } from '../launcher/widget-events.js'
import type { WidgetOptions } from '../widget-options.js'
import { createCommandQueue, type LoaderCommands, type PushCommand } from './command-queue.js'
import { createPanelLoader } from './load-panel.js'
import { loadSettings } from './load-settings.js'
import { readOptions } from './read-options.js'

/** Where the loader came from. */
export interface LoaderOrigin {
  /** Directory of the script, without a slash at its end; empty when unknown. */
  directory: string
  /** Path of the panel's chunk below it. */
  panelPath: string
  /** The script's own nonce, which its children carry too. */
  nonce?: string | undefined
}

const report: Report = (...details) => console.error('[chatdesk]', ...details)

/** What a site owner's `init` gives, completed by what the script knows of itself. */
function resolveOptions(given: unknown, { directory, nonce }: LoaderOrigin): WidgetOptions {
  const options = { url: directory, styleNonce: nonce, scriptNonce: nonce, ...readOptions(given, report) }
  const widgetKey = options.widgetKey ?? options.organizationId
  if (!widgetKey || !options.url) throw new Error('widgetKey or url is missing')
  return { ...options, widgetKey, url: options.url.replace(/\/+$/, '') }
}

/** The commands of one page, behind their queue. */
export function createLoader(origin: LoaderOrigin): PushCommand {
  let events = createWidgetEvents(report)
  /** From `init` to `destroy`: what the latter undoes. */
  let cleanUps: (() => void)[] | undefined
  let widget: Widget | undefined
  /** The last wish while the widget's appearance is on its way. */
  let wish: 'open' | 'close' | 'toggle' | undefined

  const draw = (options: WidgetOptions, settings: WidgetSettings | null, undo: (() => void)[]): void => {
    // Settings may come after `destroy`.
    if (undo !== cleanUps) return
    // Code comes from where the loader came from; `url` names the server that it talks to.
    const chunkUrl = `${origin.directory || options.url}/${origin.panelPath}`
    let prefetched = false
    const prefetch = () => {
      if (prefetched || undo !== cleanUps) return
      prefetched = true
      undo.push(preloadModule(chunkUrl, options.scriptNonce))
    }
    const loadPanel = createPanelLoader(chunkUrl)
    widget = createWidget({ options, settings, events, loadPanel, onApproach: prefetch, report })
    undo.push(widget.destroy)
    if (wish) widget[wish]()
    // A tab with a session may have an answer waiting: only a running client can count it.
    whenIdle(hasTabSession(options.widgetKey) ? widget.warmUp : prefetch)
  }
  const command = (name: 'open' | 'close' | 'toggle') => () => {
    wish = name
    widget?.[name]()
  }

  const commands: LoaderCommands = {
    init(given) {
      if (cleanUps) throw new Error('called twice')
      const options = resolveOptions(given, origin)
      const undo: (() => void)[] = []
      cleanUps = undo
      if (options.primaryColor && options.position) draw(options, null, undo)
      else void loadSettings(options.url, options.widgetKey).then((settings) => draw(options, settings, undo))
    },
    open: command('open'),
    close: command('close'),
    toggle: command('toggle'),
    on: (type, listener) => void events.on(type, listener),
    off: (type, listener) => events.off(type, listener),
    destroy() {
      for (const undo of cleanUps ?? []) undo()
      cleanUps = widget = wish = undefined
      events = createWidgetEvents(report)
    },
  }
  return createCommandQueue(commands, report)
}
