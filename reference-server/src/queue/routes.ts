import { ChatError, type MemberRole, type TeamMember } from '@chatdesk/protocol'
import {
  listQueueQuery,
  listQueueResponse,
  listTeamResponse,
  routingResponse,
  teamMemberResponse,
  updateRoutingRequest,
  updateTeamMemberRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import { priorityOf } from '../conversations/index.js'
import { parseId } from '../http/input.js'
import { isAdmin, type MemberGate, memberRoute, memberRoutes, requireRankOf } from '../organizations/index.js'
import type { Line } from './line.js'
import type { QueueContext } from './queue-context.js'
import type { Routing } from './routing.js'
import { loadRouting, updateRouting } from './routing-settings.js'
import { loadTeam, type Teammate, updateTeammate } from './team.js'

/** Rows of a page that says nothing of its length. */
const PAGE = 50

/** What the routes need. */
export interface QueueRoutesContext extends QueueContext {
  gate: MemberGate
  line: Line
  routing: Routing
}

/** `/api/chat-widget/team`, `/routing` and `/queue`: who takes what waits. */
export function queueRoutes(context: QueueRoutesContext): Router {
  const { database, clock, line, routing, whoIsThere } = context
  const there = (organizationId: string) => whoIsThere({ organizationId, id: organizationId })
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/team',
      action: 'team.list',
      answer: listTeamResponse,
      async run({ actor: { organizationId } }) {
        const team = await loadTeam(database.of(organizationId), { organizationId, now: clock() })
        const online = await there(organizationId)
        const now = clock()
        return { team: team.map((member) => toTeamMember(member, online, now)) }
      },
    }),
    memberRoute({
      method: 'patch',
      path: '/team/:id',
      action: 'team.update',
      body: updateTeamMemberRequest,
      answer: teamMemberResponse,
      async run({ actor, params, body, record }) {
        const { organizationId } = actor
        const memberId = parseId(params.id, 'member')
        const isOwn = memberId === actor.memberId
        const which = { organizationId, memberId, now: clock() }
        const member = await database.transaction(organizationId, async (transaction) => {
          const update = { ...body, backAt: body.backAt ? new Date(body.backAt) : null }
          const { before, after } = await updateTeammate(transaction, which, update, ({ role }) => {
            requireOwn(actor.role, isOwn, body)
            if (!isOwn) requireRankOf(actor, role)
          })
          const changes = changesOf(before, after, isOwn)
          if (Object.keys(changes).length > 0)
            await record(transaction, { target: { kind: 'member', id: memberId, name: after.name }, changes })
          return after
        })
        routing.wake(organizationId)
        return { member: toTeamMember(member, await there(organizationId), which.now) }
      },
    }),
    memberRoute({
      method: 'get',
      path: '/routing',
      action: 'routing.read',
      answer: routingResponse,
      run: async ({ actor: { organizationId } }) => ({
        routing: await loadRouting(database.of(organizationId), organizationId),
      }),
    }),
    memberRoute({
      method: 'patch',
      path: '/routing',
      action: 'routing.update',
      body: updateRoutingRequest,
      answer: routingResponse,
      async run({ actor: { organizationId }, body, record }) {
        const settings = await database.transaction(organizationId, async (transaction) => {
          const { before, after } = await updateRouting(transaction, organizationId, body)
          const changes = differences(before, after)
          if (Object.keys(changes).length > 0)
            await record(transaction, { target: { kind: 'organization', id: organizationId }, changes })
          return after
        })
        routing.wake(organizationId)
        return { routing: settings }
      },
    }),
    memberRoute({
      method: 'get',
      path: '/queue',
      action: 'queue.list',
      query: listQueueQuery,
      answer: listQueueResponse,
      async run({ actor: { organizationId }, query: { limit = PAGE, cursor = 0 } }) {
        const rows = await line.of(organizationId)
        const end = cursor + limit
        return {
          queue: rows.slice(cursor, end).map(({ waitingSince, waitMs, priority, ...row }) => ({
            conversationId: row.conversationId,
            position: row.position,
            waitingSince: new Date(waitingSince).toISOString(),
            departmentId: row.departmentId,
            priority: priorityOf(priority),
            expectedWaitSeconds: waitMs === null ? null : Math.round(waitMs / 1000),
          })),
          nextCursor: end < rows.length ? String(end) : null,
        }
      },
    }),
  ])
}

/** Whether somebody takes conversations is their own word; how many, and of which departments, is settled by admins. */
function requireOwn(role: MemberRole, isOwn: boolean, { capacity, departmentIds }: Record<string, unknown>): void {
  if (isAdmin(role)) return
  if (!isOwn) throw new ChatError('FORBIDDEN', 'Only admins say this of others.')
  if (capacity !== undefined || departmentIds !== undefined)
    throw new ChatError('FORBIDDEN', 'Only admins settle capacity and departments.')
}

function toTeamMember(member: Teammate, online: ReadonlySet<string>, now: Date): TeamMember {
  const { id, name, role, awaySince, load, capacity, departmentIds } = member
  const availability = awaySince === null ? 'available' : 'away'
  // A time that is past is nothing that anybody could go by.
  const backAt = member.backAt && member.backAt > now ? member.backAt.toISOString() : null
  return { id, name, role, availability, backAt, online: online.has(id), load, capacity, departmentIds }
}

/** What of a member of the team is different: their own breaks are no matter of the trail. */
function changesOf(before: Teammate, after: Teammate, isOwn: boolean) {
  const settled = ({ capacity, departmentIds, awaySince, backAt }: Teammate) => ({
    capacity,
    departmentIds: departmentIds.join(', '),
    ...(isOwn
      ? {}
      : { availability: awaySince === null ? 'available' : 'away', backAt: backAt?.toISOString() ?? null }),
  })
  return differences(settled(before), settled(after))
}

function differences(before: object, after: object): Record<string, { from: unknown; to: unknown }> {
  const was = new Map<string, unknown>(Object.entries(before))
  return Object.fromEntries(
    Object.entries(after).flatMap(([key, to]) => (was.get(key) === to ? [] : [[key, { from: was.get(key), to }]])),
  )
}
