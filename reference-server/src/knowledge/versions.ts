import { ChatError, type KnowledgeEntry, type KnowledgeVersion } from '@chatdesk/protocol'
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/** Versions of an entry that are kept, the latest: as many as are listed. */
const MOST_KEPT = 50

/** What of an entry is kept. */
type Kept = KnowledgeVersion['content']

/** What an entry has become, by whom and when. */
export interface EntryChange {
  entry: Kept & Pick<KnowledgeEntry, 'id' | 'version'>
  changedBy: string | null
  at: Date
}

/** Keeps what entries have become, in the transaction that has made them so; of what they were long before, nothing stays. */
export async function recordVersions(
  transaction: Transaction<Tables>,
  organizationId: string,
  changes: readonly EntryChange[],
): Promise<void> {
  const rows = changes.map(({ entry, changedBy, at }) => {
    const { id, version, question, phrasings, answer, category, keywords, language, enabled, url, published } = entry
    const content: Kept = { question, phrasings, answer, category, keywords, language, enabled, url, published }
    return {
      ...{ organization_id: organizationId, entry_id: id, version, content: JSON.stringify(content) },
      ...{ changed_by: changedBy, changed_at: at },
    }
  })
  await transaction.insertInto('knowledge_versions').values(rows).execute()
  const long = rows.filter(({ version }) => version > MOST_KEPT)
  if (long.length === 0) return
  await transaction
    .deleteFrom('knowledge_versions')
    .where('organization_id', '=', organizationId)
    .where(({ eb, or }) =>
      or(
        long.map(({ entry_id, version }) =>
          eb.and([eb('entry_id', '=', entry_id), eb('version', '<=', version - MOST_KEPT)]),
        ),
      ),
    )
    .execute()
}

/** What an entry was, the latest first; nothing for an entry of somebody else. */
export async function listVersions(
  query: Kysely<Tables>,
  { organizationId, entryId }: { organizationId: string; entryId: string },
): Promise<KnowledgeVersion[]> {
  const rows = await query
    .selectFrom('knowledge_versions as v')
    .leftJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 'v.organization_id').onRef('m.id', '=', 'v.changed_by'),
    )
    .select(['v.version', 'v.content', 'v.changed_at', 'v.changed_by', 'm.name as author'])
    .where('v.organization_id', '=', organizationId)
    .where('v.entry_id', '=', entryId)
    .orderBy('v.version', 'desc')
    .limit(MOST_KEPT)
    .execute()
  return rows.map(({ version, content, changed_at, changed_by, author }) => ({
    ...{ version, content, changedAt: changed_at.toISOString() },
    changedBy: changed_by === null ? null : { id: changed_by, name: author ?? '' },
  }))
}

/** What an entry was in one version; throws `NOT_FOUND`. */
export async function loadVersion(
  query: Kysely<Tables>,
  scope: { organizationId: string; entryId: string; version: number },
): Promise<Kept> {
  const row = await query
    .selectFrom('knowledge_versions')
    .select('content')
    .where('organization_id', '=', scope.organizationId)
    .where('entry_id', '=', scope.entryId)
    .where('version', '=', scope.version)
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'The entry has no such version.')
  return row.content
}
