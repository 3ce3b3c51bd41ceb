import { listAppointmentsQuery, listAppointmentsResponse } from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { listAppointments } from './appointments.js'

const PAGE = 50

/** `/api/chat-widget/appointments`: what visitors have asked for. */
export function appointmentRoutes(context: { database: Database; clock: () => Date; gate: MemberGate }): Router {
  const { database } = context
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/appointments',
      action: 'appointment.list',
      query: listAppointmentsQuery,
      answer: listAppointmentsResponse,
      run: async ({ actor: { organizationId }, query: { limit = PAGE, cursor } }) =>
        listAppointments(database.of(organizationId), { organizationId, limit, cursor }),
    }),
  ])
}
