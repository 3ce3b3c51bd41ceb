import * as z from 'zod/mini'
import { memberRole } from '../auth.js'
import { serverId, timestamp } from '../entities.js'
import { integerInQuery } from '../query.js'

/** Query of `GET /api/chat-widget/audit`: the entries before this number, newest first. */
export const listAuditQuery = z.strictObject({
  before: z.optional(integerInQuery),
  limit: z.optional(z.pipe(integerInQuery, z.int().check(z.minimum(1), z.maximum(100)))),
})

/** One entry of an organization's audit trail. */
export const auditEntry = z.object({
  seq: z.int(),
  at: timestamp,
  /** Null: the server's host, in process. */
  actor: z.nullable(z.object({ id: serverId, name: z.string(), role: memberRole, visiting: z.boolean() })),
  address: z.nullable(z.string()),
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string(), name: z.optional(z.string()) }),
  changes: z.optional(z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))),
  reason: z.optional(z.string()),
})

/** Answer of `GET /api/chat-widget/audit`. */
export const listAuditResponse = z.object({ entries: z.array(auditEntry), nextBefore: z.nullable(z.int()) })
