import * as z from 'zod/mini'
import { serverId, timestamp } from '../entities.js'

const name = z.string().check(z.minLength(1), z.maxLength(512))
const url = z.url({ protocol: /^https?$/ }).check(z.maxLength(2048))

/**
 * `hmac`: a secret for `user.hash` · `jwt_secret`: one for tokens by HS256 · `jwks`: tokens by RS256, ES256 or EdDSA, whose keys
 * the issuer publishes · `firebase`: ID tokens of a Firebase project.
 */
export const identityKeyKind = z.enum(['hmac', 'jwt_secret', 'jwks', 'firebase'])

/** What proves users of a widget. Its secret is shown once, by the answer that makes it. */
export const identityKey = z.object({
  id: serverId,
  kind: identityKeyKind,
  createdAt: timestamp,
  /** Proves nothing from then on; null: until it is deleted. */
  expiresAt: z.nullable(timestamp),
  /** `iss` of its tokens. */
  issuer: z.optional(z.string()),
  /** `aud` of its tokens; the widget's id when absent. */
  audience: z.optional(z.string()),
  jwksUrl: z.optional(z.string()),
  projectId: z.optional(z.string()),
})

/** Answer of `GET /api/chat-widget/widgets/:id/identity-keys`. */
export const listIdentityKeysResponse = z.object({ keys: z.array(identityKey) })

/** `POST /api/chat-widget/widgets/:id/identity-keys`. */
export const createIdentityKeyRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hmac') }),
  z.strictObject({ kind: z.literal('jwt_secret'), issuer: z.optional(name), audience: z.optional(name) }),
  z.strictObject({ kind: z.literal('jwks'), jwksUrl: url, issuer: name, audience: z.optional(name) }),
  z.strictObject({
    kind: z.literal('firebase'),
    projectId: z.string().check(z.regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/)),
  }),
])

/** Answer of `POST /api/chat-widget/widgets/:id/identity-keys`: the secret is in no other. */
export const createIdentityKeyResponse = z.object({ key: identityKey, secret: z.optional(z.string()) })

/** `DELETE /api/chat-widget/widgets/:id/identity-keys/:keyId`: at once, or after the hours in which a new one takes over. */
export const deleteIdentityKeyRequest = z.strictObject({
  afterHours: z.optional(z.int().check(z.minimum(0), z.maximum(720))),
})
