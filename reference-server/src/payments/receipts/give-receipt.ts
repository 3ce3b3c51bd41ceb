import { randomBytes } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'

/** Where a receipt is read, from the server's mount point on. */
const receiptPath = (token: string) => `/api/payments/receipts/${token}`

/**
 * The next receipt of an organization: numbers follow each other without holes, since one that is not used goes back with its
 * transaction. The token is its address, which nobody can guess.
 */
export async function giveReceipt(
  transaction: Transaction<Tables>,
  organizationId: string,
): Promise<{ receipt_number: number; receipt_token: string }> {
  const { last } = await transaction
    .insertInto('payment_receipt_numbers')
    .values({ organization_id: organizationId, last: 1 })
    .onConflict((conflict) =>
      conflict.column('organization_id').doUpdateSet({ last: sql`payment_receipt_numbers.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return { receipt_number: last, receipt_token: randomBytes(16).toString('base64url') }
}

/** What an intent says of its receipt; null: it was never paid. */
export function receiptOf(intent: {
  receipt_number: number | null
  receipt_token: string | null
}): { number: number; path: string } | null {
  const { receipt_number: number, receipt_token: token } = intent
  return number === null || token === null ? null : { number, path: receiptPath(token) }
}
