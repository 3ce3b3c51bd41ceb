import buttonsCss from '../../theme/buttons.css?inline'
import paymentsCss from '../../theme/payments.css?inline'

/** What is to be paid. Fetched with the first message that tells of a payment, and where a widget takes any. */
export { paymentTexts as texts } from '../../text/en-payments.js'
export { attendPayments, countedTitle, openPayments } from './open-payments.js'
export { PaymentPart } from './payment-part.jsx'

export const css = buttonsCss + paymentsCss
