import type { WidgetSettings } from '@chatdesk/protocol'
import type { WidgetOptions } from '../widget-options.js'

/** Milliseconds that the launcher waits for its appearance before it takes the defaults. */
const PATIENCE_MS = 1000

/** Fetches a widget's public settings; null when they do not come in time, or not at all, and false when it is switched off (G2). */
export const loadSettings = (
  { url, widgetKey }: WidgetOptions,
  get: typeof fetch = fetch,
): Promise<WidgetSettings | null | false> =>
  get(`${url}/api/chat-widget/public/widget/${widgetKey}/config`, {
    credentials: 'omit',
    // Browsers from before this timeout wait for as long as the network does.
    signal: AbortSignal.timeout?.(PATIENCE_MS),
  })
    .then((response) => response.status !== 403 && response.json().then((answer) => answer.widget))
    .catch(() => null)
