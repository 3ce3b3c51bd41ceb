import type { ChatClient, ChatClientOptions, Unsubscribe } from '@chatdesk/core'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { createWidget } from '../launcher/create-widget.js'
import { whenIdle } from '../launcher/host-page.js'
import { hasTabSession } from '../launcher/tab-memory.js'
import { createWidgetEvents, type Report, type WidgetEventMap } from '../launcher/widget-events.js'
import { createPanelView } from '../panel/create-panel-view.jsx'
import type { WidgetOptions } from '../widget-options.js'
import { createBrowserClient } from './create-browser-client.js'

/** Options of `mountWidget`. */
export interface MountOptions extends WidgetOptions {
  /** Where the widget's host element goes; the page's body when absent. The launcher keeps its corner in any case. */
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
  on<K extends keyof WidgetEventMap>(type: K, listener: (event: WidgetEventMap[K]) => void): Unsubscribe
  /** Leaves the page as it was found, and ends the client; safe to call twice. */
  unmount(): void
}

const report: Report = (...details) => console.error('[chatdesk]', ...details)

/** Puts a widget on a page. For browsers; importing this module is safe anywhere. */
export function mountWidget(options: MountOptions): WidgetHandle {
  const events = createWidgetEvents(report)
  const client = createBrowserClient(options, [webSocketTransport()], options.client)
  const widget = createWidget({
    options,
    settings: null,
    events,
    loadPanel: async () => (context) => createPanelView(client, context),
    onApproach() {},
    report,
    target: options.target,
  })
  let mounted = true
  // A tab with a session may have an answer waiting: only a running client can count it.
  if (hasTabSession(options.widgetKey)) whenIdle(widget.warmUp)
  return {
    client,
    open: () => widget.open(),
    close: () => widget.close(),
    toggle: () => widget.toggle(),
    on: events.on,
    unmount() {
      if (!mounted) return
      mounted = false
      widget.destroy()
      void client.dispose()
    },
  }
}
