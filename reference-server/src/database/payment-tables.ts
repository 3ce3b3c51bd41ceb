import type { JSONColumnType } from 'kysely'
import type { StoredFact } from '../payments/intents/payment-fact.js'
import type { IntentState } from '../payments/intents/payment-state.js'
import type { PaymentMode } from '../payments/provider/payment-provider.js'
import type { Defaulted, Fixed } from './columns.js'

export interface PaymentAccountsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  provider: Fixed<'razorpay'>
  mode: Fixed<PaymentMode>
  key_id: string
  sealed_key_secret: string
  endpoint_id: Fixed<string>
  sealed_webhook_secret: string
  sealed_previous_webhook_secret: Defaulted<string | null>
  previous_webhook_secret_until: Defaulted<Date | null>
  provider_account_id: string | null
  enabled: Defaulted<boolean>
  swept_to: Defaulted<Date | null>
  created_at: Fixed<Date>
}

/** Amounts are whole numbers of the smallest unit, as text: a driver must not round them. */
export interface PaymentIntentsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  account_id: Fixed<string>
  conversation_id: string | null
  visitor_id: string | null
  kind: 'order' | 'link'
  purpose: Fixed<string>
  amount_minor: Fixed<string>
  currency: Fixed<string>
  partial: Fixed<boolean>
  expires_at: Fixed<Date | null>
  /** Null: nobody, or a guest of the organization. */
  requested_by: string | null
  requested_as: Fixed<'member' | 'assistant' | 'api'>
  state: Defaulted<IntentState>
  paid_minor: Defaulted<string>
  refunded_minor: Defaulted<string>
  failures: Defaulted<number>
  failure: Defaulted<string | null>
  /** Where a link is paid. */
  url: Defaulted<string | null>
  /** How often what is to be seen of it has changed. */
  version: Defaulted<number>
  issue_tries: Defaulted<number>
  /** Until then one process is asking the provider for an order or a link. */
  issuing_until: Defaulted<Date | null>
  /** When it was paid for the first time: what follows upon that follows once (P1). */
  fulfilled_at: Defaulted<Date | null>
  /** When a client last had it looked at. */
  asked_at: Defaulted<Date | null>
  /** How often the reconciler has looked, and when it does again. */
  checks: Defaulted<number>
  next_check_at: Defaulted<Date | null>
  /** The newest that its visitor has seen. */
  seen_version: Defaulted<number>
  /** With `fulfilled_at`. */
  receipt_number: Defaulted<number | null>
  /** Where the receipt is read: known to whoever was told it. */
  receipt_token: Defaulted<string | null>
  created_at: Fixed<Date>
  updated_at: Date
}

export interface PaymentReceiptNumbersTable {
  organization_id: Fixed<string>
  last: number
}

export interface PaymentRefsTable {
  organization_id: Fixed<string>
  account_id: Fixed<string>
  provider_id: Fixed<string>
  intent_id: Fixed<string>
  kind: Fixed<'order' | 'link'>
  open: boolean
}

/** Where a fact comes from: asked for, told, answered to a request of ours, or said by somebody of the team. */
export type FactSource = 'fetch' | 'webhook' | 'answer' | 'member'

export interface PaymentFactsTable {
  organization_id: Fixed<string>
  intent_id: Fixed<string>
  key: Fixed<string>
  body: JSONColumnType<StoredFact, string, never>
  source: Fixed<FactSource>
  at: Fixed<Date>
}

export interface PaymentLedgerTable {
  organization_id: Fixed<string>
  intent_id: Fixed<string>
  entry: Fixed<string>
  account: Fixed<'provider' | 'sales'>
  amount_minor: Fixed<string>
  currency: Fixed<string>
  at: Fixed<Date>
}

export interface PaymentWebhooksTable {
  organization_id: Fixed<string>
  account_id: Fixed<string>
  event_id: Fixed<string>
  body_hash: Fixed<Buffer>
  name: Fixed<string>
  raw: Fixed<Buffer>
  received_at: Fixed<Date>
  attempts: Defaulted<number>
  next_at: Date | null
  /** What has come of it; null: not looked at yet. */
  outcome: string | null
}

export interface PaymentOrphansTable {
  organization_id: Fixed<string>
  account_id: Fixed<string>
  payment_id: Fixed<string>
  reason: Fixed<string>
  amount_minor: Fixed<string>
  currency: Fixed<string>
  found_at: Fixed<Date>
  settled_at: Defaulted<Date | null>
}

/** What was compared with an account's books on a day (UTC), `2026-01-31`. */
export interface PaymentComparisonsTable {
  organization_id: Fixed<string>
  account_id: Fixed<string>
  day: Fixed<string>
  runs: number
  failures: number
  payments: number
  mended: number
  orphans: number
}

export interface PaymentRefundsTable {
  organization_id: Fixed<string>
  id: Fixed<string>
  intent_id: Fixed<string>
  payment_id: Fixed<string>
  amount_minor: Fixed<string>
  currency: Fixed<string>
  cause: Fixed<'member' | 'excess'>
  reason: Fixed<string>
  requested_by: string | null
  state: 'queued' | 'sent' | 'refused'
  refund_id: string | null
  error: string | null
  attempts: Defaulted<number>
  next_at: Date | null
  created_at: Fixed<Date>
}

/** The tables of migrations 0039 and 0040. */
export interface PaymentTables {
  payment_accounts: PaymentAccountsTable
  payment_intents: PaymentIntentsTable
  payment_receipt_numbers: PaymentReceiptNumbersTable
  payment_refs: PaymentRefsTable
  payment_facts: PaymentFactsTable
  payment_ledger: PaymentLedgerTable
  payment_webhooks: PaymentWebhooksTable
  payment_orphans: PaymentOrphansTable
  payment_refunds: PaymentRefundsTable
  payment_comparisons: PaymentComparisonsTable
}
