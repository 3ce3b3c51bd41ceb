import { sql } from 'kysely'
import type { Database } from '../../database/index.js'
import type { KnowledgeScope } from '../knowledge-scope.js'
import type { KnowledgeHit } from '../search-knowledge.js'
import type { NearChunk } from './nearest.js'

/** A chunk that means about what was asked. */
export type NearHit = Omit<KnowledgeHit, 'features' | 'score'> & { cosine: number }

/**
 * What chunks say that are near, in their order. It is read when it is wanted: what has been changed or unpublished since its vector
 * was read is not found any more.
 */
export async function readNearHits(
  database: Database,
  { organizationId, widgetId }: KnowledgeScope,
  near: readonly NearChunk[],
): Promise<NearHit[]> {
  if (near.length === 0) return []
  const { rows } = await sql<{ id: string; entryId: string; place: number; title: string; url: string; text: string }>`
    select v.id::text, v.entry_id as "entryId", v.place, e.question as title, e.url, c.text
    from knowledge_vectors v
    join knowledge_chunks c on c.organization_id = v.organization_id and c.entry_id = v.entry_id and c.place = v.place
    join knowledge_entries e on e.organization_id = v.organization_id and e.id = v.entry_id
    where v.organization_id = ${organizationId}::uuid and v.id = any (${near.map(({ id }) => id)}::bigint[])
      and e.widget_id = ${widgetId}::uuid and e.enabled and e.published`.execute(database.of(organizationId))
  const read = new Map(rows.map((row) => [row.id, row]))
  return near.flatMap(({ id, cosine }) => {
    const row = read.get(id)
    if (!row) return []
    const { entryId, place, title, url, text } = row
    return [{ documentId: entryId, chunkId: `${entryId}.${place}`, title, url, text, cosine }]
  })
}
