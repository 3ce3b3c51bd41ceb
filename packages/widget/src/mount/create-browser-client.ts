import { type ChatClient, type ChatClientOptions, createChatClient, type TransportFactory } from '@chatdesk/core'
import { createIndexedDbStorage } from '@chatdesk/core/indexed-db'
import { createBrowserIdentity } from '@chatdesk/identity'
import { onPageWake, pageAddress } from '../launcher/host-page.js'
import type { WidgetOptions } from '../widget-options.js'
import { restOnPageHide } from './rest-on-page-hide.js'

/** The client of a visitor in a browser: first-party identity, outbox on disk, connections that sleep with the page. */
export function createBrowserClient(
  { url, widgetKey }: Pick<WidgetOptions, 'url' | 'widgetKey'>,
  transports: readonly TransportFactory[],
  overrides: Partial<ChatClientOptions> = {},
): ChatClient {
  const pageRest = restOnPageHide()
  const identity = createBrowserIdentity({ widgetKey })
  const client = createChatClient({
    url,
    widgetKey,
    // Where the browser has no IndexedDB, or refuses it, the client goes on in memory and says so.
    storage: createIndexedDbStorage(),
    page: pageAddress,
    wakeSignals: { onWake: onPageWake },
    ...overrides,
    identity: overrides.identity ?? identity,
    transports: (overrides.transports ?? transports).map(pageRest.wrap),
  })
  return {
    ...client,
    async dispose() {
      pageRest.stop()
      await client.dispose()
      identity.dispose()
    },
  }
}
