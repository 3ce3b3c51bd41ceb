import type { PublicEntry } from '@chatdesk/protocol'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { KnowledgeScope } from './knowledge-scope.js'
import { searchKnowledge } from './search-knowledge.js'

/** Entries that a help page lists, and that a search shows. */
const MOST_LISTED = 500
const MOST_FOUND = 8
/** Characters from which on a search is one. */
const SHORTEST = 2

/** An entry as a list shows it: its answer may be long. */
export type PublicQuestion = Omit<PublicEntry, 'answer'>

const LISTED = ['id', 'question', 'category', 'language', 'url'] as const

/** What a widget's visitors may read: entries that are published and enabled, all of them or those that a search finds. */
export async function readPublicKnowledge(
  database: Database,
  scope: KnowledgeScope,
  sought: string | undefined,
): Promise<{ categories: string[]; entries: PublicEntry[] }> {
  const entries = await database.transaction(scope.organizationId, async (transaction) => {
    const found = await findPublic(transaction, scope, sought)
    return inOrder(
      await chosen(transaction, scope, found)
        .select([...LISTED, 'answer'])
        .execute(),
      found,
    )
  })
  const categories = [...new Set(entries.map(({ category }) => category).filter((name) => name !== ''))]
  return { categories, entries }
}

/** The same, for a page that shows the questions alone. */
export async function listPublicQuestions(
  database: Database,
  scope: KnowledgeScope,
  sought: string | undefined,
): Promise<PublicQuestion[]> {
  return database.transaction(scope.organizationId, async (transaction) => {
    const found = await findPublic(transaction, scope, sought)
    return inOrder(await chosen(transaction, scope, found).select(LISTED).execute(), found)
  })
}

/** Ids of what a search finds, the best first; undefined: nothing is sought. */
async function findPublic(
  transaction: Transaction<Tables>,
  scope: KnowledgeScope,
  sought: string | undefined,
): Promise<string[] | undefined> {
  if (sought === undefined || sought === '') return undefined
  if (sought.length < SHORTEST) return []
  const { hits } = await searchKnowledge(transaction, { ...scope, text: sought, k: MOST_FOUND })
  return hits.map(({ documentId }) => documentId)
}

function chosen(transaction: Transaction<Tables>, scope: KnowledgeScope, found: readonly string[] | undefined) {
  return publicEntries(transaction, scope)
    .$if(found !== undefined, (rest) => rest.where(sql<boolean>`id = any(${found}::uuid[])`))
    .orderBy('category')
    .orderBy('id')
    .limit(MOST_LISTED)
}

function inOrder<Row extends { id: string }>(rows: Row[], found: readonly string[] | undefined): Row[] {
  return found ? rows.sort((one, other) => found.indexOf(one.id) - found.indexOf(other.id)) : rows
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
