import { endianness } from 'node:os'
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

/** Numbers of 32 bits, the lowest byte first. */
function bytesOf(vector: Float32Array): Buffer {
  return lowestFirst(Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))
}

/** The other way round. */
export function vectorOf(bytes: Buffer): Float32Array {
  const { buffer, byteOffset, byteLength } = lowestFirst(bytes)
  // A driver's buffer may lie anywhere in a greater one.
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength))
}

/** Nearly every machine has them so. */
function lowestFirst(bytes: Buffer): Buffer {
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32()
}
