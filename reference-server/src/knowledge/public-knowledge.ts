import type { PublicEntry } from '@chatdesk/protocol'
import type { Database } from '../database/index.js'
import type { KnowledgeScope } from './query-terms.js'
import { searchKnowledge } from './search-knowledge.js'

/** Entries that a help page lists, and that a search shows. */
const MOST_LISTED = 500
const MOST_FOUND = 8
/** Characters from which on a search is one. */
const SHORTEST = 2

/** What a widget's visitors may read: entries that are published and enabled, all of them or those that a search finds. */
export async function readPublicKnowledge(
  database: Database,
  scope: KnowledgeScope,
  sought: string | undefined,
): Promise<{ categories: string[]; entries: PublicEntry[] }> {
  const { organizationId, widgetId } = scope
  return database.transaction(organizationId, async (transaction) => {
    const isSearch = sought !== undefined && sought.length >= SHORTEST
    const found = isSearch
      ? (await searchKnowledge(transaction, { ...scope, text: sought, k: MOST_FOUND })).hits.map(
          (hit) => hit.documentId,
        )
      : undefined
    if (found?.length === 0) return { categories: [], entries: [] }
    const rows = await transaction
      .selectFrom('knowledge_entries')
      .select(['id', 'question', 'answer', 'category', 'language', 'url'])
      .where('organization_id', '=', organizationId)
      .where('widget_id', '=', widgetId)
      .where('enabled', '=', true)
      .where('published', '=', true)
      .$if(found !== undefined, (rest) => rest.where('id', 'in', found ?? []))
      .orderBy('category')
      .orderBy('id')
      .limit(MOST_LISTED)
      .execute()
    if (found) rows.sort((one, other) => found.indexOf(one.id) - found.indexOf(other.id))
    const categories = [...new Set(rows.map(({ category }) => category).filter((name) => name !== ''))]
    return { categories, entries: rows }
  })
}
