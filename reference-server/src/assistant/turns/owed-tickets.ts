import { type Kysely, sql, type Transaction } from 'kysely'
import type { OwedTicket } from '../../database/assistant-tables.js'
import type { Database, Tables } from '../../database/index.js'
import type { HeldConversation, MessageLog } from '../../messages/index.js'
import { makeTicket } from './hand-off.js'
import type { Which } from './load-turn.js'

/** So long after a ticket could not be made it is tried again, in milliseconds. */
const RETRY_MS = 10_000

/**
 * Keeps that a ticket is still to be made, in the transaction that hands over without it. It stands beside the floor that the
 * hand-off leaves, and goes with it: a conversation that is over before is owed none.
 */
export async function oweTicket(
  transaction: Transaction<Tables>,
  { organizationId, conversationId, ownerVersion }: HeldConversation,
  owed: OwedTicket,
  at: Date,
): Promise<void> {
  // The floor has been saved before, where there was anything to save.
  await sql`
    insert into assistant_floors as f (organization_id, conversation_id, owner_version, phase, until)
    values (${organizationId}::uuid, ${conversationId}::uuid, ${ownerVersion + 1}::int,
      ${JSON.stringify({ name: 'waiting', owed })}::jsonb, ${retryAt(at)}::timestamptz)
    on conflict (organization_id, conversation_id) do update
      set phase = f.phase || ${JSON.stringify({ owed })}::jsonb, until = excluded.until`.execute(transaction)
}

/**
 * Makes it, once, while the conversation is held; without effect when it was made, or is owed no more. What fails again rejects,
 * and is tried again later.
 */
export async function makeOwedTicket(
  { database, messages, clock }: { database: Database; messages: Pick<MessageLog, 'writeHeld'>; clock: () => Date },
  which: Which,
): Promise<void> {
  try {
    await messages.writeHeld<void>({
      ...which,
      async decide(transaction, held, at) {
        const owed = await takeOwed(transaction, which, at)
        if (owed && held.status !== 'resolved') await makeTicket(transaction, held, owed, at)
        return { entries: [], result: async () => {} }
      },
    })
  } catch (error) {
    await postpone(database.of(which.organizationId), which, clock())
    throw error
  }
}

/** The ticket that is owed by now, which is owed no more; null: none is. */
async function takeOwed(
  transaction: Transaction<Tables>,
  { organizationId, conversationId }: Which,
  now: Date,
): Promise<OwedTicket | null> {
  const { rows } = await sql<{ owed: OwedTicket }>`
    select f.phase -> 'owed' as owed from assistant_floors f
    where f.organization_id = ${organizationId}::uuid and f.conversation_id = ${conversationId}::uuid
      and f.phase -> 'owed' is not null and f.until <= ${now}::timestamptz`.execute(transaction)
  const [row] = rows
  if (!row) return null
  // Of a conversation that waits for the team nothing else is kept.
  await sql`
    delete from assistant_floors f
    where f.organization_id = ${organizationId}::uuid and f.conversation_id = ${conversationId}::uuid
      and f.phase ->> 'name' = 'waiting'`.execute(transaction)
  await sql`
    update assistant_floors f set phase = f.phase - 'owed', until = null
    where f.organization_id = ${organizationId}::uuid and f.conversation_id = ${conversationId}::uuid`.execute(
    transaction,
  )
  return row.owed
}

async function postpone(query: Kysely<Tables>, { organizationId, conversationId }: Which, now: Date): Promise<void> {
  await sql`
    update assistant_floors f set until = ${retryAt(now)}::timestamptz
    where f.organization_id = ${organizationId}::uuid and f.conversation_id = ${conversationId}::uuid
      and f.phase -> 'owed' is not null`.execute(query)
}

function retryAt(now: Date): Date {
  return new Date(now.getTime() + RETRY_MS)
}
