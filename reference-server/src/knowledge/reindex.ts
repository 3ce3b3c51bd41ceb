import type { Database } from '../database/index.js'
import { INDEX_FORM, indexEntries } from './index-entry.js'
import { lockKnowledge } from './lock-knowledge.js'

/** Entries of one transaction. */
const BATCH = 50

/** Indexes what has no index yet, or one of an older form: when a server starts that indexes otherwise than the one before. */
export async function reindexKnowledge(database: Database): Promise<void> {
  for (;;) {
    const stale = await database.system
      .selectFrom('knowledge_entries')
      .select('organization_id')
      .where('indexed_as', '<', INDEX_FORM)
      .limit(1)
      .executeTakeFirst()
    if (!stale) return
    const { organization_id: organizationId } = stale
    await database.transaction(organizationId, async (transaction) => {
      const batch = await transaction
        .selectFrom('knowledge_entries')
        .select(['id', 'widget_id'])
        .where('organization_id', '=', organizationId)
        .where('indexed_as', '<', INDEX_FORM)
        .orderBy('id')
        .limit(BATCH)
        .execute()
      if (batch.length === 0) return
      await lockKnowledge(transaction, ...batch.map(({ widget_id }) => widget_id))
      const rows = await transaction
        .selectFrom('knowledge_entries')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where(
          'id',
          'in',
          batch.map(({ id }) => id),
        )
        // Another server that starts may have done it meanwhile.
        .where('indexed_as', '<', INDEX_FORM)
        .forNoKeyUpdate()
        .execute()
      const entries = rows.map(({ widget_id: widgetId, ...row }) => ({ ...row, widgetId }))
      await indexEntries(transaction, organizationId, entries)
    })
  }
}
