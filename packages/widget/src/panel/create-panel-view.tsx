import type { ChatClient } from '@chatdesk/core'
import { atom } from 'nanostores'
import { render } from 'preact'
import { closedKey, keep } from '../launcher/browser-tab-memory.js'
import { pageLanguages } from '../launcher/host-page.js'
import type { PanelContext, PanelHandle } from '../launcher/panel-port.js'
import { adoptStyle, replaceStyle } from '../launcher/style-sheets.js'
import { panelTexts } from '../text/en.js'
import { createTimeFormat } from '../text/time-format.js'
import panelCss from '../theme/panel.css?inline'
import { themeStyle } from '../theme/theme-style.js'
import { DEFAULT_COLOR } from '../widget-options.js'
import { controlLauncher } from './control-launcher.js'
import { Panel } from './panel.jsx'
import { type Appearance, type PanelEnvironment, PanelEnvironmentProvider } from './panel-environment.js'
import { readOptions } from './read-options.js'

/** Keys typed into the chat are not for the shortcuts of the page. */
const KEY_EVENTS = ['keydown', 'keyup', 'keypress'] as const

/** Draws a panel for a client, closed. The client stays its maker's: `destroy` does not end it. */
export function createPanelView(client: ChatClient, context: PanelContext): PanelHandle {
  const { launcher, events } = context
  const { url, widgetKey } = context.options
  const options = readOptions(context.options, (message) => console.warn(`[chatdesk] ${message}`))
  const { root } = launcher
  const texts = { ...panelTexts, ...options.texts }
  const $open = atom(false)
  const $appearance = atom<Appearance>({ name: '', greeting: '' })
  adoptStyle(root, panelCss, options.styleNonce)
  const theme = adoptStyle(root, '', options.styleNonce)
  const container = root.ownerDocument.createElement('div')
  container.className = 'root'
  let takeFocus = false
  let begun = false

  const drawLauncher = () => control.draw({ open: $open.get(), unread: client.$unreadCount.get() })
  function open(byVisitor = true): void {
    if ($open.get()) return
    takeFocus = byVisitor
    $open.set(true)
    drawLauncher()
    events.emit('open', undefined)
  }
  function close(): void {
    if (!$open.get()) return
    // Before the panel goes: hiding what has the focus would throw it to the top of the page.
    if (root.activeElement) launcher.button.focus()
    $open.set(false)
    drawLauncher()
    events.emit('close', undefined)
  }
  function closeByVisitor(): void {
    keep(closedKey(widgetKey), '1')
    close()
  }
  const toggle = () => ($open.get() ? closeByVisitor() : open())
  const control = controlLauncher(launcher, texts, toggle)

  const environment: PanelEnvironment = {
    client,
    texts,
    time: createTimeFormat(pageLanguages(), texts, Date.now),
    serverOrigin: new URL(url).origin,
    widgetKey,
    $open,
    $appearance,
    takesFocus: () => takeFocus,
    begin() {
      if (begun) return
      begun = true
      // The banner shows how it ended.
      client.start().catch(() => {})
    },
    close: closeByVisitor,
  }

  const onKey = (event: Event) => {
    event.stopPropagation()
    const { type, key, isComposing } = event as KeyboardEvent
    if (type === 'keydown' && key === 'Escape' && !isComposing && $open.get()) closeByVisitor()
  }
  for (const type of KEY_EVENTS) root.addEventListener(type, onKey)

  const stops = [
    client.$settings.subscribe((live) => {
      const settings = live ?? context.settings
      $appearance.set({ name: settings?.name ?? '', greeting: options.greeting ?? settings?.greeting ?? '' })
      replaceStyle(
        theme,
        themeStyle(options.primaryColor ?? settings?.primaryColor ?? DEFAULT_COLOR, options.theme ?? 'system'),
      )
    }),
    client.$unreadCount.subscribe(drawLauncher),
    client.$unreadCount.listen((count) => events.emit('unread', { count })),
    client.on('message', (message) => events.emit('message', message)),
  ]
  root.append(container)
  render(
    <PanelEnvironmentProvider value={environment}>
      <Panel />
    </PanelEnvironmentProvider>,
    container,
  )

  return {
    client,
    begin: environment.begin,
    open,
    close,
    toggle,
    destroy() {
      control.release()
      for (const stop of stops) stop()
      for (const type of KEY_EVENTS) root.removeEventListener(type, onKey)
      render(null, container)
      container.remove()
    },
  }
}
