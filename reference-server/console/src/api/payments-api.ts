import type {
  ConnectPaymentAccountRequest,
  CreatePaymentRequest,
  CreateRefundRequest,
  ListPaymentsQuery,
  ListPaymentsResponse,
  Payment,
  PaymentAccount,
  PaymentAccountSecretResponse,
  PaymentDetail,
  Reconciliation,
  SettlePaymentRequest,
} from '@chatdesk/protocol'
import {
  listPaymentsResponse,
  onePaymentResponse,
  paymentAccountResponse,
  paymentAccountSecretResponse,
  paymentDetailResponse,
  reconciliationResponse,
} from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** Money that is asked for in conversations. */
export interface PaymentsApi {
  /** The newest first. */
  list(filter: ListPaymentsQuery): Promise<ListPaymentsResponse>
  get(id: string): Promise<PaymentDetail>
  /** The same `id` again is the same payment. */
  request(conversationId: string, input: CreatePaymentRequest): Promise<Payment>
  /** Asks the provider how it stands now. */
  check(id: string): Promise<Payment>
  cancel(id: string): Promise<Payment>
  /** The same `id` again is the same refund. */
  refund(id: string, input: CreateRefundRequest): Promise<PaymentDetail>
  /** Marks a payment as dealt with that fits nothing. */
  settle(id: string, input: SettlePaymentRequest): Promise<PaymentDetail>
  /** Marks money as dealt with that belongs to nothing, by the provider's id of it. */
  settleOrphan(paymentId: string, reason: string): Promise<void>
  reconciliation(): Promise<Reconciliation>
  /** Null: no money is taken. */
  account(): Promise<PaymentAccount | null>
  /** `webhookSecret` is told this once, and only where one was made. */
  connect(input: ConnectPaymentAccountRequest): Promise<PaymentAccountSecretResponse>
  disconnect(): Promise<void>
  rotateWebhookSecret(): Promise<PaymentAccountSecretResponse>
}

export function createPaymentsApi({ ask, tell }: AdminCalls): PaymentsApi {
  const of = (id: string) => `chat-widget/payments/${id}`
  const account = 'chat-widget/payment-account'
  return {
    list(filter) {
      const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')
      const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
      return ask(listPaymentsResponse, 'GET', `chat-widget/payments${query && `?${query}`}`)
    },
    get: (id) => ask(paymentDetailResponse, 'GET', of(id)),
    request: async (conversationId, input) =>
      (await ask(onePaymentResponse, 'POST', `chat-widget/conversations/${conversationId}/payments`, input)).payment,
    check: async (id) => (await ask(onePaymentResponse, 'POST', `${of(id)}/check`)).payment,
    cancel: async (id) => (await ask(onePaymentResponse, 'POST', `${of(id)}/cancel`)).payment,
    refund: (id, input) => ask(paymentDetailResponse, 'POST', `${of(id)}/refunds`, input),
    settle: (id, input) => ask(paymentDetailResponse, 'POST', `${of(id)}/settle`, input),
    settleOrphan: (paymentId, reason) =>
      tell('POST', `chat-widget/payment-orphans/${encodeURIComponent(paymentId)}/settle`, { reason }),
    reconciliation: () => ask(reconciliationResponse, 'GET', of('reconciliation')),
    account: async () => (await ask(paymentAccountResponse, 'GET', account)).account,
    connect: (input) => ask(paymentAccountSecretResponse, 'PUT', account, input),
    disconnect: () => tell('DELETE', account),
    rotateWebhookSecret: () => ask(paymentAccountSecretResponse, 'POST', `${account}/webhook-secret`),
  }
}
