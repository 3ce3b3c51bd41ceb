import { listAuditQuery, listAuditResponse } from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { loadAudit } from './audit-trail.js'

const PAGE = 50

/** `/api/chat-widget/audit`: the trail of one's organization, newest first. */
export function auditRoutes(context: { database: Database; clock: () => Date; gate: MemberGate }): Router {
  const { database } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/audit',
      action: 'audit.read',
      query: listAuditQuery,
      answer: listAuditResponse,
      async run({ actor: { organizationId }, query: { before, limit = PAGE } }) {
        const entries = await loadAudit(database.of(organizationId), { organizationId, beforeSeq: before, limit })
        return { entries, nextBefore: entries.length === limit ? (entries.at(-1)?.seq ?? null) : null }
      },
    }),
  ])
}
