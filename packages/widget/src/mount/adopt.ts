import type { ChatClient } from '@chatdesk/core'
import { adoptEntries, adoptOutboxes } from '@chatdesk/core/adopt-outboxes'
import { createIndexedDbStorage, indexedDbKeys } from '@chatdesk/core/indexed-db'
import { whileTabIsGone } from '@chatdesk/identity'
import { mayStore, type WidgetOptions } from '../widget-options.js'

/** Sends what tabs that are gone have left unsent in this browser, for as long as the visitor lets it look. */
export async function adopt(
  options: WidgetOptions,
  client: Pick<ChatClient, 'port' | '$settings' | '$persistence'>,
): Promise<void> {
  const { url, widgetKey } = options
  const may = () => mayStore(options)
  if (!may()) return
  await adoptOutboxes({
    url,
    widgetKey,
    adopt: (...left) => adoptEntries(client, ...left),
    fetch: (...request) => fetch(...request),
    now: Date.now,
    storage: { ...createIndexedDbStorage(undefined, may), keys: () => indexedDbKeys() },
    whileGone: (tabId, deliver) => whileTabIsGone(widgetKey, tabId, deliver),
  })
}
