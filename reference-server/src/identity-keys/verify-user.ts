import { createHmac, timingSafeEqual } from 'node:crypto'
import { ChatError, type VisitorUser } from '@chatdesk/protocol'
import type { Database } from '../database/index.js'
import type { Sealer } from '../platform/sealed.js'
import { loadIdentityKeys, type OpenIdentityKey, type WidgetOfOrganization } from './identity-keys.js'
import { type KeySources, type VerifiedUser, verifyToken } from './verify-token.js'

/** What verifying needs. */
export interface VerifyUserContext extends KeySources {
  database: Database
  clock: () => Date
  sealer: Sealer
}

/** Who the visitor is; throws `UNAUTHENTICATED` and names the field, for the site's developer to see (S13). */
export async function verifyUser(
  context: VerifyUserContext,
  widget: WidgetOfOrganization,
  user: VisitorUser,
): Promise<VerifiedUser> {
  const { database, sealer, clock } = context
  const now = clock()
  const keys = await loadIdentityKeys(database.of(widget.organizationId), sealer, widget, now)
  if ('token' in user) return await verifyToken(context, { token: user.token, widgetId: widget.widgetId, keys, now })
  const keyId = keys.find((key) => hasHash(key, widget.widgetId, user))?.id
  if (keyId === undefined)
    throw new ChatError('UNAUTHENTICATED', 'user.hash: no HMAC key of this widget made it.', { field: 'user.hash' })
  // The hash is of the id alone: name, e-mail and account beside it are what the page says.
  return { externalId: user.id, proof: 'hmac', keyId, name: null, email: null, account: null }
}

function hasHash(key: OpenIdentityKey, widgetId: string, { id, hash }: { id: string; hash: string }): boolean {
  if (key.kind !== 'hmac') return false
  const expected = createHmac('sha256', key.openSecret()).update(`v1|${widgetId}|${id}`).digest()
  return timingSafeEqual(expected, Buffer.from(hash, 'hex'))
}
