import {
  type ChatClient,
  type ChatClientOptions,
  createChatClient,
  type Transport,
  type TransportFactory,
} from '@chatdesk/core'
import { createIndexedDbStorage } from '@chatdesk/core/indexed-db'
import { createBrowserIdentity } from '@chatdesk/identity'
import { onPageHide, onPageWake, pageAddress, whenIdle } from '../launcher/host-page.js'
import { mayStore, type WidgetOptions } from '../widget-options.js'

/** A client in a browser, whose visitor may be asked for consent. */
export interface BrowserClient extends ChatClient {
  /** Keeps in the browser what memory has kept so far; or takes everything away and goes on in memory. */
  consent(granted: boolean): Promise<void>
}

/**
 * The client of a visitor in a browser: first-party identity, outbox on disk, connections that sleep with the page.
 *
 * @param options their `consent` is asked before each access to a storage, and changed by the client's `consent`.
 */
export function createBrowserClient(
  options: WidgetOptions,
  transports: readonly TransportFactory[],
  overrides: Partial<ChatClientOptions> = {},
): BrowserClient {
  const { url, widgetKey, user, traits } = options
  const may = () => mayStore(options)
  const browserIdentity = createBrowserIdentity({
    widgetKey,
    mayStore: may,
    deviceHint: () =>
      options.fingerprint && options.consent === 'granted'
        ? import('@chatdesk/identity/fingerprint').then((chunk) => chunk.deviceHint())
        : undefined,
  })
  const identity = overrides.identity ?? browserIdentity
  /** Makes a transport of all tabs, where the server says that they share. */
  let share: ((create: TransportFactory) => Transport) | false
  const client = createChatClient({
    url,
    widgetKey,
    user,
    traits,
    // Where the browser has no IndexedDB, or refuses it, or the visitor does, the client goes on in memory and says so.
    storage: createIndexedDbStorage(undefined, may),
    page: pageAddress,
    wakeSignals: { onWake: onPageWake, onRest: onPageHide },
    async onSession({ sessionId, widget }) {
      share = widget.tabs === 'shared' && (await import('./browser-shared-tabs.js')).shareTabs(widgetKey, sessionId)
    },
    ...overrides,
    identity,
    transports: (overrides.transports ?? transports).map((create) => () => (share ? share(create) : create())),
  })
  // Each connection may be the first since another tab was closed. A disk that fails has been told of already.
  client.$connection.listen(({ status }) => {
    if (status === 'online' && may())
      whenIdle(() => void import('./adopt.js').then(({ adopt }) => adopt(options, client)).catch(() => {}))
  })
  return {
    ...client,
    consent(granted) {
      // Asked before the consent counts, so that what memory holds does not wait for a device hint; but not where there is no
      // chat yet: who is asked without consent never looks at what an earlier page has left.
      const known = granted && (client.$connection.get().status === 'idle' || identity.resolve())
      options.consent = granted ? 'granted' : 'required'
      return import('./consent.js').then(async ({ applyConsent }) =>
        applyConsent(await known, widgetKey, identity, client),
      )
    },
    async dispose() {
      await client.dispose()
      browserIdentity.dispose()
    },
  }
}
