import type { Database } from '../../database/index.js'
import { createIdGenerator } from '../../platform/ids.js'
import { INDEX_FORM, insertChunks } from '../index-entry.js'

/** A document to be found, as a data set has it. */
export interface TestDocument {
  id: string
  question: string
  phrasings?: string[]
  answer?: string
  keywords?: string[]
  category?: string
  language?: string
  url?: string
}

/** A widget of its own with these documents in it, for evaluations and tests. */
export async function fillKnowledge(
  database: Database,
  { organizationId, widgetId }: { organizationId: string; widgetId: string },
  documents: readonly TestDocument[],
): Promise<Map<string, string>> {
  const generateId = createIdGenerator()
  const at = new Date('2026-01-01T00:00:00.000Z')
  const ids = new Map<string, string>()
  const entries = documents.map(({ id: name, url = null, question, ...rest }) => {
    const id = generateId()
    ids.set(id, name)
    return {
      ...{ id, widgetId, url, question, phrasings: rest.phrasings ?? [], answer: rest.answer ?? '' },
      ...{ keywords: rest.keywords ?? [], category: rest.category ?? '', language: rest.language ?? 'en' },
      ...{ enabled: true, published: true },
    }
  })
  for (let from = 0; from < entries.length; from += 50) {
    const batch = entries.slice(from, from + 50)
    await database.transaction(organizationId, async (transaction) => {
      await transaction
        .insertInto('knowledge_entries')
        .values(
          batch.map(({ widgetId: widget_id, ...entry }) => ({
            ...{ ...entry, organization_id: organizationId, widget_id, indexed_as: INDEX_FORM },
            ...{ created_at: at, updated_at: at, created_by: null, draft: null },
          })),
        )
        .execute()
      await insertChunks(transaction, organizationId, batch)
    })
  }
  return ids
}
