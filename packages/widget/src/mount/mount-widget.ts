import type { ChatClient, ChatClientOptions } from '@chatdesk/core'
import { CLOSED, hasTabSession, recall } from '../launcher/browser-tab-memory.js'
import { drawLauncher } from '../launcher/draw-launcher.js'
import { pageLanguages, whenIdle } from '../launcher/host-page.js'
import type { PanelContext } from '../launcher/panel-port.js'
import { createWidgetEvents, type WidgetEvents } from '../launcher/widget-events.js'
import { loadSettings } from '../loader/load-settings.js'
import { createPanelView } from '../panel/create-panel-view.jsx'
import { dressInline } from '../panel/dress-inline.js'
import type { RunCommand } from '../sdk/commands.js'
import { ENGLISH, loadLanguage } from '../text/load-language.js'
import { DEFAULT_AUTO_OPEN_DELAY, mayStore, type WidgetOptions } from '../widget-options.js'
import { createBrowserClient } from './create-browser-client.js'
import { defaultTransports } from './default-transports.js'
import { importTexts } from './import-texts.js'

/** Options of `mountWidget`. */
export interface MountOptions extends WidgetOptions {
  /** Where the widget's host element goes; beside the page's body when absent. The launcher keeps its corner, unless `mode` is `inline`. */
  target?: Element | undefined
  /** Replaces parts of the client: transports, storage, identity, clock. */
  client?: Partial<Omit<ChatClientOptions, 'url' | 'widgetKey'>> | undefined
}

/** A widget that stands on a page. */
export interface WidgetHandle {
  readonly client: ChatClient
  open(): void
  close(): void
  toggle(): void
  /** The visitor agrees that the chat keeps things in their browser, or does not any more. Resolves when it is done. */
  consent(granted: boolean): Promise<void>
  /** Does what a command of the global function does, by its name. */
  run: RunCommand
  on: WidgetEvents['on']
  /** Leaves the page as it was found, and ends the client; safe to call twice. */
  unmount(): void
}

/** Puts a widget on a page. For browsers; importing this module is safe anywhere. */
export function mountWidget(given: MountOptions): WidgetHandle {
  // Own properties alone count: a polluted prototype configures nothing.
  const options: MountOptions = Object.assign(Object.create(null), given)
  const { mode, target } = options
  const events = createWidgetEvents()
  let mounted = true
  const client = createBrowserClient(options, defaultTransports, options.client)
  const launcher = drawLauncher(options, null, target)
  const context: PanelContext = { launcher, options, settings: null, events }
  const panel = createPanelView(client, context, ENGLISH)
  if (mode === 'inline') {
    // At once, before the chunk is there that does the rest.
    if (target) dressInline(launcher, target)
    void panel.run('inline', [target]).catch((error) => console.error('[chatdesk]', error))
  }
  const wanted = options.locale ? [options.locale] : pageLanguages()
  void loadLanguage(wanted, importTexts).then((language) => mounted && panel.speak(language))
  events.emit('ready')
  // A tab with a session may have an answer waiting: only a running client can count it.
  if (hasTabSession(options)) whenIdle(() => mounted && panel.begin())
  const openIn = (seconds = DEFAULT_AUTO_OPEN_DELAY) =>
    setTimeout(() => mounted && !recall(options, CLOSED) && panel.open(false), seconds * 1000)
  // Before consent the server hears of no visitor, and nobody may look whether they have closed the panel before.
  if (mayStore(options)) {
    const { autoOpen, autoOpenDelay } = options
    if (autoOpen) openIn(autoOpenDelay)
    void loadSettings(options, options.client?.fetch).then((found) => {
      if (!mounted) return
      // Switched off (G2).
      if (found === false) return launcher.remove()
      context.settings = found
      panel.applyOptions()
      if (autoOpen === undefined && found?.autoOpen) openIn(autoOpenDelay ?? found.autoOpenDelaySeconds)
    })
  }
  return {
    client,
    open: () => panel.open(),
    close: () => void panel.run('close', []),
    toggle: () => void panel.run('toggle', []),
    run: panel.run as RunCommand,
    consent: (granted) => panel.run('consent', [granted]) as Promise<void>,
    on: (type, listener) => events.on(type, listener),
    unmount() {
      if (!mounted) return
      mounted = false
      panel.destroy()
      launcher.remove()
      void client.dispose()
    },
  }
}
