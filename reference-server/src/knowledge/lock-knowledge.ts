import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/**
 * Lets one transaction after the other change what widgets know. Whoever changes entries takes this before any row: the
 * index takes it as well, and two who took both in another order would wait for one another.
 */
export async function lockKnowledge(transaction: Transaction<Tables>, ...widgetIds: string[]): Promise<void> {
  await sql`select lock_knowledge(${widgetIds}::uuid[])`.execute(transaction)
}

/** The same for the widget of an entry; of one that is not there, nothing. */
export async function lockKnowledgeOf(
  transaction: Transaction<Tables>,
  { organizationId, entryId }: { organizationId: string; entryId: string },
): Promise<void> {
  await sql`select lock_knowledge(array(
    select widget_id from knowledge_entries where organization_id = ${organizationId}::uuid and id = ${entryId}::uuid))`.execute(
    transaction,
  )
}
