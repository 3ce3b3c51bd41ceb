import {
  createApiTokenRequest,
  createApiTokenResponse,
  createInviteRequest,
  createInviteResponse,
  createOrganizationRequest,
  deleteOrganizationRequest,
  listApiTokensResponse,
  listInvitesResponse,
  listMembersResponse,
  listOrganizationsResponse,
  memberResponse,
  organizationResponse,
  updateMemberRequest,
  updateOrganizationRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import { parseId } from '../http/input.js'
import type { RateLimit } from '../platform/rate-limit.js'
import {
  deleteOrganization,
  foundOrganization,
  listOrganizations,
  loadOrganization,
  renameOrganization,
} from './administration.js'
import { createApiToken, listApiTokens, revokeApiToken } from './api-tokens.js'
import { baseOf, consoleLink } from './console-link.js'
import { createInvite, listInvites, revokeInvite } from './invites.js'
import type { MemberGate } from './member-gate.js'
import { type MemberRoute, memberRoute, memberRoutes } from './member-routes.js'
import { listMembers, removeMember, updateMember } from './members.js'
import type { OrganizationsContext } from './organizations.js'
import type { Post } from './post.js'

/** What these routes need beside the use cases. */
export interface AdministrationContext extends OrganizationsContext {
  gate: MemberGate
  post: Post
  publicUrl: URL | undefined
  /** Invites of one organization. */
  invitesPerOrganization: RateLimit
}

/** `/api/chat-widget`: organizations, members, invites and API tokens. */
export function administrationRoutes(context: AdministrationContext): Router {
  return memberRoutes(context, [
    ...organizationRoutes(context),
    ...memberListRoutes(context),
    ...inviteRoutes(context),
    ...apiTokenRoutes(context),
  ])
}

function organizationRoutes(context: AdministrationContext): MemberRoute[] {
  const { database } = context
  return [
    memberRoute({
      method: 'get',
      path: '/organization',
      action: 'organization.read',
      answer: organizationResponse,
      run: async ({ actor }) => ({ organization: await loadOrganization(database, actor.organizationId) }),
    }),
    memberRoute({
      method: 'patch',
      path: '/organization',
      action: 'organization.update',
      body: updateOrganizationRequest,
      answer: organizationResponse,
      run: async ({ actor, address, body }) => ({
        organization: await renameOrganization(
          context,
          { actor, address },
          { ...body, organizationId: actor.organizationId },
        ),
      }),
    }),
    memberRoute({
      method: 'get',
      path: '/organizations',
      action: 'organization.list',
      answer: listOrganizationsResponse,
      run: async () => ({ organizations: await listOrganizations(database) }),
    }),
    memberRoute({
      method: 'post',
      path: '/organizations',
      action: 'organization.create',
      body: createOrganizationRequest,
      answer: organizationResponse,
      status: 201,
      run: async ({ actor, address, body }) => ({
        organization: await foundOrganization(context, { actor, address }, body),
      }),
    }),
    memberRoute({
      method: 'delete',
      path: '/organizations/:id',
      action: 'organization.delete',
      body: deleteOrganizationRequest,
      async run({ actor, address, params, body }) {
        const organizationId = parseId(params.id, 'organization')
        await deleteOrganization(context, { actor, address }, { ...body, organizationId })
      },
    }),
  ]
}

function memberListRoutes(context: AdministrationContext): MemberRoute[] {
  return [
    memberRoute({
      method: 'get',
      path: '/members',
      action: 'member.list',
      answer: listMembersResponse,
      run: async ({ actor }) => ({ members: await listMembers(context.database, actor.organizationId) }),
    }),
    memberRoute({
      method: 'patch',
      path: '/members/:id',
      action: 'member.update',
      body: updateMemberRequest,
      answer: memberResponse,
      async run({ actor, address, params, body }) {
        const { organizationId } = actor
        const input = { ...body, organizationId, memberId: parseId(params.id, 'member') }
        return { member: await updateMember(context, { actor, address }, input) }
      },
    }),
    memberRoute({
      method: 'delete',
      path: '/members/:id',
      action: 'member.remove',
      async run({ actor, address, params }) {
        const { organizationId } = actor
        await removeMember(context, { actor, address }, { organizationId, memberId: parseId(params.id, 'member') })
      },
    }),
  ]
}

function inviteRoutes(context: AdministrationContext): MemberRoute[] {
  const { database, clock, post, publicUrl, invitesPerOrganization } = context
  return [
    memberRoute({
      method: 'get',
      path: '/invites',
      action: 'member.invite',
      answer: listInvitesResponse,
      run: async ({ actor }) => ({ invites: await listInvites(database, actor.organizationId, clock()) }),
    }),
    memberRoute({
      method: 'post',
      path: '/invites',
      action: 'member.invite',
      body: createInviteRequest,
      answer: createInviteResponse,
      status: 201,
      async run({ actor, address, body, request }) {
        const { organizationId } = actor
        await invitesPerOrganization.consume(organizationId)
        const { invite, token } = await createInvite(context, { actor, address }, { ...body, organizationId })
        const link = consoleLink('invite', token, publicUrl?.href ?? baseOf(request))
        const organization = (await loadOrganization(database, organizationId)).name
        const facts = { organizationId, link, organization, inviter: actor.name }
        return { invite, link, mailed: await post.sendInvite(invite, facts) }
      },
    }),
    memberRoute({
      method: 'delete',
      path: '/invites/:id',
      action: 'member.invite',
      async run({ actor, address, params }) {
        const { organizationId } = actor
        await revokeInvite(context, { actor, address }, { organizationId, inviteId: parseId(params.id, 'invite') })
      },
    }),
  ]
}

function apiTokenRoutes(context: AdministrationContext): MemberRoute[] {
  return [
    memberRoute({
      method: 'get',
      path: '/api-tokens',
      action: 'apiToken.list',
      answer: listApiTokensResponse,
      run: async ({ actor }) => ({ tokens: await listApiTokens(context.database, actor.organizationId) }),
    }),
    memberRoute({
      method: 'post',
      path: '/api-tokens',
      action: 'apiToken.create',
      body: createApiTokenRequest,
      answer: createApiTokenResponse,
      status: 201,
      run: ({ actor, address, body }) => createApiToken(context, { actor, address }, body),
    }),
    memberRoute({
      method: 'delete',
      path: '/api-tokens/:id',
      action: 'apiToken.revoke',
      async run({ actor, address, params }) {
        const { organizationId } = actor
        await revokeApiToken(context, { actor, address }, { organizationId, tokenId: parseId(params.id, 'token') })
      },
    }),
  ]
}
