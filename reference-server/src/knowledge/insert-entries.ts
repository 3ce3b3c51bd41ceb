import type { NewKnowledgeEntry } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { INDEX_FORM, insertChunks } from './index-entry.js'
import { recordVersions } from './versions.js'

/** Adds entries to a widget, to its index as far as they may be found, and their first versions: in one statement each. */
export async function insertEntries(
  transaction: Transaction<Tables>,
  scope: { organizationId: string; widgetId: string; createdBy: string | null; at: Date },
  entries: readonly (NewKnowledgeEntry & { id: string })[],
): Promise<void> {
  if (entries.length === 0) return
  const { organizationId, widgetId, createdBy, at } = scope
  const made = entries.map(
    ({
      id,
      question,
      answer,
      phrasings = [],
      category = '',
      keywords = [],
      language = 'en',
      enabled = true,
      url = null,
      published = true,
    }) => ({ id, question, answer, phrasings, category, keywords, language, enabled, url, published }),
  )
  await transaction
    .insertInto('knowledge_entries')
    .values(
      made.map((entry) => ({
        ...{ ...entry, organization_id: organizationId, widget_id: widgetId, draft: null, indexed_as: INDEX_FORM },
        ...{ created_at: at, updated_at: at, created_by: createdBy },
      })),
    )
    .execute()
  const changes = made.map((entry) => ({ entry: { ...entry, version: 1 }, changedBy: createdBy, at }))
  await recordVersions(transaction, organizationId, changes)
  await insertChunks(
    transaction,
    organizationId,
    made.filter(({ enabled, published }) => enabled && published).map((entry) => ({ ...entry, widgetId })),
  )
}
