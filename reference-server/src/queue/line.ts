import { expectedOnDuty } from './duty.js'
import { expectWaits, handlingTime, type Place } from './expected-wait.js'
import { loadArrivals, loadHandled, loadQueue } from './load-queue.js'
import type { QueueContext } from './queue-context.js'
import { compareQueued, type Queued } from './queue-order.js'
import { loadRouting } from './routing-settings.js'
import { loadTeam, membersOf } from './team.js'

/** For so long an answer is given again, in milliseconds: however many visitors ask, the database is asked once. */
const FRESH_MS = 5_000
/** What stands further behind has no place. */
const LONGEST = 2_000

/** A place in the line, and what stands there. */
export type Placed = Queued & Place

/** The queue as visitors and agents are told of it. */
export interface Line {
  /** In its order. */
  of(organizationId: string): Promise<readonly Placed[]>
  /** Of one conversation; null: it is not in the queue, or far behind. */
  placeOf(which: { organizationId: string; conversationId: string }): Promise<Place | null>
}

interface Snapshot {
  takenAt: number
  placed: Promise<{ rows: readonly Placed[]; byId: ReadonlyMap<string, Place> }>
}

/** One for a process. */
export function createLine(context: QueueContext): Line {
  const { clock } = context
  const snapshots = new Map<string, Snapshot>()
  const look = (organizationId: string): Snapshot['placed'] => {
    const now = clock().getTime()
    for (const [id, { takenAt }] of snapshots) if (now - takenAt >= FRESH_MS || takenAt > now) snapshots.delete(id)
    const known = snapshots.get(organizationId)
    if (known) return known.placed
    const placed = place(context, organizationId)
    snapshots.set(organizationId, { takenAt: now, placed })
    placed.catch(() => snapshots.delete(organizationId))
    return placed
  }
  return {
    of: async (organizationId) => (await look(organizationId)).rows,
    placeOf: async ({ organizationId, conversationId }) =>
      (await look(organizationId)).byId.get(conversationId) ?? null,
  }
}

async function place(
  { database, clock, whoIsThere }: QueueContext,
  organizationId: string,
): Promise<{ rows: Placed[]; byId: Map<string, Place> }> {
  const which = { organizationId, now: clock() }
  const now = which.now.getTime()
  const query = database.of(organizationId)
  const queue = await loadQueue(query, { ...which, limit: LONGEST })
  if (queue.length === 0) return { rows: [], byId: new Map() }
  const [routing, team, handled, arrivals, there] = await Promise.all([
    loadRouting(query, organizationId),
    loadTeam(query, which),
    loadHandled(query, which),
    loadArrivals(query, which),
    whoIsThere({ organizationId, id: organizationId }),
  ])
  const byId = expectWaits({
    queue,
    // Those who take what they like say nothing of when they do.
    agents: routing.assignment === 'automatic' ? expectedOnDuty(team, there, routing.capacity, now) : [],
    members: membersOf(team),
    handlingMs: handlingTime(handled),
    ...{ arrivals, now },
  })
  const rows = [...queue]
    .sort(compareQueued)
    .flatMap((row) => ({ ...row, ...(byId.get(row.conversationId) ?? { position: 0, waitMs: null }) }))
  return { rows, byId }
}
