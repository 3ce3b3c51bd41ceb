import { ChatError } from '@chatdesk/protocol'
import { changePasswordRequest, currentMember, listSessionsResponse, visitRequest } from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import { parseId } from '../http/input.js'
import { homeOf } from './actor.js'
import type { MemberGate } from './member-gate.js'
import { memberRoute, memberRoutes } from './member-routes.js'
import { closeMemberSessions, listMemberSessions } from './member-sessions.js'
import type { OrganizationsContext } from './organizations.js'
import { changePassword } from './password-changes.js'
import type { SignInLimits } from './sign-in.js'
import { beginVisit, endVisit } from './visits.js'

/** `/api/auth`, for whoever is signed in: one's password, one's sign-ins, visits. No API token has a part in them. */
export function accountRoutes(context: OrganizationsContext & { gate: MemberGate; limits: SignInLimits }): Router {
  const { database, clock, gate, limits } = context
  return memberRoutes({ gate, clock, signInsOnly: true }, [
    memberRoute({
      method: 'post',
      path: '/password',
      action: 'session',
      body: changePasswordRequest,
      async run({ actor, body }) {
        await changePassword(context, limits, actor, body)
      },
    }),
    memberRoute({
      method: 'get',
      path: '/sessions',
      action: 'session',
      answer: listSessionsResponse,
      async run({ actor }) {
        return { sessions: await listMemberSessions(database, actor, clock()) }
      },
    }),
    memberRoute({
      method: 'delete',
      path: '/sessions/:id',
      action: 'session',
      async run({ actor, params }) {
        const only = parseId(params.id, 'session')
        const home = homeOf(actor)
        const ended = await closeMemberSessions(
          database.of(home),
          { organizationId: home, memberId: actor.memberId },
          { only },
        )
        if (ended === 0) throw new ChatError('NOT_FOUND', 'No such session.')
      },
    }),
    memberRoute({
      method: 'post',
      path: '/sign-out-everywhere',
      action: 'session',
      async run({ actor, request, response }) {
        const home = homeOf(actor)
        await closeMemberSessions(database.of(home), { organizationId: home, memberId: actor.memberId })
        gate.setCookie(request, response, '', 0)
      },
    }),
    memberRoute({
      method: 'post',
      path: '/visit',
      action: 'organization.visit',
      body: visitRequest,
      answer: currentMember,
      async run({ actor, body, address, request }) {
        await beginVisit(context, actor, { ...body, address })
        return (await gate.requireSignedIn(request)).current
      },
    }),
    memberRoute({
      method: 'delete',
      path: '/visit',
      action: 'session',
      answer: currentMember,
      async run({ actor, address, request }) {
        await endVisit(context, actor, address)
        return (await gate.requireSignedIn(request)).current
      },
    }),
  ])
}
