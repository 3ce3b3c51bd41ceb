import * as z from 'zod/mini'
import { ownName } from '../auth.js'
import { serverId, timestamp } from '../entities.js'

/** What a token may be given: a noun of the server's policy, and whether it reads or writes. */
export const apiScope = z.enum([
  'inbox:read',
  'conversation:read',
  'conversation:write',
  'message:write',
  'copilot:write',
  'assistant:read',
  'assistant:write',
  'visitor:read',
  'visitor:write',
  'note:read',
  'note:write',
  'tag:read',
  'tag:write',
  'team:read',
  'team:write',
  'routing:read',
  'routing:write',
  'queue:read',
  'ticket:read',
  'ticket:write',
  'payment:read',
  'payment:write',
  'paymentAccount:read',
  'paymentAccount:write',
  'cannedReply:read',
  'cannedReply:write',
  'macro:read',
  'macro:write',
  'file:write',
  'lead:read',
  'appointment:read',
  'analytics:read',
  'knowledge:read',
  'knowledge:write',
  'knowledgeGap:read',
  'knowledgeGap:write',
  'widget:read',
  'widget:write',
  'installation:read',
  'identityKey:read',
  'identityKey:write',
  'webhook:read',
  'webhook:write',
  'department:read',
  'department:write',
  'member:read',
  'member:write',
  'organization:read',
  'organization:write',
  'apiToken:read',
  'apiToken:write',
  'audit:read',
])

/** A secret with which a program acts for a member, as far as its scopes go. */
export const apiToken = z.object({
  id: serverId,
  name: z.string(),
  /** Those of an older server may be others. */
  scopes: z.array(z.string()),
  createdAt: timestamp,
  lastUsedAt: z.nullable(timestamp),
  expiresAt: z.nullable(timestamp),
  member: z.object({ id: serverId, name: z.string() }),
})

/** Answer of `GET /api/chat-widget/api-tokens`, the latest first. */
export const listApiTokensResponse = z.object({ tokens: z.array(apiToken) })

/** `POST /api/chat-widget/api-tokens`. */
export const createApiTokenRequest = z.strictObject({
  name: ownName,
  scopes: z.array(apiScope).check(z.minLength(1), z.maxLength(64)),
  expiresInDays: z.optional(z.int().check(z.minimum(1), z.maximum(3650))),
})

/** Answer of `POST /api/chat-widget/api-tokens`: the secret is shown this once. */
export const createApiTokenResponse = z.object({ token: apiToken, secret: z.string() })
