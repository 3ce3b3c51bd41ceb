import type { KnowledgeEntry, KnowledgeEntryChanges } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { type EntryScope, holdEntry, loadKnowledgeEntry } from './knowledge.js'

/** Keeps what an entry is to become, or with nothing forgets it; what is found stays as it is. Throws `NOT_FOUND`. */
export async function draftKnowledgeEntry(
  transaction: Transaction<Tables>,
  scope: EntryScope,
  draft: KnowledgeEntryChanges,
): Promise<KnowledgeEntry> {
  await holdEntry(transaction, scope)
  await transaction
    .updateTable('knowledge_entries')
    .set({ draft: Object.keys(draft).length === 0 ? null : JSON.stringify(draft) })
    .where('organization_id', '=', scope.organizationId)
    .where('id', '=', scope.entryId)
    .execute()
  return loadKnowledgeEntry(transaction, scope)
}
