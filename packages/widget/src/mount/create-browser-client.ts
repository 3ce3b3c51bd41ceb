import { type ChatClient, type ChatClientOptions, createChatClient, type TransportFactory } from '@chatdesk/core'
import { createIndexedDbStorage } from '@chatdesk/core/indexed-db'
import { createBrowserIdentity } from '@chatdesk/identity'
import { onPageHide, onPageWake, pageAddress } from '../launcher/host-page.js'
import type { WidgetOptions } from '../widget-options.js'

/** The client of a visitor in a browser: first-party identity, outbox on disk, connections that sleep with the page. */
export function createBrowserClient(
  { url, widgetKey }: Pick<WidgetOptions, 'url' | 'widgetKey'>,
  transports: readonly TransportFactory[],
  overrides: Partial<ChatClientOptions> = {},
): ChatClient {
  const identity = createBrowserIdentity({ widgetKey })
  const client = createChatClient({
    url,
    widgetKey,
    // Where the browser has no IndexedDB, or refuses it, the client goes on in memory and says so.
    storage: createIndexedDbStorage(),
    page: pageAddress,
    wakeSignals: { onWake: onPageWake, onRest: onPageHide },
    ...overrides,
    identity: overrides.identity ?? identity,
    transports: overrides.transports ?? transports,
  })
  return {
    ...client,
    async dispose() {
      await client.dispose()
      identity.dispose()
    },
  }
}
