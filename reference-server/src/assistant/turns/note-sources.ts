import { sql, type Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'

/** What an answer rests on. */
export interface AnswerSources {
  organizationId: string
  conversationId: string
  seq: number
  /** Ids of entries, the first first. */
  sources: readonly string[]
  /** From 0 to 1. */
  confidence: number
}

/**
 * Keeps what an answer rests on, in the transaction that writes the answer. That one stands in the node's one queue of
 * messages, so it waits for nobody who works on an entry: one that is being deleted, or has been, is named no more.
 */
export async function noteSources(
  transaction: Transaction<Tables>,
  { organizationId, conversationId, seq, sources, confidence }: AnswerSources,
): Promise<void> {
  await sql`
    insert into answer_sources (organization_id, conversation_id, seq, place, knowledge_entry_id, confidence)
    select ${organizationId}::uuid, ${conversationId}::uuid, ${seq}::int, s.place, e.id, ${confidence}::real
    from unnest(${sources}::uuid[]) with ordinality as s (id, place)
    left join lateral (
      select e.id from knowledge_entries e where e.organization_id = ${organizationId}::uuid and e.id = s.id
      for key share skip locked) e on true`.execute(transaction)
}
