import * as z from 'zod/mini'
import { memberRole } from '../auth.js'
import { priority, serverId, timestamp } from '../entities.js'
import { integerInQuery, limitInQuery } from '../query.js'

/** Who gives waiting conversations to agents: they themselves, or the server (L2). */
export const routingSettings = z.object({
  assignment: z.enum(['manual', 'automatic']),
  /** How many conversations an agent has at a time who has no number of their own. */
  capacity: z.int(),
  /** How long an agent may be gone before their visitors go to somebody else (L4). */
  rerouteAfterSeconds: z.int(),
})

/** Answer of `GET` and `PATCH /api/chat-widget/routing`. */
export const routingResponse = z.object({ routing: routingSettings })

/** `PATCH /api/chat-widget/routing`: what is absent stays. */
export const updateRoutingRequest = z.strictObject({
  assignment: z.optional(routingSettings.shape.assignment),
  capacity: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
  rerouteAfterSeconds: z.optional(z.int().check(z.minimum(10), z.maximum(3600))),
})

/** Whether a member wants conversations; `away` takes none, whoever is connected. */
export const availability = z.enum(['available', 'away'])

/** A member who answers visitors. */
export const teamMember = z.object({
  id: serverId,
  name: z.string(),
  role: memberRole,
  availability,
  /** When they have said that they will be back, of who is `away`; null: they have not, or that time is past (L5). */
  backAt: z.nullable(timestamp),
  /** Whether they are connected (P1). */
  online: z.boolean(),
  /** Conversations that they have, neither over nor snoozed. */
  load: z.int(),
  /** As many they take; null: as the organization says. */
  capacity: z.nullable(z.int()),
  departmentIds: z.array(serverId),
})

/** Answer of `GET /api/chat-widget/team`. */
export const listTeamResponse = z.object({ team: z.array(teamMember) })

/**
 * `PATCH /api/chat-widget/team/:id`: what is absent stays. Others than admins say their own `availability` alone. With `away` may
 * stand until when: `backAt`, later than now and within twelve hours (L5).
 */
export const updateTeamMemberRequest = z
  .strictObject({
    availability: z.optional(availability),
    /** With `away` alone; absent beside it, or null: they do not say. */
    backAt: z.optional(z.nullable(timestamp)),
    /** 0 takes none by itself; null: as the organization says. */
    capacity: z.optional(z.nullable(z.int().check(z.minimum(0), z.maximum(100)))),
    /** All that they shall belong to. */
    departmentIds: z.optional(z.array(serverId).check(z.maxLength(100))),
  })
  .check(
    z.refine(({ availability, backAt }) => !backAt || availability === 'away', {
      path: ['backAt'],
      error: 'only with availability away',
    }),
  )

/** Answer of `PATCH /api/chat-widget/team/:id`. */
export const teamMemberResponse = z.object({ member: teamMember })

/** `GET /api/chat-widget/queue`. */
export const listQueueQuery = z.object({
  limit: z.optional(limitInQuery),
  /** `nextCursor` of the page before. */
  cursor: z.optional(integerInQuery),
})

/** Answer of `GET /api/chat-widget/queue`: what waits, in the order in which it comes next (L1). */
export const listQueueResponse = z.object({
  queue: z.array(
    z.object({
      conversationId: serverId,
      /** From 1, among those that the same agents may take. */
      position: z.int(),
      waitingSince: timestamp,
      departmentId: z.nullable(serverId),
      priority,
      /** Null: nobody on duty takes it, or nothing is known (L7). */
      expectedWaitSeconds: z.nullable(z.int()),
    }),
  ),
  nextCursor: z.nullable(z.string()),
})

/** Answer of `GET /api/widget/conversations/:id/queue`; null: it is in no queue (L6). */
export const queuePlaceResponse = z.object({
  queue: z.nullable(z.object({ position: z.int(), waitSeconds: z.nullable(z.int()) })),
})
