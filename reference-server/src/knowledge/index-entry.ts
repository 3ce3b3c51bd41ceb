import type { Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { chunkEntry, type Searchable } from './chunk-entry.js'
import { dictionaryOf } from './dictionaries.js'

/** How entries are indexed: one more with each change of it, so that a server that starts indexes anew what has an older form. */
export const INDEX_FORM = 1

/** Chunks of one statement: it has ten parameters for each, and may have 65,535. */
const BATCH = 1_000

/** What is indexed, and whose it is. */
export interface IndexedEntry extends Searchable {
  id: string
  widgetId: string
  language: string
  enabled: boolean
  published: boolean
}

/** Brings the index up to date with entries, in the transaction that has changed them. What may not be found is not in it. */
export async function indexEntries(
  transaction: Transaction<Tables>,
  organizationId: string,
  entries: readonly IndexedEntry[],
): Promise<void> {
  const ids = entries.map(({ id }) => id)
  await transaction
    .deleteFrom('knowledge_chunks')
    .where('organization_id', '=', organizationId)
    .where('entry_id', 'in', ids)
    .execute()
  const found = entries.filter(({ enabled, published }) => enabled && published)
  await insertChunks(transaction, organizationId, found)
  await markIndexed(transaction, organizationId, ids)
}

/** Indexes entries that have no chunks yet, in as few statements as the number of their parameters allows. */
export async function insertChunks(
  transaction: Transaction<Tables>,
  organizationId: string,
  entries: readonly IndexedEntry[],
): Promise<void> {
  const rows = entries.flatMap((entry) =>
    chunkEntry(entry).map(({ place, text, words, titleWords, askedWords, titleWeight }) => ({
      ...{ organization_id: organizationId, widget_id: entry.widgetId, entry_id: entry.id, place },
      ...{ dictionary: dictionaryOf(entry.language), text, words },
      ...{ title_words: titleWords, asked_words: askedWords, title_weight: titleWeight },
    })),
  )
  for (let from = 0; from < rows.length; from += BATCH)
    await transaction
      .insertInto('knowledge_chunks')
      .values(rows.slice(from, from + BATCH))
      .execute()
}

async function markIndexed(
  transaction: Transaction<Tables>,
  organizationId: string,
  ids: readonly string[],
): Promise<void> {
  await transaction
    .updateTable('knowledge_entries')
    .set({ indexed_as: INDEX_FORM })
    .where('organization_id', '=', organizationId)
    .where('id', 'in', ids)
    .where('indexed_as', '<>', INDEX_FORM)
    .execute()
}
