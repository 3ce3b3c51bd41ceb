import type { ConnectionState } from '@chatdesk/core'
import { mayStore, type WidgetOptions } from '../widget-options.js'
import { checkFiles, checkPolicy, checkStorage, checkVisible } from './diagnose/browser-checks.js'
import type { Diagnosis, Finding } from './diagnose/diagnosis.js'
import type { PanelModel } from './panel-model.js'

/** Looks at everything that may keep a widget from working, and prints what it finds. Starts no chat, and keeps nothing. */
export async function diagnose(panel: PanelModel): Promise<Diagnosis> {
  const { launcher, client, options, container, open } = panel
  const { host } = launcher.root
  const shown = (open && container.firstElementChild) || launcher.button
  const may = mayStore(options)
  const findings = [
    // Without consent nothing is asked, and nothing touched.
    ...(may ? [await checkSettings(options)] : []),
    await checkFiles(() => import('./extras.js')),
    checkConnection(client.$connection.get()),
    // After the requests, which it may have blocked.
    checkPolicy([options.url, options.url.replace(/^http/, 'ws')]),
    checkVisible(host, shown),
    ...(may ? [checkStorage()] : []),
  ]
  for (const { check, ok, says } of findings) console.info(`[chatdesk] ${ok ? 'ok  ' : 'FAIL'} ${check}: ${says}`)
  return { ok: findings.every(({ ok }) => ok), build: import.meta.url, findings }
}

async function checkSettings({ url, widgetKey }: WidgetOptions): Promise<Finding> {
  const fault = (says: string): Finding => ({ check: 'settings', ok: false, says })
  try {
    const response = await fetch(`${url}/api/chat-widget/public/widget/${widgetKey}/config`, { credentials: 'omit' })
    if (response.ok) return { check: 'settings', ok: true, says: `the server at ${url} knows the widget ${widgetKey}` }
    if (response.status === 404) return fault(`the server at ${url} knows no widget ${widgetKey}`)
    if (response.status === 403) return fault(`the widget ${widgetKey} is switched off`)
    return fault(`the server at ${url} answered ${response.status}`)
  } catch {
    return fault(`${url} cannot be reached: another address, no network, or something in the browser blocks it`)
  }
}

function checkConnection(state: ConnectionState): Finding {
  switch (state.status) {
    case 'idle':
      return { check: 'connection', ok: true, says: 'not begun: it connects when the visitor opens the chat' }
    case 'connecting':
      return { check: 'connection', ok: true, says: `on its way, attempt ${state.attempt}` }
    case 'online':
      return { check: 'connection', ok: true, says: `online by ${state.transport}` }
    case 'waiting':
    case 'failed':
      return { check: 'connection', ok: false, says: `${state.status}: ${state.error.code}, ${state.error.message}` }
  }
}
