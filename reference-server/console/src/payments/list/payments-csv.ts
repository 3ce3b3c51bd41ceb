import type { Payment } from '@chatdesk/protocol'
import { decimalOf } from '../money.js'
import { STATE_NAMES } from '../payment-words.js'

const COLUMNS: readonly [title: string, cell: (payment: Payment) => string][] = [
  ['Id', ({ id }) => id],
  ['Requested at', ({ createdAt }) => createdAt],
  ['For', ({ purpose }) => purpose],
  ['Visitor', ({ visitorName }) => visitorName ?? ''],
  ['Amount', ({ amountMinor, currency }) => decimalOf(amountMinor, currency)],
  ['Currency', ({ currency }) => currency],
  ['State', ({ state }) => STATE_NAMES[state]],
  ['Paid', ({ paidMinor, currency }) => decimalOf(paidMinor, currency)],
  ['Refunded', ({ refundedMinor, currency }) => decimalOf(refundedMinor, currency)],
  ['Mode', ({ mode }) => mode],
  ['Requested by', ({ requestedBy, requestedAs }) => requestedBy?.name ?? requestedAs],
  ['Ends at', ({ expiresAt }) => expiresAt ?? ''],
  ['Changed at', ({ updatedAt }) => updatedAt],
  ['Conversation', ({ conversationId }) => conversationId ?? ''],
]

/** Payments as a table for other programs (RFC 4180), in UTF-8 with the mark by which Excel knows it. */
export function paymentsCsv(payments: readonly Payment[]): string {
  const lines = [COLUMNS.map(([title]) => title), ...payments.map((one) => COLUMNS.map(([, cell]) => cell(one)))]
  return `\uFEFF${lines.map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('')}`
}

/** What a visitor or an agent wrote never begins a formula of the program that opens it. */
function toCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
