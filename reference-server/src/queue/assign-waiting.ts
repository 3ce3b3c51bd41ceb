import { compareQueued, type Queued } from './queue-order.js'
import { type DepartmentMembers, serves } from './who-serves.js'

/** An agent on duty. */
export interface DutyAgent {
  id: string
  /** Conversations that they have, and that are neither over nor put away. */
  load: number
  /** As many they take. */
  capacity: number
  /** When they were last given one, in milliseconds since the epoch; null: never. */
  lastAssignedAt: number | null
}

/** Who gets what. */
export interface Assignment {
  conversationId: string
  agentId: string
}

/**
 * Gives waiting conversations to agents on duty (L2, L3): in the queue's order, each to whoever serves its department and is
 * least busy for what they take; of equals, to whoever was given something longest ago. What fits nobody holds up nothing
 * behind it.
 */
export function assignWaiting(input: {
  queue: readonly Queued[]
  agents: readonly DutyAgent[]
  members: DepartmentMembers
}): Assignment[] {
  const agents = input.agents.map((agent) => ({ ...agent, turn: agent.lastAssignedAt ?? Number.NEGATIVE_INFINITY }))
  // Whoever is given something now was given it after all that came before.
  let turn = agents.reduce((latest, agent) => Math.max(latest, agent.turn), 0)
  let free = agents.reduce((sum, { load, capacity }) => sum + Math.max(0, capacity - load), 0)
  const assignments: Assignment[] = []
  for (const { conversationId, departmentId } of [...input.queue].sort(compareQueued)) {
    if (free === 0) break
    const agent = agents
      .filter(({ id, load, capacity }) => load < capacity && serves(id, departmentId, input.members))
      .reduce<(typeof agents)[number] | undefined>(
        (best, next) => (best && !isBefore(next, best) ? best : next),
        undefined,
      )
    if (!agent) continue
    agent.load += 1
    agent.turn = ++turn
    free -= 1
    assignments.push({ conversationId, agentId: agent.id })
  }
  return assignments
}

/** Fractions are compared without dividing: equal ones shall be equal. */
function isBefore(a: DutyAgent & { turn: number }, b: DutyAgent & { turn: number }): boolean {
  const busier = a.load * b.capacity - b.load * a.capacity
  if (busier !== 0) return busier < 0
  return a.turn === b.turn ? a.id < b.id : a.turn < b.turn
}
