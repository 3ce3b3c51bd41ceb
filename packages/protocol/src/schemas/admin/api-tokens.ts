import * as z from 'zod/mini'
import { ownName } from '../auth.js'
import { serverId, timestamp } from '../entities.js'

/** A secret with which a program acts for a member, as far as its scopes go. */
export const apiToken = z.object({
  id: serverId,
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: timestamp,
  lastUsedAt: z.nullable(timestamp),
  expiresAt: z.nullable(timestamp),
  member: z.object({ id: serverId, name: z.string() }),
})

/** Answer of `GET /api/chat-widget/api-tokens`, the latest first. */
export const listApiTokensResponse = z.object({ tokens: z.array(apiToken) })

/** `POST /api/chat-widget/api-tokens`; a scope is a noun and `read` or `write`: `widget:read`. */
export const createApiTokenRequest = z.strictObject({
  name: ownName,
  scopes: z.array(z.string().check(z.maxLength(64))).check(z.minLength(1), z.maxLength(64)),
  expiresInDays: z.optional(z.int().check(z.minimum(1), z.maximum(3650))),
})

/** Answer of `POST /api/chat-widget/api-tokens`: the secret is shown this once. */
export const createApiTokenResponse = z.object({ token: apiToken, secret: z.string() })
