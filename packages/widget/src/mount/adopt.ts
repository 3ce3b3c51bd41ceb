import type { ChatClient } from '@chatdesk/core'
import { adoptOutboxes } from '@chatdesk/core/adopt-outboxes'
import { createIndexedDbStorage, indexedDbKeys } from '@chatdesk/core/indexed-db'
import { whileTabIsGone } from '@chatdesk/identity'
import type { WidgetOptions } from '../widget-options.js'

/** Sends what tabs that are gone have left unsent in this browser. */
export async function adopt({ url, widgetKey }: WidgetOptions, { adopt }: Pick<ChatClient, 'adopt'>): Promise<void> {
  await adoptOutboxes({
    url,
    widgetKey,
    adopt,
    fetch: (...request) => fetch(...request),
    now: Date.now,
    storage: { ...createIndexedDbStorage(), keys: () => indexedDbKeys() },
    whileGone: (tabId, deliver) => whileTabIsGone(widgetKey, tabId, deliver),
  })
}
