import type { PublicEntry } from '@chatdesk/protocol'
import type { PanelModel } from '../panel-model.js'

/**
 * Fetches what the widget's visitors may read, by category; or what fits the words, the best first. Rejects when it cannot be
 * had, or is no longer wanted.
 */
export async function loadHelp({ client }: PanelModel, words: string, signal: AbortSignal): Promise<PublicEntry[]> {
  const { url, widgetKey, fetch = globalThis.fetch } = client.port.options
  const path = `/api/chat-widget/public/widget/${encodeURIComponent(widgetKey)}/knowledge`
  // Called by itself: as a method of something else a browser's refuses.
  const get: typeof fetch = (...request) => fetch(...request)
  const response = await get(url + path + (words && `?q=${encodeURIComponent(words)}`), { credentials: 'omit', signal })
  return (await response.json()).entries.slice()
}
