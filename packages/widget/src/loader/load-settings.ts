import type { WidgetSettings } from '@chatdesk/protocol'
import type { WidgetOptions } from '../widget-options.js'

/** Milliseconds that the launcher waits for its appearance before it takes the defaults. */
const PATIENCE_MS = 1000

/** Fetches a widget's public settings; null when they do not come in time, or not at all, and false when it is switched off (G2). */
export async function loadSettings({ url, widgetKey }: WidgetOptions): Promise<WidgetSettings | null | false> {
  const address = `${url}/api/chat-widget/public/widget/${encodeURIComponent(widgetKey)}/config`
  try {
    // Browsers from before this timeout wait for as long as the network does.
    const response = await fetch(address, { credentials: 'omit', signal: AbortSignal.timeout?.(PATIENCE_MS) })
    return response.status !== 403 && (await response.json()).widget
  } catch {
    return null
  }
}
