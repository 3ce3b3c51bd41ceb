import { ChatError } from '@chatdesk/protocol'
import type { Database } from '../../database/index.js'
import type { Sealer } from '../../platform/sealed.js'
import type { PaymentProvider } from '../provider/payment-provider.js'
import { createRazorpayProvider } from '../provider/razorpay/create-razorpay-provider.js'
import { apiSecret } from '../provider/secrets.js'
import type { AccountId } from './account-id.js'
import { openKeySecret } from './payment-account.js'

/** The accounts of all organizations, each with its own keys. */
export interface PaymentProviders {
  /** Rejects with `UNAVAILABLE` where its secret cannot be opened; undefined: there is no such account. */
  of(which: AccountId): Promise<PaymentProvider | undefined>
}

/** What `createPaymentProviders` needs. */
export interface ProvidersContext {
  database: Database
  sealer: Sealer
  /** Another place that speaks as Razorpay does, for accounts in test mode only. */
  razorpayUrl: string | undefined
  fetch?: typeof fetch
}

/** Opens accounts as they are asked for: a key that was replaced is replaced with the next call. */
export function createPaymentProviders(context: ProvidersContext): PaymentProviders {
  const { database, sealer, razorpayUrl, fetch: send = fetch } = context
  return {
    async of({ organizationId, accountId }) {
      const row = await database
        .of(organizationId)
        .selectFrom('payment_accounts')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where('id', '=', accountId)
        .executeTakeFirst()
      if (!row) return undefined
      // A simulator gets no live key, and a live account is never believed to be one.
      if (razorpayUrl !== undefined && row.mode === 'live')
        throw new ChatError('UNAVAILABLE', 'This server speaks to a simulator, and takes no live payments.')
      return createRazorpayProvider({
        ...{ keyId: row.key_id, keySecret: apiSecret(openKeySecret(sealer, row)), baseUrl: razorpayUrl },
        ...{ fetch: send, random: Math.random },
      })
    },
  }
}
