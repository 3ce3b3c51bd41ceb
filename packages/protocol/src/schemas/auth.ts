import * as z from 'zod/mini'
import { serverId, timestamp } from './entities.js'
import { lineOf } from './text.js'

/** Role of a member in an organization, from the most to the least powerful. */
export const memberRole = z.enum(['super_admin', 'client_admin', 'agent', 'client_user'])

/** An e-mail address that mail is sent to. */
export const emailAddress = z.email().check(z.maxLength(254))

/** A new password; the commonest ones are refused beside. */
export const newPassword = z.string().check(z.minLength(12), z.maxLength(256))

/** A name of a person or an organization. */
export const ownName = lineOf(100)

/** Why something is done that its subject did not ask for. */
export const actReason = z.pipe(lineOf(500), z.string().check(z.minLength(10)))

/** A secret that was handed out: it is compared, and never kept. */
const secret = z.string().check(z.minLength(1), z.maxLength(256))

/** `POST /api/auth/sign-in`. */
export const signInRequest = z.strictObject({
  email: z.string().check(z.minLength(3), z.maxLength(254)),
  password: z.string().check(z.minLength(1), z.maxLength(256)),
})

/** Answer of `POST /api/auth/sign-in`, `GET /api/auth/me`, and whatever else signs in or moves somebody. */
export const currentMember = z.object({
  member: z.object({ id: serverId, email: z.string(), name: z.string(), role: memberRole }),
  /** Whose data is seen and changed: one's own organization's, or while visiting that one's. */
  organization: z.object({ id: serverId, name: z.string() }),
  /** Where one is a member. */
  home: z.object({ id: serverId, name: z.string() }),
  visiting: z.nullable(z.object({ reason: z.string() })),
  /** Send it back as the header `x-chatdesk-csrf` with every change. Another one in each visit, and at home again. */
  csrfToken: z.string(),
})

/** Answer of `POST /api/auth/ticket`: opens one agent connection within 30 seconds (S3). */
export const ticketResponse = z.object({ ticket: z.string(), expiresAt: timestamp })

/** `POST /api/auth/visit`: a super admin goes into another organization, and says why. */
export const visitRequest = z.strictObject({ organizationId: serverId, reason: actReason })

/** `POST /api/auth/invite`: what an invite is for. */
export const showInviteRequest = z.strictObject({ token: secret })

/** Answer of `POST /api/auth/invite`. */
export const showInviteResponse = z.object({
  email: z.string(),
  role: memberRole,
  organization: z.object({ name: z.string() }),
  expiresAt: timestamp,
})

/** `POST /api/auth/invite/accept`. */
export const acceptInviteRequest = z.strictObject({ token: secret, name: ownName, password: newPassword })

/** `POST /api/auth/password`. */
export const changePasswordRequest = z.strictObject({
  current: z.string().check(z.minLength(1), z.maxLength(256)),
  next: newPassword,
})

/** `POST /api/auth/forgot`. */
export const forgotPasswordRequest = z.strictObject({ email: z.string().check(z.minLength(3), z.maxLength(254)) })

/** `POST /api/auth/reset`. */
export const resetPasswordRequest = z.strictObject({ token: secret, password: newPassword })

/** Answer of `GET /api/auth/sessions`: where one is signed in, the latest first. */
export const listSessionsResponse = z.object({
  sessions: z.array(
    z.object({
      id: serverId,
      createdAt: timestamp,
      lastSeenAt: timestamp,
      userAgent: z.nullable(z.string()),
      current: z.boolean(),
    }),
  ),
})

/** Answer of `GET /api/auth/first-run`. */
export const firstRunState = z.object({ open: z.boolean() })

/** `POST /api/auth/first-run`: the first organization of a server, and its first member. */
export const firstRunRequest = z.strictObject({
  code: z.string().check(z.minLength(1), z.maxLength(64)),
  organization: ownName,
  name: ownName,
  email: emailAddress,
  password: newPassword,
})
