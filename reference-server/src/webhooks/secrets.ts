import type { Selectable } from 'kysely'
import type { Tables } from '../database/index.js'
import type { Sealer } from '../platform/sealed.js'
import { createWebhookSecret } from './sign-webhook.js'

type Row = Selectable<Tables['webhooks']>

const placeOf = (organizationId: string, id: string) => ({ organizationId, field: `webhooks.sealed_secret/${id}` })

/** A new secret, and what is stored of it. Throws `UNAVAILABLE` where this server keeps no secrets. */
export function makeSecret(sealer: Sealer, organizationId: string, id: string): { secret: string; sealed: string } {
  const secret = createWebhookSecret()
  return { secret, sealed: sealer.seal(secret, placeOf(organizationId, id)) }
}

/** The secrets that a webhook is signed with: its own, and the previous one while that stands. */
export function openSecrets(sealer: Sealer, row: Row, now: Date): string[] {
  const { sealed_secret: own, sealed_previous_secret: previous, previous_secret_until: until } = row
  const place = placeOf(row.organization_id, row.id)
  const standing = previous !== null && until !== null && until > now ? [own, previous] : [own]
  return standing.map((sealed) => sealer.open(sealed, place))
}
