import type { Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/** Keeps the numbers of an organization until the transaction ends, and answers with the next one, which is not taken yet. */
export async function holdNextNumber(transaction: Transaction<Tables>, organizationId: string): Promise<number> {
  await transaction
    .insertInto('ticket_numbers')
    .values({ organization_id: organizationId, last: 0 })
    .onConflict((conflict) => conflict.column('organization_id').doNothing())
    .execute()
  const { last } = await transaction
    .selectFrom('ticket_numbers')
    .select('last')
    .where('organization_id', '=', organizationId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return last + 1
}

/** Takes the number that `holdNextNumber` has answered with; with the transaction it goes back, so there are no holes (D1). */
export async function takeNumber(
  transaction: Transaction<Tables>,
  organizationId: string,
  number: number,
): Promise<void> {
  await transaction
    .updateTable('ticket_numbers')
    .set({ last: number })
    .where('organization_id', '=', organizationId)
    .execute()
}
