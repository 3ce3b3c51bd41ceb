import { sql } from 'kysely'
import type { Database } from '../../database/index.js'
import type { KnowledgeScope } from '../knowledge-scope.js'
import { vectorOf } from './keep-vectors.js'
import type { ChunkVector } from './nearest.js'

/** Vectors that one statement reads, and for which nobody else of this process is let in: some milliseconds. */
const BATCH = 100
/** What is kept in memory of all widgets together, in bytes: 40,000 vectors of 1,536 numbers. A widget with more has none. */
const MOST_BYTES = 256 * 1024 * 1024

/** Vectors as the database has them, without reading them anew for each question. */
export interface VectorCache {
  /**
   * A widget's vectors; empty: it has none. What is in the cache and not in the database is not among them. Null: they do not fit in
   * memory. Whoever does not wait for the end of the first reading finds it done the next time.
   */
  vectorsOf(scope: KnowledgeScope): Promise<ReadonlyMap<string, ChunkVector> | null>
  /** Resolves when nothing is read. */
  idle(): Promise<void>
}

/** What was read of a widget, and what the database said then. */
interface Kept {
  stamp: string
  vectors: Map<string, ChunkVector>
  bytes: number
}

/** A cache for one model. A widget that is not asked gives way to one that is. */
export function createVectorCache({
  database,
  model,
  mostBytes = MOST_BYTES,
}: {
  database: Database
  model: string
  mostBytes?: number
}): VectorCache {
  /** In the order in which they were asked last. */
  const kept = new Map<string, Kept>()
  const underWay = new Map<string, Promise<ReadonlyMap<string, ChunkVector> | null>>()

  const read = async (key: string, scope: KnowledgeScope) => {
    const stamp = await readStamp(database, scope, model)
    const before = kept.get(key)
    if (before?.stamp === stamp) {
      keep(key, before)
      return before.vectors
    }
    const after = await readChanged(before)
    if (after === null) {
      kept.delete(key)
      return null
    }
    keep(key, { ...after, stamp })
    return after.vectors

    async function readChanged({ vectors: known }: Pick<Kept, 'vectors'> = { vectors: new Map() }) {
      const vectors = new Map<string, ChunkVector>()
      const missing: string[] = []
      let bytes = 0
      for (const id of await readIds(database, scope, model)) {
        const vector = known.get(id)
        if (!vector) missing.push(id)
        else {
          vectors.set(id, vector)
          bytes += vector.vector.byteLength
        }
      }
      for (let from = 0; from < missing.length; from += BATCH) {
        for (const vector of await readVectors(database, scope, missing.slice(from, from + BATCH))) {
          vectors.set(vector.id, vector)
          bytes += vector.vector.byteLength
        }
        if (bytes > mostBytes) return null
      }
      return { vectors, bytes }
    }
  }

  /** As the one that was asked last; those that were not asked for longest make room. */
  const keep = (key: string, one: Kept) => {
    kept.delete(key)
    kept.set(key, one)
    let bytes = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0)
    for (const [oldest, { bytes: freed }] of kept) {
      if (bytes <= mostBytes || oldest === key) break
      kept.delete(oldest)
      bytes -= freed
    }
  }

  return {
    vectorsOf(scope) {
      const key = `${scope.organizationId} ${scope.widgetId}`
      const reading = underWay.get(key) ?? read(key, scope).finally(() => underWay.delete(key))
      underWay.set(key, reading)
      return reading
    },
    async idle() {
      await Promise.allSettled(underWay.values())
    },
  }
}

/** Differs whenever other rows have vectors. */
async function readStamp(
  database: Database,
  { organizationId, widgetId }: KnowledgeScope,
  model: string,
): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select count(*) || ' ' || coalesce(sum(id), 0) as stamp from knowledge_vectors
    where organization_id = ${organizationId}::uuid and widget_id = ${widgetId}::uuid and model = ${model}::text
      and next_at is null`.execute(database.of(organizationId))
  return rows[0]?.stamp ?? ''
}

async function readIds(
  database: Database,
  { organizationId, widgetId }: KnowledgeScope,
  model: string,
): Promise<string[]> {
  const rows = await database
    .of(organizationId)
    .selectFrom('knowledge_vectors')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('widget_id', '=', widgetId)
    .where('model', '=', model)
    .where('next_at', 'is', null)
    .execute()
  return rows.map(({ id }) => String(id))
}

async function readVectors(
  database: Database,
  { organizationId }: KnowledgeScope,
  ids: readonly string[],
): Promise<ChunkVector[]> {
  const { rows } = await sql<{ id: string; entryId: string; vector: Buffer }>`
    select id::text, entry_id as "entryId", vector from knowledge_vectors
    where organization_id = ${organizationId}::uuid and id = any (${ids}::bigint[]) and vector is not null`.execute(
    database.of(organizationId),
  )
  return rows.map(({ id, entryId, vector }) => ({ id, entryId, vector: vectorOf(Buffer.from(vector)) }))
}
