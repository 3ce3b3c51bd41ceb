import type { PublicEntry } from '@chatdesk/protocol'
import type { Kysely } from 'kysely'
import type { Database, Tables } from '../database/index.js'
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
  const { organizationId } = scope
  return database.transaction(organizationId, async (transaction) => {
    const isSearch = sought !== undefined && sought.length >= SHORTEST
    const found = isSearch
      ? (await searchKnowledge(transaction, { ...scope, text: sought, k: MOST_FOUND })).hits.map(
          (hit) => hit.documentId,
        )
      : undefined
    if (found?.length === 0) return { categories: [], entries: [] }
    const rows = await publicEntries(transaction, scope)
      .select(['id', 'question', 'answer', 'category', 'language', 'url'])
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

/** One of them; undefined where visitors may not read it, or there is none. */
export async function readPublicEntry(
  database: Database,
  scope: KnowledgeScope,
  entryId: string,
): Promise<PublicEntry | undefined> {
  return publicEntries(database.of(scope.organizationId), scope)
    .select(['id', 'question', 'answer', 'category', 'language', 'url'])
    .where('id', '=', entryId)
    .executeTakeFirst()
}

/** Whether a widget's visitors find anything to read. */
export async function hasPublicKnowledge(database: Database, scope: KnowledgeScope): Promise<boolean> {
  const row = await publicEntries(database.of(scope.organizationId), scope).select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

/** Published, enabled, and of this widget: the one place that says what is public. */
function publicEntries(query: Kysely<Tables>, { organizationId, widgetId }: KnowledgeScope) {
  return query
    .selectFrom('knowledge_entries')
    .where('organization_id', '=', organizationId)
    .where('widget_id', '=', widgetId)
    .where('enabled', '=', true)
    .where('published', '=', true)
}
