import type { WidgetSettings } from '@chatdesk/protocol'

/** Fetches the public settings of a widget (G1); undefined when they cannot be had. A cache that still has those of another version is not asked. */
export async function loadWidget(
  fetch: typeof globalThis.fetch,
  url: string,
  widgetKey: string,
  version: string,
): Promise<WidgetSettings | undefined> {
  try {
    const path = `/api/chat-widget/public/widget/${encodeURIComponent(widgetKey)}/config?version=${version}`
    const response = await fetch(url + path, { credentials: 'omit' })
    return ((await response.json()) as { widget?: WidgetSettings }).widget
  } catch {
    return undefined
  }
}
