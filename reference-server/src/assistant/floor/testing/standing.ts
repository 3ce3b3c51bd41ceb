import type { ConversationStatus } from '@chatdesk/protocol'
import type { StoredPhase } from '../../../database/assistant-tables.js'
import { phaseOf, storedOf } from '../../turns/floor-store.js'
import type { Floor } from '../floor.js'
import type { Move } from '../move-floor.js'

/** A conversation as its rows have it, and the row of what the assistant is about. */
export interface Standing {
  status: ConversationStatus
  agentId: string | null
  episode: number
  ownerVersion: number
  stored: { ownerVersion: number; phase: StoredPhase; until: Date | null } | null
}

/** One that has just begun, where the widget has the assistant. */
export const BEGUN: Standing = { status: 'open', agentId: null, episode: 1, ownerVersion: 1, stored: null }

/** The floor as it is loaded. */
export function floorOf({ status, agentId, episode, ownerVersion, stored }: Standing): Floor {
  const current = stored?.ownerVersion === ownerVersion ? stored : null
  return { episode, ownerVersion, phase: phaseOf({ status, agentId }, current) }
}

/** Somebody gives it to somebody else, and knows nothing of the assistant: as the trigger `move_floor` has it. */
export function become(standing: Standing, status: ConversationStatus, agentId: string | null): Standing {
  if (standing.status === status && standing.agentId === agentId) return standing
  const ends = status === 'resolved' && standing.status !== 'resolved'
  return {
    ...{ ...standing, status, agentId, ownerVersion: standing.ownerVersion + 1 },
    episode: standing.episode + Number(ends),
  }
}

/** The visitor writes: what is over begins anew (C5). */
export function reopen(standing: Standing): Standing {
  const { status, agentId } = standing
  return status === 'resolved' ? become(standing, agentId === null ? 'open' : 'assigned', agentId) : standing
}

/** A move is written: the assistant's row, and what its effects do to the conversation. */
export function keep(standing: Standing, before: Floor, { floor, effects }: Move): Standing {
  if (floor === before) return standing
  const { ownerVersion, phase } = floor
  const stored = storedOf(phase)
  const until = phase.name === 'bot_thinking' ? new Date(phase.until) : null
  const waits = effects.some(({ type }) => WAITS.has(type))
  return {
    ...{ ...standing, ownerVersion, stored: stored && { ownerVersion, phase: stored, until } },
    ...(waits ? { status: 'waiting' as const, agentId: null } : {}),
  }
}

const WAITS: ReadonlySet<string> = new Set(['request_hand_off', 'offer_form', 'keep_for_team', 'leave_to_team'])
