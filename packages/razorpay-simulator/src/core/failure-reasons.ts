/** Why a payment failed, as the entity, `payment.failed` and the checkout tell it. */
export interface FailureText {
  readonly code: 'BAD_REQUEST_ERROR' | 'GATEWAY_ERROR'
  readonly description: string
  readonly source: string
  readonly step: string
}

/** Every reason for which the documentation has a test card; the words are ours where it quotes none. */
export const FAILURES = {
  insufficient_fund: {
    code: 'BAD_REQUEST_ERROR',
    description:
      'Your payment could not be completed due to insufficient account balance. Try again with another card or payment method.',
    source: 'customer',
    step: 'payment_authorization',
  },
  payment_timed_out: {
    code: 'BAD_REQUEST_ERROR',
    description: 'Payment was unsuccessful as you could not complete it in time.',
    source: 'customer',
    step: 'payment_authentication',
  },
  payment_cancelled: {
    code: 'BAD_REQUEST_ERROR',
    description: 'Payment processing cancelled by user',
    source: 'customer',
    step: 'payment_authentication',
  },
  card_declined: {
    code: 'GATEWAY_ERROR',
    description: 'Payment was unsuccessful as the card was declined by the bank.',
    source: 'issuer_bank',
    step: 'payment_authorization',
  },
  gateway_technical_error: {
    code: 'GATEWAY_ERROR',
    description: 'Payment processing failed due to error at bank or wallet gateway',
    source: 'gateway',
    step: 'payment_authorization',
  },
  authentication_failed: {
    code: 'BAD_REQUEST_ERROR',
    description: 'Your payment could not be completed due to incorrect OTP or verification details.',
    source: 'customer',
    step: 'payment_authentication',
  },
  payment_failed: {
    code: 'BAD_REQUEST_ERROR',
    description: 'Payment failed',
    source: 'customer',
    step: 'payment_authentication',
  },
} as const satisfies Record<string, FailureText>

/** The reason of a failed payment. */
export type FailureReason = keyof typeof FAILURES

/** Whether a text is a reason that we know. */
export function isFailureReason(text: string): text is FailureReason {
  return Object.hasOwn(FAILURES, text)
}
