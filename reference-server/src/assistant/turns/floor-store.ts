import { type Kysely, sql } from 'kysely'
import type { StoredPhase } from '../../database/assistant-tables.js'
import type { Tables } from '../../database/index.js'
import type { HeldConversation } from '../../messages/index.js'
import type { Fence, Floor, Phase } from '../floor/floor.js'
import type { Which } from './load-turn.js'

/** The floor of a conversation that is held: its row says whose it is, and the assistant's own row what the assistant is about. */
export async function loadFloor(query: Kysely<Tables>, held: HeldConversation): Promise<Floor> {
  const { organizationId, conversationId, episode, ownerVersion } = held
  const stored = await query
    .selectFrom('assistant_floors')
    .select(['phase', 'until'])
    .where('organization_id', '=', organizationId)
    .where('conversation_id', '=', conversationId)
    .where('owner_version', '=', ownerVersion)
    .executeTakeFirst()
  return { episode, ownerVersion, phase: phaseOf(held, stored ?? null) }
}

/**
 * Whose the floor is, as it stands now, for a turn that may still write (`own`) or not: `another_turn` of the assistant's has it,
 * or `nobody` of the assistant's. Asked without holding anything, so that work for nothing ends early.
 */
export async function whoseFloor(
  query: Kysely<Tables>,
  { organizationId, conversationId }: Which,
  { episode, ownerVersion, turnId }: Fence,
): Promise<'own' | 'another_turn' | 'nobody'> {
  const { rows } = await sql<{ own: boolean }>`
    select f.owner_version = ${ownerVersion}::int and k.episode = ${episode}::int
      and f.phase ->> 'turnId' = ${turnId} as own
    from assistant_floors f join conversations k
      on k.organization_id = f.organization_id and k.id = f.conversation_id
        and k.owner_version = f.owner_version and k.status = 'open'
    where f.organization_id = ${organizationId}::uuid and f.conversation_id = ${conversationId}::uuid
      and f.until is not null`.execute(query)
  const [row] = rows
  if (!row) return 'nobody'
  return row.own ? 'own' : 'another_turn'
}

/** Takes back what is kept of a turn that has not begun, so that another node finds its messages; without effect if it is another's. */
export async function leaveFloor(
  query: Kysely<Tables>,
  { organizationId, conversationId }: Which,
  { ownerVersion, turnId }: Fence,
): Promise<void> {
  await sql`
    delete from assistant_floors f
    where f.organization_id = ${organizationId}::uuid and f.conversation_id = ${conversationId}::uuid
      and f.owner_version = ${ownerVersion}::int and f.phase ->> 'turnId' = ${turnId}`.execute(query)
}

/** Where a conversation is, by its own row and by what is kept of this owner version. */
export function phaseOf(
  { status, agentId }: Pick<HeldConversation, 'status' | 'agentId'>,
  stored: { phase: StoredPhase; until: Date | null } | null,
): Phase {
  if (status === 'resolved') return { name: 'resolved' }
  if (status === 'assigned') return { name: 'human_active', agentId: agentId ?? '' }
  if (status === 'waiting') return { name: stored?.phase.name === 'offline' ? 'offline' : 'waiting' }
  if (stored?.phase.name !== 'bot_thinking') return { name: 'bot_idle' }
  const { turnId = '', messageIds = [] } = stored.phase
  return { name: 'bot_thinking', turnId, messageIds, until: stored.until?.getTime() ?? 0 }
}

/** Keeps what the assistant is about, in the transaction that moves the floor. */
export async function saveFloor(
  query: Kysely<Tables>,
  { organizationId, conversationId }: HeldConversation,
  { ownerVersion, phase }: Floor,
): Promise<void> {
  const kept = storedOf(phase)
  if (!kept) {
    await query
      .deleteFrom('assistant_floors')
      .where('organization_id', '=', organizationId)
      .where('conversation_id', '=', conversationId)
      .execute()
    return
  }
  const until = phase.name === 'bot_thinking' ? new Date(phase.until) : null
  await sql`
    insert into assistant_floors (organization_id, conversation_id, owner_version, phase, until)
    values (${organizationId}::uuid, ${conversationId}::uuid, ${ownerVersion}::int, ${JSON.stringify(kept)}::jsonb,
      ${until}::timestamptz)
    on conflict (organization_id, conversation_id) do update
      set owner_version = excluded.owner_version, phase = excluded.phase, until = excluded.until`.execute(query)
}

/**
 * Removes what is kept of turns that somebody else has ended by taking the floor: they end without a word to the assistant, and
 * nothing else looks at them again. Only older ones: a row of this very moment may be ahead of what is seen of its conversation.
 */
export async function dropStaleFloors(query: Kysely<Tables>, now: Date): Promise<void> {
  await sql`
    delete from assistant_floors f using conversations k
    where k.organization_id = f.organization_id and k.id = f.conversation_id
      and f.until <= ${now}::timestamptz and f.owner_version < k.owner_version and f.phase -> 'owed' is null`.execute(
    query,
  )
}

/** What is kept of a phase; null: nothing, the conversation's row says it. */
export function storedOf(phase: Phase): StoredPhase | null {
  switch (phase.name) {
    case 'bot_thinking':
      return { name: phase.name, turnId: phase.turnId, messageIds: phase.messageIds }
    case 'offline':
      return { name: phase.name }
    default:
      return null
  }
}
