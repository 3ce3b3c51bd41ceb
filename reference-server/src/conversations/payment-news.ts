import { type RawBuilder, sql } from 'kysely'

/** How a payment stands when its team has something to hear: money has come, or it has not, or somebody has to look. */
const NEWS = ['attempted', 'partially_paid', 'paid', 'paid_late', 'overpaid', 'expired', 'disputed', 'mismatch']

/**
 * Whether what was said at this time in a conversation `k` tells its team of a payment (P6). An intent changes in the transaction that
 * tells of it, at the same time.
 */
export const tellsOfPayment = (at: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`exists (
  select from payment_intents p where p.organization_id = k.organization_id and p.conversation_id = k.id
    and p.updated_at >= ${at} and p.state = any (${NEWS}::text[]))`
