import type { Instrument } from './entities.js'
import type { FailureReason } from './failure-reasons.js'

/** The published test cards, and what becomes of a payment with each. */
export const TEST_CARDS: Readonly<Record<string, { network: string; failure: FailureReason | null }>> = {
  '4100280000001007': { network: 'Visa', failure: null },
  '5500670000001002': { network: 'MasterCard', failure: null },
  '6527658900001005': { network: 'RuPay', failure: null },
  '4100280000080001': { network: 'Visa', failure: 'insufficient_fund' },
  '4100280000090000': { network: 'Visa', failure: 'payment_timed_out' },
  '4100280000070002': { network: 'Visa', failure: 'payment_cancelled' },
  '4100280000060003': { network: 'Visa', failure: 'card_declined' },
  '4100280000020007': { network: 'Visa', failure: 'gateway_technical_error' },
  '4100280000000009': { network: 'Visa', failure: 'authentication_failed' },
}

/** The card with which an attempt succeeds. Its name is no ASCII, so that whoever serialises a webhook again gets other bytes. */
export const DEFAULT_INSTRUMENT: Instrument = { method: 'card', number: '4100280000001007', name: 'Zoë D’Souza' }

/** Brand of a card by its number. */
export function cardNetwork(number: string): string {
  const known = TEST_CARDS[number]
  if (known) return known.network
  if (number.startsWith('4')) return 'Visa'
  return number.startsWith('5') ? 'MasterCard' : 'RuPay'
}

/** What the bank says to an instrument: nothing, when it takes the payment. A card that is no test card is declined. */
export function failureOf(instrument: Instrument): FailureReason | null {
  if (instrument.method === 'upi') return instrument.vpa === 'failure@razorpay' ? 'payment_failed' : null
  if (instrument.method !== 'card') return null
  const card = TEST_CARDS[instrument.number]
  return card ? card.failure : 'card_declined'
}

/** What the bank says to a one-time password: four to ten digits are right, anything shorter is wrong. */
export function isOtpAccepted(otp: string): boolean {
  return /^\d{4,10}$/.test(otp)
}
