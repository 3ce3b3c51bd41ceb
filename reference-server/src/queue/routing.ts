import type { ChangeFeed } from '../messages/index.js'
import type { Change } from '../realtime/backend.js'
import { assignWaiting } from './assign-waiting.js'
import { onDuty } from './duty.js'
import { loadQueue, loadUnanswered } from './load-queue.js'
import { type Absences, leftAlone, noteAbsences } from './off-duty.js'
import type { QueueContext } from './queue-context.js'
import { findAutomatic, loadRouting } from './routing-settings.js'
import { loadTeam, membersOf, type Teammate } from './team.js'
import { serves } from './who-serves.js'

/** Conversations that one look gives away before it looks anew who is free. */
const BATCH = 100

/** Gives what waits to who is there. */
export interface Routing {
  /** Looks at every organization that assigns by itself and has something waiting; resolves when that is given away. Rejects never. */
  sweep(): Promise<void>
  /** Looks at one now, or again once the look that is under way has ended. */
  wake(organizationId: string): void
  /** Ends; resolves when nothing is under way. */
  close(): Promise<void>
}

/** One for a process. Each node has its own: what two give away at once the log decides (L2). */
export function createRouting(context: QueueContext & { changes: ChangeFeed }): Routing {
  const { database, logger, changes } = context
  /** As of the last sweep: all others cost nothing. */
  let automatic: ReadonlySet<string> = new Set()
  const absences = new Map<string, Absences>()
  const underWay = new Map<string, Promise<void>>()
  const again = new Set<string>()
  let closed = false

  const look = async (organizationId: string): Promise<void> => {
    do {
      again.delete(organizationId)
      try {
        await route(context, organizationId, absences)
      } catch (error) {
        logger.warn({ err: error, organizationId }, 'what waits could not be assigned')
      }
    } while (again.has(organizationId) && !closed)
    underWay.delete(organizationId)
  }
  const wake = (organizationId: string) => {
    if (closed) return
    if (underWay.has(organizationId)) again.add(organizationId)
    else underWay.set(organizationId, look(organizationId))
  }
  const stop = changes.onChange((change) => {
    if (automatic.has(change.organizationId) && mattersToQueue(change)) wake(change.organizationId)
  })

  return {
    async sweep() {
      try {
        const found = await findAutomatic(database)
        automatic = new Set(found.map(({ organizationId }) => organizationId))
        for (const organizationId of absences.keys())
          if (!automatic.has(organizationId)) absences.delete(organizationId)
        for (const { organizationId, busy } of found) if (busy) wake(organizationId)
        await Promise.all(underWay.values())
      } catch (error) {
        logger.warn({ err: error }, 'where something waits could not be read')
      }
    },
    wake,
    async close() {
      closed = true
      stop()
      await Promise.all(underWay.values())
    },
  }
}

/** Something new waits, or somebody has room again. All else the next sweep finds. */
function mattersToQueue({ events }: Change): boolean {
  return events.some((event) =>
    event.type === 'message.created' ? event.seq === 1 && event.author.kind === 'visitor' : event.status !== 'assigned',
  )
}

async function route(context: QueueContext, organizationId: string, absences: Map<string, Absences>): Promise<void> {
  const { database, clock } = context
  const query = database.of(organizationId)
  for (;;) {
    const now = clock()
    const routing = await loadRouting(query, organizationId)
    if (routing.assignment !== 'automatic') return
    const [team, there] = await Promise.all([
      loadTeam(query, { organizationId, now }),
      context.whoIsThere({ organizationId, id: organizationId }),
    ])
    await takeBack(context, {
      organizationId,
      team,
      there,
      absences,
      rerouteAfterMs: routing.rerouteAfterSeconds * 1000,
    })
    const members = membersOf(team)
    const agents = onDuty(team, there, routing.capacity)
    const free = agents.filter(({ load, capacity }) => load < capacity)
    if (free.length === 0) return
    // What nobody could take would stand before the rest, however much there is of it.
    const closed = [...members.keys()].filter((id) => !free.some((agent) => serves(agent.id, id, members)))
    const queue = await loadQueue(query, { organizationId, now, limit: BATCH, closed })
    let given = 0
    for (const { conversationId, agentId } of assignWaiting({ queue, agents, members })) {
      const { name = '', capacity } = team.find(({ id }) => id === agentId) ?? {}
      const agent = { kind: 'agent' as const, id: agentId, name }
      const move = { to: 'duty' as const, agent, capacity: capacity ?? routing.capacity }
      if ((await context.messages.move({ organizationId, conversationId, move })) === 'done') given++
    }
    if (given === 0 || queue.length < BATCH) return
  }
}

/** L4. */
async function takeBack(
  { database, messages, clock }: QueueContext,
  input: {
    organizationId: string
    team: readonly Teammate[]
    there: ReadonlySet<string>
    absences: Map<string, Absences>
    rerouteAfterMs: number
  },
): Promise<void> {
  const { organizationId, team, there, absences, rerouteAfterMs } = input
  const now = clock().getTime()
  const absent = team.filter(({ id }) => !there.has(id)).map(({ id }) => id)
  const noted = noteAbsences(absences.get(organizationId), absent, now)
  absences.set(organizationId, noted)
  const agents = new Map(
    team
      .map(({ id, awaySince }) => [id, { absentSince: noted.since.get(id), awaySince: awaySince?.getTime() }] as const)
      .filter(([, { absentSince, awaySince }]) => absentSince !== undefined || awaySince !== undefined),
  )
  const unanswered = await loadUnanswered(database.of(organizationId), { organizationId, now: new Date(now) }, [
    ...agents.keys(),
  ])
  for (const { conversationId, agentId } of leftAlone({ unanswered, agents, rerouteAfterMs, now }))
    await messages.move({ organizationId, conversationId, move: { to: 'line', fromAgentId: agentId } })
}
