import type { MemberRole } from '@chatdesk/protocol'

/** What a role is called. */
export const ROLE_NAMES: Record<MemberRole, string> = {
  super_admin: 'Super admin',
  client_admin: 'Admin',
  agent: 'Agent',
  client_user: 'Reader',
}

/** What a role may do, from the most to the least. */
export const ROLE_MEANINGS: Record<MemberRole, string> = {
  super_admin: 'Everything, in every organization.',
  client_admin: 'Everything in this organization.',
  agent: 'Answers visitors, and writes canned replies and tags; reads all other settings.',
  client_user: 'Reads conversations and settings.',
}

const ROLES: readonly MemberRole[] = ['super_admin', 'client_admin', 'agent', 'client_user']

/** The roles that a member may give: none above their own. */
export function givableRoles(own: MemberRole): MemberRole[] {
  return ROLES.slice(ROLES.indexOf(own))
}
