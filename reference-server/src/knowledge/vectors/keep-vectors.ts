import { sql } from 'kysely'
import type { Database } from '../../database/index.js'

/** Vectors by the ids of their rows. Whatever has gone meanwhile has none. */
export async function keepVectors(
  database: Database,
  organizationId: string,
  made: readonly { id: string; vector: Float32Array }[],
): Promise<void> {
  await sql`
    update knowledge_vectors v set vector = m.vector, next_at = null
    from unnest(${made.map(({ id }) => id)}::bigint[], ${made.map(({ vector }) => bytesOf(vector))}::bytea[]) as m (id, vector)
    where v.organization_id = ${organizationId}::uuid and v.id = m.id and v.vector is null`.execute(
    database.of(organizationId),
  )
}

/** Puts off what has failed; `counts`: it was the chunks' turn, and is one attempt more. */
export async function postponeVectors(
  database: Database,
  organizationId: string,
  ids: readonly string[],
  { until, counts }: { until: Date; counts: boolean },
): Promise<void> {
  await sql`
    update knowledge_vectors v set next_at = ${until}::timestamptz, attempts = least(v.attempts + ${counts ? 1 : 0}::int, 100)
    where v.organization_id = ${organizationId}::uuid and v.id = any (${ids}::bigint[]) and v.vector is null`.execute(
    database.of(organizationId),
  )
}

function bytesOf(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * vector.length)
  for (const [index, number] of vector.entries()) bytes.writeFloatLE(number, 4 * index)
  return bytes
}

/** The other way round. */
export function vectorOf(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(4 * index))
}
