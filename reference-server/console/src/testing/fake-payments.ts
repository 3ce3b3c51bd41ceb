import { ChatError, type Payment, type PaymentAccount } from '@chatdesk/protocol'
import type { PaymentsApi } from '../api/payments-api.js'
import { minutesAgo } from './sample-data.js'
import { sampleAccount, sampleDetail, samplePayment, samplePayments, sampleReconciliation } from './sample-payments.js'

/** Payments in memory; `note` hears of what changes something. */
export function createFakePayments(note: (what: string, input?: unknown) => void): PaymentsApi {
  const payments = samplePayments()
  const report = sampleReconciliation()
  let account: PaymentAccount | null = sampleAccount()
  function find(id: string): Payment {
    const found = payments.find((payment) => payment.id === id)
    if (!found) throw new ChatError('NOT_FOUND', 'No such payment.')
    return found
  }
  function change(id: string, changes: Partial<Payment>): Payment {
    const before = find(id)
    const after = { ...before, ...changes, version: before.version + 1 }
    payments.splice(payments.indexOf(before), 1, after)
    return after
  }
  function connected(): PaymentAccount {
    if (!account) throw new ChatError('NOT_FOUND', 'No payment account.')
    return account
  }
  return {
    async list({ state, mode, conversationId, from, before, q = '' }) {
      const found = payments.filter(
        (payment) =>
          (state === undefined || payment.state === state) &&
          (mode === undefined || payment.mode === mode) &&
          (conversationId === undefined || payment.conversationId === conversationId) &&
          (from === undefined || payment.createdAt >= from) &&
          (before === undefined || payment.createdAt < before) &&
          (payment.purpose.toLowerCase().includes(q.toLowerCase()) || payment.id === q),
      )
      return { payments: found, nextCursor: null, accountMode: account?.mode ?? null }
    },
    get: async (id) => sampleDetail(find(id)),
    async request(conversationId, input) {
      const { id, ...told } = input
      note('request payment', told)
      const { partial = false, kind = 'order', expiresAt = null } = input
      const made = samplePayment(0, { ...input, partial, kind, expiresAt, conversationId, createdAt: minutesAgo(0) })
      payments.unshift(made)
      return made
    },
    async check(id) {
      note('check payment')
      return find(id)
    },
    async cancel(id) {
      note('cancel payment')
      return change(id, { state: 'cancelled', status: 'cancelled' })
    },
    async refund(id, { id: _, ...wish }) {
      note('refund', wish)
      const { refundedMinor, paidMinor } = find(id)
      const back = refundedMinor + wish.amountMinor
      const state = back === paidMinor ? 'refunded' : 'partially_refunded'
      return sampleDetail(change(id, { refundedMinor: back, state, status: state }))
    },
    async settle(id, wish) {
      note('settle', wish)
      return sampleDetail(change(id, { state: 'issued', status: 'awaiting_payment', paidMinor: 0 }))
    },
    async settleOrphan(paymentId, reason) {
      note('settle orphan', { paymentId, reason })
      report.orphans = report.orphans.filter((orphan) => orphan.paymentId !== paymentId)
    },
    reconciliation: async () => structuredClone(report),
    account: async () => account,
    async connect({ keyId }) {
      note('connect', keyId)
      const isNew = account === null
      const mode = keyId.startsWith('rzp_live_') ? 'live' : 'test'
      account = sampleAccount({ keyId, mode, ...(isNew ? { lastWebhookAt: null } : {}) })
      return { account, ...(isNew ? { webhookSecret: 'whsec_razorpay' } : {}) }
    },
    async disconnect() {
      note('disconnect')
      account = null
    },
    async rotateWebhookSecret() {
      note('rotate webhook secret')
      return { account: connected(), webhookSecret: 'whsec_next' }
    },
  }
}
