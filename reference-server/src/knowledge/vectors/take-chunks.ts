import { sql, type Transaction } from 'kysely'
import type { Database, Tables } from '../../database/index.js'

/** Chunks of one look. */
const MOST_TAKEN = 256
/** Chunks of one widget among them: the others' turn comes in the same look. */
const SHARE = 64
/** How long a node may take for a vector before another one tries, in milliseconds: well above the time-out of a request. */
const LEASE_MS = 120_000
/** How long vectors of another model are kept, in milliseconds: longer than nodes of two configurations run side by side. */
const OTHERS_KEPT_MS = 24 * 3_600_000
/** Characters of a text that are read: somewhat more than is embedded, since it is cut where personal data is out of it. */
const MOST_CHARACTERS = 4_500

/** A chunk that is to have a vector. */
export interface TakenChunk {
  organizationId: string
  /** Of the row in which its vector is kept. */
  id: string
  /** Question, other ways to ask it, and what the chunk says. */
  text: string
  /** How often it has failed. */
  attempts: number
}

/** What is taken: by which model, and when. */
export interface ChunksWanted {
  model: string
  now: Date
}

/**
 * Takes chunks that have no vector of this model, of widgets that have the assistant and organizations that use models: for two minutes nobody else does, on whatever
 * node. Vectors of other models, made a day ago or longer, go.
 */
export async function takeChunks(database: Database, wanted: ChunksWanted): Promise<TakenChunk[]> {
  return database.transaction('system', async (transaction) => {
    // Two nodes would take the same.
    const { rows } = await sql<{ alone: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('knowledge vectors', 0)) as alone`.execute(transaction)
    if (!rows[0]?.alone) return []
    const due = await takeDue(transaction, wanted)
    const missing = await takeMissing(transaction, wanted)
    return readTaken(transaction, [...due, ...missing])
  })
}

/** Forgets what other models have made, a day ago or longer. */
export async function forgetOtherModels(database: Database, { model, now }: ChunksWanted): Promise<void> {
  await database.system
    .deleteFrom('knowledge_vectors')
    .where('model', '<>', model)
    .where('begun_at', '<', new Date(now.getTime() - OTHERS_KEPT_MS))
    .execute()
}

const leaseFrom = (now: Date) => new Date(now.getTime() + LEASE_MS)

async function takeDue(transaction: Transaction<Tables>, { model, now }: ChunksWanted): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update knowledge_vectors v set next_at = ${leaseFrom(now)}::timestamptz
    from (
      select d.id from knowledge_vectors d join widgets w on w.organization_id = d.organization_id and w.id = d.widget_id
      join organizations o on o.id = d.organization_id
      where d.next_at <= ${now}::timestamptz and d.model = ${model}::text and w.assistant and o.uses_models
      order by d.next_at limit ${MOST_TAKEN}::int for no key update of d skip locked
    ) t where v.id = t.id returning v.id`.execute(transaction)
  return rows.map(({ id }) => id)
}

/**
 * Widgets that lack any are found by counts, so that a look with nothing to do reads no chunk. Whoever is about to delete a chunk is
 * not waited for: two who waited for one another would both fail.
 */
async function takeMissing(transaction: Transaction<Tables>, { model, now }: ChunksWanted): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with lacking as materialized (
      select w.organization_id, w.id from widgets w join organizations o on o.id = w.organization_id
      where w.assistant and o.uses_models
        and (select coalesce(sum(t.chunks), 0) from knowledge_totals t
          where t.organization_id = w.organization_id and t.widget_id = w.id)
        > (select count(*) from knowledge_vectors v where v.widget_id = w.id and v.model = ${model}::text)
    ), missing as (
      select m.* from lacking w cross join lateral (
        select c.organization_id, c.widget_id, c.entry_id, c.place from knowledge_chunks c
        where c.organization_id = w.organization_id and c.widget_id = w.id and not exists (
          select from knowledge_vectors v where v.organization_id = c.organization_id and v.entry_id = c.entry_id
            and v.place = c.place and v.model = ${model}::text)
        limit ${SHARE}::int for key share of c skip locked
      ) m limit ${MOST_TAKEN}::int
    )
    insert into knowledge_vectors (organization_id, widget_id, entry_id, place, model, begun_at, next_at)
    select m.organization_id, m.widget_id, m.entry_id, m.place, ${model}::text, ${now}::timestamptz,
      ${leaseFrom(now)}::timestamptz
    from missing m returning id`.execute(transaction)
  return rows.map(({ id }) => id)
}

async function readTaken(transaction: Transaction<Tables>, ids: readonly string[]): Promise<TakenChunk[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<TakenChunk>`
    select v.organization_id as "organizationId", v.id::text, v.attempts, left(concat_ws(e'\n', e.question,
      case when v.place = 0 then nullif(array_to_string(e.phrasings, e'\n'), '') end, nullif(c.text, '')),
      ${MOST_CHARACTERS}::int) as text
    from knowledge_vectors v
    join knowledge_chunks c on c.organization_id = v.organization_id and c.entry_id = v.entry_id and c.place = v.place
    join knowledge_entries e on e.organization_id = v.organization_id and e.id = v.entry_id
    where v.id = any (${ids}::bigint[])
    order by v.organization_id, v.id`.execute(transaction)
  return rows
}
