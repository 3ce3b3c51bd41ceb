export type { AccountId, PaymentProviders } from './accounts/payment-providers.js'
export { createPayments, type PaymentsOptions } from './create-payments.js'
export type { PaymentProvider } from './provider/payment-provider.js'
