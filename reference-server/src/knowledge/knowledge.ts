import { ChatError, type KnowledgeEntry, type KnowledgeEntryChanges, type NewKnowledgeEntry } from '@chatdesk/protocol'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { requireWidget } from '../widgets/index.js'
import { indexEntries } from './index-entry.js'
import { insertEntries } from './insert-entries.js'
import { lockKnowledge, lockKnowledgeOf } from './lock-knowledge.js'
import { recordVersions } from './versions.js'

/** Whose entry, and which. */
export interface EntryScope {
  organizationId: string
  entryId: string
}

/** Answers that named the entry `e`. */
const USES = sql`from answer_sources s where s.organization_id = e.organization_id and s.knowledge_entry_id = e.id`
/** Ratings of answers that rested on it before all others. */
const RATINGS = sql`from answer_sources s join message_ratings r on r.organization_id = s.organization_id
  and r.conversation_id = s.conversation_id and r.seq = s.seq
  where s.organization_id = e.organization_id and s.knowledge_entry_id = e.id and s.place = 1`

/** An organization's entries: all columns, the name of the author, and what each was good for in the conversations that are kept. */
export function entries(query: Kysely<Tables>, organizationId: string) {
  return query
    .selectFrom('knowledge_entries as e')
    .leftJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 'e.organization_id').onRef('m.id', '=', 'e.created_by'),
    )
    .selectAll('e')
    .select([
      'm.name as author',
      sql<number>`(select count(*)::int ${USES})`.as('times_used'),
      sql<number>`(select count(*)::int ${RATINGS} and r.helpful)`.as('helpful'),
      sql<number>`(select count(*)::int ${RATINGS} and not r.helpful)`.as('not_helpful'),
    ])
    .where('e.organization_id', '=', organizationId)
}

type Row = Awaited<ReturnType<ReturnType<typeof entries>['executeTakeFirstOrThrow']>>

/** An entry as members read it. */
export function entryOf(row: Row): KnowledgeEntry {
  const { question, phrasings, answer, category, keywords, language, enabled, helpful } = row
  const { url, published, draft, version } = row
  return {
    ...{ id: row.id, widgetId: row.widget_id, question, phrasings, answer, category, keywords, language, enabled },
    ...{ url, published, draft, version, timesUsed: row.times_used, helpful, notHelpful: row.not_helpful },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    createdBy: row.created_by === null ? null : { id: row.created_by, name: row.author ?? '' },
  }
}

/** One entry; throws `NOT_FOUND`. */
export async function loadKnowledgeEntry(
  query: Kysely<Tables>,
  { organizationId, entryId }: EntryScope,
): Promise<KnowledgeEntry> {
  const row = await entries(query, organizationId).where('e.id', '=', entryId).executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such entry.')
  return entryOf(row)
}

/** Adds an entry to a widget; throws `NOT_FOUND` for a widget of somebody else. */
export async function createKnowledgeEntry(
  transaction: Transaction<Tables>,
  scope: { organizationId: string; widgetId: string; entryId: string; createdBy: string | null; at: Date },
  entry: NewKnowledgeEntry,
): Promise<KnowledgeEntry> {
  await lockKnowledge(transaction, scope.widgetId)
  await requireWidget(transaction, scope)
  await insertEntries(transaction, scope, [{ ...entry, id: scope.entryId }])
  return loadKnowledgeEntry(transaction, scope)
}

/** What a change has made of an entry. */
export interface ChangedEntry {
  entry: KnowledgeEntry
  /** Fields that are not what they were, for the audit trail. */
  changes: Record<string, { from: unknown; to: unknown }>
}

/** Changes what is given and leaves the rest; throws `NOT_FOUND`. A draft that is published is none any more. */
export async function updateKnowledgeEntry(
  transaction: Transaction<Tables>,
  scope: EntryScope & { changedBy: string | null; at: Date },
  given: GivenChanges,
): Promise<ChangedEntry> {
  const changed = await changeEntry(transaction, scope, given)
  await keepChanges(transaction, scope, [changed])
  return changed
}

/** What may be changed of an entry. */
type GivenChanges = KnowledgeEntryChanges & { published?: boolean; draft?: null }

/** Changes an entry without its index and its versions: `keepChanges` brings those up to date. Throws `NOT_FOUND`. */
export async function changeEntry(
  transaction: Transaction<Tables>,
  scope: EntryScope & { at: Date },
  given: GivenChanges,
): Promise<ChangedEntry> {
  const before = await holdEntry(transaction, scope)
  const changes = Object.fromEntries(
    (Object.keys(given) as (keyof typeof given)[])
      .filter((field) => JSON.stringify(given[field]) !== JSON.stringify(before[field]))
      .map((field) => [field, { from: before[field], to: given[field] }]),
  )
  if (Object.keys(changes).length === 0) return { entry: before, changes }
  await transaction
    .updateTable('knowledge_entries')
    .set({ ...given, version: before.version + 1, updated_at: scope.at })
    .where('organization_id', '=', scope.organizationId)
    .where('id', '=', scope.entryId)
    .execute()
  return { entry: await loadKnowledgeEntry(transaction, scope), changes }
}

/** Brings versions and index up to date with entries that were changed in this transaction, all of them at once. */
export async function keepChanges(
  transaction: Transaction<Tables>,
  { organizationId, changedBy, at }: { organizationId: string; changedBy: string | null; at: Date },
  changed: readonly ChangedEntry[],
): Promise<void> {
  const entries = changed.filter(({ changes }) => Object.keys(changes).length > 0).map(({ entry }) => entry)
  if (entries.length === 0) return
  const versions = entries.map((entry) => ({ entry, changedBy, at }))
  await recordVersions(transaction, organizationId, versions)
  await indexEntries(transaction, organizationId, entries)
}

/** Deletes an entry, and says what it was; throws `NOT_FOUND`. Answers that used it stay. */
export async function deleteKnowledgeEntry(
  transaction: Transaction<Tables>,
  scope: EntryScope,
): Promise<KnowledgeEntry> {
  const entry = await holdEntry(transaction, scope)
  await transaction
    .deleteFrom('knowledge_entries')
    .where('organization_id', '=', scope.organizationId)
    .where('id', '=', scope.entryId)
    .execute()
  return entry
}

/** The entry, and whatever else its widget knows, which nobody else changes until the transaction ends. Answers may name it meanwhile. */
export async function holdEntry(transaction: Transaction<Tables>, scope: EntryScope) {
  const { organizationId, entryId } = scope
  await lockKnowledgeOf(transaction, scope)
  const row = await entries(transaction, organizationId)
    .where('e.id', '=', entryId)
    .forNoKeyUpdate('e')
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such entry.')
  return entryOf(row)
}
