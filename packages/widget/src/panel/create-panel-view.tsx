import type { ChatClient } from '@chatdesk/core'
import { atom } from 'nanostores'
import { render } from 'preact'
import { pageLanguages } from '../launcher/host-page.js'
import type { PanelContext, PanelHandle } from '../launcher/panel-port.js'
import { adoptStyle } from '../launcher/style-sheets.js'
import { panelTexts } from '../text/en.js'
import { createTimeFormat } from '../text/time-format.js'
import panelCss from '../theme/panel.css?inline'
import { themeStyle } from '../theme/theme-style.js'
import { DEFAULT_COLOR } from '../widget-options.js'
import { Panel } from './panel.jsx'
import { type Appearance, type PanelEnvironment, PanelEnvironmentProvider } from './panel-environment.js'

/** Keys typed into the chat are not for the shortcuts of the page. */
const KEY_EVENTS = ['keydown', 'keyup', 'keypress'] as const

/** Draws a panel for a client, closed. The client stays its maker's: `destroy` does not end it. */
export function createPanelView(client: ChatClient, context: PanelContext): PanelHandle {
  const { root, options } = context
  const texts = { ...panelTexts, ...options.texts }
  const $open = atom(false)
  const $appearance = atom<Appearance>({ name: '', greeting: '' })
  adoptStyle(root, panelCss, options.styleNonce)
  const replaceTheme = adoptStyle(root, '', options.styleNonce)
  const container = root.ownerDocument.createElement('div')
  let takeFocus = false
  let begun = false

  const environment: PanelEnvironment = {
    client,
    texts,
    time: createTimeFormat(pageLanguages(), texts, Date.now),
    serverOrigin: new URL(options.url).origin,
    widgetKey: options.widgetKey,
    $open,
    $appearance,
    takesFocus: () => takeFocus,
    begin() {
      if (begun) return
      begun = true
      // The banner shows how it ended.
      client.start().catch(() => {})
    },
    close: context.onClose,
  }

  const onKey = (event: Event) => {
    event.stopPropagation()
    const { type, key, isComposing } = event as KeyboardEvent
    if (type === 'keydown' && key === 'Escape' && !isComposing && $open.get()) context.onClose()
  }
  for (const type of KEY_EVENTS) root.addEventListener(type, onKey)

  const stops = [
    client.$settings.subscribe((live) => {
      const settings = live ?? context.settings
      $appearance.set({ name: settings?.name ?? '', greeting: options.greeting ?? settings?.greeting ?? '' })
      replaceTheme(
        themeStyle(options.primaryColor ?? settings?.primaryColor ?? DEFAULT_COLOR, options.theme ?? 'system'),
      )
    }),
    client.$unreadCount.subscribe((count) => context.onUnread(count)),
    client.on('message', (message) => context.onMessage(message)),
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
    open(byVisitor) {
      takeFocus = byVisitor
      $open.set(true)
    },
    close: () => $open.set(false),
    destroy() {
      for (const stop of stops) stop()
      for (const type of KEY_EVENTS) root.removeEventListener(type, onKey)
      render(null, container)
      container.remove()
    },
  }
}
