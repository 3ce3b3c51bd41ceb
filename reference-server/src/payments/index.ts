export type { PaymentProviders } from './accounts/payment-providers.js'
export { createPayments, type PaymentsOptions } from './create-payments.js'
export { EXPIRING_PAYMENTS } from './expiring.js'
export type { PaymentProvider } from './provider/payment-provider.js'
