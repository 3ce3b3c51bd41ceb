import type { WidgetSettings } from '@chatdesk/protocol'
import { readOptions } from './read-options.js'

/** Milliseconds that the launcher waits for its appearance before it takes the defaults. */
const PATIENCE_MS = 1000

/** Fetches a widget's public settings; null when they do not come in time, or not at all. */
export async function loadSettings(url: string, widgetKey: string): Promise<WidgetSettings | null> {
  const abort = new AbortController()
  setTimeout(() => abort.abort(), PATIENCE_MS)
  try {
    const address = `${url}/api/chat-widget/public/widget/${encodeURIComponent(widgetKey)}/config`
    const response = await fetch(address, { signal: abort.signal, credentials: 'omit' })
    const { widget } = await response.json()
    return { ...widget, ...readOptions(widget, () => {}) }
  } catch {
    return null
  }
}
