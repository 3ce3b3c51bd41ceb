import { type AccountApi, createAccountApi } from './account-api.js'
import type { AdminCall } from './admin-call.js'
import { type ApiTokensApi, createApiTokensApi } from './api-tokens-api.js'
import { type AuditApi, createAuditApi } from './audit-api.js'
import { createDepartmentsApi, type DepartmentsApi } from './departments-api.js'
import { createMembersApi, type MembersApi } from './members-api.js'
import { createOrganizationsApi, type OrganizationsApi } from './organizations-api.js'
import { createWidgetsApi, type WidgetsApi } from './widgets-api.js'

/** The administration, a topic each. Every call rejects with a `ChatError`: the server's refusal, or `OFFLINE`. */
export interface AdminApi {
  account: AccountApi
  apiTokens: ApiTokensApi
  audit: AuditApi
  departments: DepartmentsApi
  members: MembersApi
  organizations: OrganizationsApi
  widgets: WidgetsApi
}

export function createAdminApi(call: AdminCall): AdminApi {
  return {
    account: createAccountApi(call),
    apiTokens: createApiTokensApi(call),
    audit: createAuditApi(call),
    departments: createDepartmentsApi(call),
    members: createMembersApi(call),
    organizations: createOrganizationsApi(call),
    widgets: createWidgetsApi(call),
  }
}
