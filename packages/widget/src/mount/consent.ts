import type { ChatClient, IdentityProvider, VisitorIdentity } from '@chatdesk/core'
import { eraseIndexedDb } from '@chatdesk/core/indexed-db'
import { eraseIdentity } from '@chatdesk/identity'
import { hasTabSession } from '../launcher/browser-tab-memory.js'

/**
 * Follows what the visitor has said; the storages have opened or closed already. What a client keeps of its outbox when
 * it has gone on in memory stays there for as long as its page.
 *
 * @param known what a chat that had begun knew of the visitor; true: there was none; false: they have not consented.
 */
export async function applyConsent(
  known: VisitorIdentity | boolean,
  widgetKey: string,
  identity: IdentityProvider,
  client: ChatClient,
): Promise<void> {
  if (!known) return void (await Promise.all([eraseIdentity({ widgetKey }), eraseIndexedDb()]))
  if (known !== true) {
    // A chat that began in memory is one to come back to.
    const { token, visitorToken } = known
    if (token && visitorToken) await identity.remember({ token, visitorToken })
  } else if (hasTabSession({ widgetKey })) {
    // As in a page that was never asked: only a running client can count what has come.
    client.start().catch(() => {})
  }
}
