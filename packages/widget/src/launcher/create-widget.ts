import type { WidgetSettings } from '@chatdesk/protocol'
import { launcherTexts } from '../text/en.js'
import { colorOn } from '../theme/contrast.js'
import { DEFAULT_COLOR, type WidgetOptions } from '../widget-options.js'
import { createElement, whenBody } from './host-page.js'
import launcherCss from './launcher.css?inline'
import { createLauncher } from './launcher.js'
import type { CreatePanel, PanelHandle } from './panel-port.js'
import { adoptStyle } from './style-sheets.js'
import { keep, recall } from './tab-memory.js'
import type { Report, WidgetEvents } from './widget-events.js'

/** Seconds, of an `autoOpen` without a delay. */
const DEFAULT_AUTO_OPEN_DELAY = 5

/** What a widget is made of. */
export interface WidgetParts {
  options: WidgetOptions
  settings: WidgetSettings | null
  events: WidgetEvents
  /** Brings the panel; called again after a failure. */
  loadPanel(): Promise<CreatePanel>
  /** The visitor may want the panel soon. */
  onApproach(): void
  report: Report
  /** Where the host element goes; the page's body when absent. */
  target?: Element | undefined
}

/** A widget on its page: launcher, and the panel behind it. */
export interface Widget {
  /** `byVisitor`: takes the focus and begins the session; otherwise the visitor's first touch does. Default: true. */
  open(byVisitor?: boolean): void
  close(): void
  toggle(): void
  /** Loads the panel and begins its session without showing it, so that messages are heard of. */
  warmUp(): void
  /** Leaves the page as it was found; safe to call twice. */
  destroy(): void
}

/** Draws a widget's launcher at once and its panel on demand. */
export function createWidget({
  options,
  settings,
  events,
  loadPanel,
  onApproach,
  report,
  target,
}: WidgetParts): Widget {
  const closedKey = `chatdesk.closed.${options.widgetKey}`
  const brand = options.primaryColor ?? settings?.primaryColor ?? DEFAULT_COLOR
  const host = createElement('chatdesk-widget')
  if ((options.position ?? settings?.position) === 'bottom-left') host.dataset.side = 'left'
  const root = host.attachShadow({ mode: 'open' })
  const colors = `:host{--chatdesk-brand:${brand};--chatdesk-on-brand-icon:${colorOn(brand, 3)}}`
  adoptStyle(root, launcherCss + colors, options.styleNonce)

  /** The visitor wants the panel, whether it is there yet or not. */
  let wanted = false
  let destroyed = false
  let panel: Promise<PanelHandle> | undefined
  let shown: PanelHandle | undefined

  const closeByVisitor = () => {
    // So that `autoOpen` leaves this tab in peace.
    keep(closedKey, '1')
    widget.close()
  }
  const launcher = createLauncher(root, {
    texts: { ...launcherTexts, ...options.texts },
    onPress: () => (wanted ? closeByVisitor() : widget.open()),
    onApproach,
  })

  /** A failure is forgotten, so that the next call tries again. */
  const withPanel = (use: (panel: PanelHandle) => void): Promise<void> => {
    panel ??= loadPanel().then((createPanel) =>
      createPanel({
        root,
        options,
        settings,
        onUnread(count) {
          launcher.setUnread(count)
          events.emit('unread', { count })
        },
        onMessage: (message) => events.emit('message', message),
        onClose: closeByVisitor,
      }),
    )
    return panel.then(use).catch((error: unknown) => {
      panel = undefined
      report('the panel could not be loaded', error)
      if (wanted) launcher.setState('failed')
      wanted = false
    })
  }

  const widget: Widget = {
    open(byVisitor = true) {
      if (wanted || destroyed) return
      wanted = true
      launcher.setState('opening')
      void withPanel((handle) => {
        if (!wanted) return
        shown = handle
        handle.open(byVisitor)
        launcher.setState('open')
        events.emit('open', undefined)
      })
    },
    close() {
      if (!wanted) return
      wanted = false
      launcher.setState('closed')
      if (!shown) return
      // Before the panel goes: hiding what has the focus would throw it to the top of the page.
      if (root.activeElement) launcher.button.focus()
      shown.close()
      shown = undefined
      events.emit('close', undefined)
    },
    toggle: () => (wanted ? widget.close() : widget.open()),
    warmUp() {
      if (!destroyed) void withPanel((handle) => handle.begin())
    },
    destroy() {
      if (destroyed) return
      destroyed = true
      wanted = false
      void panel?.then(
        (handle) => handle.destroy(),
        () => {},
      )
      host.remove()
    },
  }

  whenBody((body) => {
    if (destroyed) return
    ;(target ?? body).append(host)
    if (options.autoOpen && !recall(closedKey)) {
      setTimeout(() => widget.open(false), (options.autoOpenDelay ?? DEFAULT_AUTO_OPEN_DELAY) * 1000)
    }
    // Later than the calls that stand behind `init` in the page, so that their listeners hear it in order.
    queueMicrotask(() => events.emit('ready', undefined))
  })
  return widget
}
