import type { PaymentProvider } from '../provider/payment-provider.js'

/** Names an account at a provider. */
export interface AccountId {
  organizationId: string
  accountId: string
}

/** The accounts of all organizations, each with its own keys. */
export interface PaymentProviders {
  /** Rejects with `UNAVAILABLE` where its secret cannot be opened; undefined: there is no such account. */
  of(which: AccountId): Promise<PaymentProvider | undefined>
}
