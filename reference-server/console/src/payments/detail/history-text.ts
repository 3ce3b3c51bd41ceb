import type { PaymentDeed, PaymentState } from '@chatdesk/protocol'
import { STATE_NAMES } from '../payment-words.js'

/** What was done with a payment, or what became of it, in a line; an action of a newer server in its own letters. */
export function deedText({ action, changes }: Pick<PaymentDeed, 'action' | 'changes'>): string {
  const to = (field: string) => changes?.[field]?.to
  switch (action) {
    case 'payment.create':
      return withAmount('Requested', to('amount'))
    case 'payment.cancel':
      return 'Cancelled'
    case 'payment.refund':
      return withAmount('Refund ordered', to('refund'))
    case 'payment.check':
      return to('state') === undefined ? 'Noticed' : `Now: ${stateText(to('state'))}`
    default:
      return action
  }
}

function withAmount(words: string, amount: unknown): string {
  return typeof amount === 'string' ? `${words}: ${amount}` : words
}

function stateText(state: unknown): string {
  return STATE_NAMES[state as PaymentState] ?? String(state)
}
