import type { PaymentDeed, PaymentState } from '@chatdesk/protocol'
import { STATE_NAMES } from '../payment-words.js'

/** What was done with a payment, or what became of it, in a line; an action of a newer server in its own letters. */
export function deedText({ action, changes }: Pick<PaymentDeed, 'action' | 'changes'>): string {
  const to = (field: string) => changes?.[field]?.to
  switch (action) {
    case 'payment.create':
      return withWhat('Requested', to('amount'))
    case 'payment.cancel':
      return 'Cancelled'
    case 'payment.refund':
      return withWhat('Refund ordered', to('refund'))
    case 'payment.settle':
      return withWhat('Marked as dealt with', to('settled'))
    case 'payment.check':
      return to('state') === undefined ? 'Noticed' : `Now: ${stateText(to('state'))}`
    default:
      return action
  }
}

function withWhat(words: string, what: unknown): string {
  return typeof what === 'string' ? `${words}: ${what}` : words
}

function stateText(state: unknown): string {
  return STATE_NAMES[state as PaymentState] ?? String(state)
}
