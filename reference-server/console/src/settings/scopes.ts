import type { ApiScope } from '@chatdesk/protocol'
import { apiScope } from '@chatdesk/protocol/schemas'

type Noun = ApiScope extends `${infer N}:${string}` ? N : never

const NAMES: Record<Noun, string> = {
  inbox: 'Inbox',
  conversation: 'Conversations',
  message: 'Messages',
  file: 'Files',
  lead: 'Leads',
  appointment: 'Appointments',
  analytics: 'Analytics',
  knowledge: 'Knowledge',
  widget: 'Widgets',
  installation: 'Installations',
  identityKey: 'Identity keys',
  department: 'Departments',
  member: 'Members',
  organization: 'Organization',
  apiToken: 'API tokens',
  audit: 'Audit trail',
}

/** What a token may be given: each noun in words, and of reading and writing what there is. */
export const SCOPE_NOUNS = Object.entries(NAMES).map(([noun, name]) => ({
  name,
  scopes: apiScope.options.filter((scope) => scope.startsWith(`${noun}:`)),
}))
