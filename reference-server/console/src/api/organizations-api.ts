import type { CurrentMember } from '@chatdesk/protocol'
import type { AdminCall } from './admin-call.js'
import type { Organization, OrganizationRow } from './contract.js'
import { readMember } from './read-member.js'

/** One's own organization, and for super admins all of them. */
export interface OrganizationsApi {
  own(): Promise<Organization>
  rename(name: string): Promise<void>
  list(): Promise<OrganizationRow[]>
  create(name: string): Promise<Organization>
  /** `name` as it was typed again. */
  remove(id: string, name: string): Promise<void>
  visit(organizationId: string, reason: string): Promise<CurrentMember>
  leave(): Promise<CurrentMember>
}

export function createOrganizationsApi(call: AdminCall): OrganizationsApi {
  return {
    own: async () => (await call<{ organization: Organization }>('GET', 'chat-widget/organization')).organization,
    rename: async (name) => void (await call('PATCH', 'chat-widget/organization', { name })),
    list: async () =>
      (await call<{ organizations: OrganizationRow[] }>('GET', 'chat-widget/organizations')).organizations,
    create: async (name) =>
      (await call<{ organization: Organization }>('POST', 'chat-widget/organizations', { name })).organization,
    remove: async (id, name) => void (await call('DELETE', `chat-widget/organizations/${id}`, { name })),
    visit: async (organizationId, reason) => readMember(await call('POST', 'auth/visit', { organizationId, reason })),
    leave: async () => readMember(await call('DELETE', 'auth/visit')),
  }
}
