import { type AccountApi, createAccountApi } from './account-api.js'
import { createAdminCalls } from './admin-calls.js'
import { type ApiTokensApi, createApiTokensApi } from './api-tokens-api.js'
import { type AssistantApi, createAssistantApi } from './assistant-api.js'
import { type AuditApi, createAuditApi } from './audit-api.js'
import { type ConversationsApi, createConversationsApi } from './conversations-api.js'
import { type CopilotApi, createCopilotApi } from './copilot-api.js'
import { createDepartmentsApi, type DepartmentsApi } from './departments-api.js'
import { createDeskApi, type DeskApi } from './desk-api.js'
import { createInboxApi, type InboxApi } from './inbox-api.js'
import { createKnowledgeApi, type KnowledgeApi } from './knowledge-api.js'
import { createMembersApi, type MembersApi } from './members-api.js'
import { createNotificationsApi, type NotificationsApi } from './notifications-api.js'
import { createOrganizationsApi, type OrganizationsApi } from './organizations-api.js'
import { createPaymentsApi, type PaymentsApi } from './payments-api.js'
import { createTeamApi, type TeamApi } from './team-api.js'
import { createTeamWorkApi, type TeamWorkApi } from './team-work-api.js'
import { createVisitorsApi, type VisitorsApi } from './visitors-api.js'
import { createWebhooksApi, type WebhooksApi } from './webhooks-api.js'
import { createWidgetsApi, type WidgetsApi } from './widgets-api.js'

/** The administration, a topic each. Every call rejects with a `ChatError`: the server's refusal, or `OFFLINE`. */
export interface AdminApi {
  account: AccountApi
  apiTokens: ApiTokensApi
  assistant: AssistantApi
  audit: AuditApi
  conversations: ConversationsApi
  copilot: CopilotApi
  departments: DepartmentsApi
  inbox: InboxApi
  desk: DeskApi
  knowledge: KnowledgeApi
  members: MembersApi
  notifications: NotificationsApi
  organizations: OrganizationsApi
  payments: PaymentsApi
  teamWork: TeamWorkApi
  team: TeamApi
  webhooks: WebhooksApi
  visitors: VisitorsApi
  widgets: WidgetsApi
}

export function createAdminApi(send: Parameters<typeof createAdminCalls>[0]): AdminApi {
  const calls = createAdminCalls(send)
  return {
    account: createAccountApi(calls),
    apiTokens: createApiTokensApi(calls),
    assistant: createAssistantApi(calls),
    audit: createAuditApi(calls),
    conversations: createConversationsApi(calls),
    copilot: createCopilotApi(calls),
    departments: createDepartmentsApi(calls),
    inbox: createInboxApi(calls),
    desk: createDeskApi(calls),
    knowledge: createKnowledgeApi(calls),
    members: createMembersApi(calls),
    notifications: createNotificationsApi(calls),
    organizations: createOrganizationsApi(calls),
    payments: createPaymentsApi(calls),
    teamWork: createTeamWorkApi(calls),
    team: createTeamApi(calls),
    webhooks: createWebhooksApi(calls),
    visitors: createVisitorsApi(calls),
    widgets: createWidgetsApi(calls),
  }
}
