import * as z from 'zod/mini'
import { emailAddress, memberRole, ownName } from '../auth.js'
import { serverId, timestamp } from '../entities.js'

/** A person who signs in. */
export const memberRow = z.object({
  id: serverId,
  email: z.string(),
  name: z.string(),
  role: memberRole,
  createdAt: timestamp,
  /** Null: not signed in within the last day. */
  lastSeenAt: z.nullable(timestamp),
})

/** Answer of `GET /api/chat-widget/members`, the oldest first. */
export const listMembersResponse = z.object({ members: z.array(memberRow) })

/** `PATCH /api/chat-widget/members/:id`. */
export const updateMemberRequest = z
  .strictObject({ name: z.optional(ownName), role: z.optional(memberRole) })
  .check(z.refine(({ name, role }) => name !== undefined || role !== undefined, 'nothing to change'))

/** Answer of `PATCH /api/chat-widget/members/:id`. */
export const memberResponse = z.object({ member: memberRow })

/** An invitation that is still open. */
export const inviteRow = z.object({
  id: serverId,
  email: z.string(),
  role: memberRole,
  /** Null: the server's host, or a guest. */
  invitedBy: z.nullable(z.object({ id: serverId, name: z.string() })),
  createdAt: timestamp,
  expiresAt: timestamp,
})

/** Answer of `GET /api/chat-widget/invites`, the latest first. */
export const listInvitesResponse = z.object({ invites: z.array(inviteRow) })

/** `POST /api/chat-widget/invites`. */
export const createInviteRequest = z.strictObject({ email: emailAddress, role: memberRole })

/** Answer of `POST /api/chat-widget/invites`: the link is shown this once. */
export const createInviteResponse = z.object({ invite: inviteRow, link: z.string(), mailed: z.boolean() })
