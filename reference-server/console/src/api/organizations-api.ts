import type { CurrentMember, Organization, OrganizationRow } from '@chatdesk/protocol'
import { currentMember, listOrganizationsResponse, organizationResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** One's own organization, and for super admins all of them. */
export interface OrganizationsApi {
  own(): Promise<Organization>
  rename(name: string): Promise<Organization>
  list(): Promise<OrganizationRow[]>
  create(name: string): Promise<Organization>
  /** `name` as it was typed again. */
  remove(id: string, name: string): Promise<void>
  visit(organizationId: string, reason: string): Promise<CurrentMember>
  leave(): Promise<CurrentMember>
}

export function createOrganizationsApi({ ask, tell }: AdminCalls): OrganizationsApi {
  const one = async (...call: ['GET' | 'POST' | 'PATCH', string, object?]) =>
    (await ask(organizationResponse, ...call)).organization
  return {
    own: () => one('GET', 'chat-widget/organization'),
    rename: (name) => one('PATCH', 'chat-widget/organization', { name }),
    list: async () => (await ask(listOrganizationsResponse, 'GET', 'chat-widget/organizations')).organizations,
    create: (name) => one('POST', 'chat-widget/organizations', { name }),
    remove: (id, name) => tell('DELETE', `chat-widget/organizations/${id}`, { name }),
    visit: (organizationId, reason) => ask(currentMember, 'POST', 'auth/visit', { organizationId, reason }),
    leave: () => ask(currentMember, 'DELETE', 'auth/visit'),
  }
}
