import { analyticsQuery, analyticsResponse } from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { loadWidgetDays } from './analytics.js'

const DAY_MS = 24 * 3_600_000
/** How many days are shown when nobody says which. */
const DAYS = 30

/** `/api/chat-widget/widgets/:id/analytics`: what was counted of a widget, day by day. */
export function analyticsRoutes(context: { database: Database; clock: () => Date; gate: MemberGate }): Router {
  const { database, clock } = context
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/widgets/:id/analytics',
      action: 'analytics.read',
      query: analyticsQuery,
      answer: analyticsResponse,
      async run({ actor: { organizationId }, params, query }) {
        const today = clock().getTime()
        const { from = dayOf(today - (DAYS - 1) * DAY_MS), to = dayOf(today) } = query
        const widgetId = parseId(params.id, 'widget')
        const days = await loadWidgetDays(database.of(organizationId), { organizationId, widgetId, from, to })
        return { from, to, days }
      },
    }),
  ])
}
