import type { ApiScope } from '@chatdesk/protocol'
import { apiScope } from '@chatdesk/protocol/schemas'

type Noun = ApiScope extends `${infer N}:${string}` ? N : never

const NAMES: Record<Noun, string> = {
  inbox: 'Inbox',
  conversation: 'Conversations',
  message: 'Messages',
  copilot: 'Drafts and summaries',
  assistant: 'Model of the assistant',
  visitor: 'Visitors',
  note: 'Notes',
  tag: 'Tags',
  ticket: 'Tickets',
  payment: 'Payments',
  paymentAccount: 'Payment account',
  cannedReply: 'Canned replies',
  macro: 'Macros',
  team: 'Team',
  routing: 'Routing',
  queue: 'Queue',
  file: 'Files',
  lead: 'Leads',
  appointment: 'Appointments',
  analytics: 'Analytics',
  knowledge: 'Knowledge',
  knowledgeGap: 'Questions without an answer',
  widget: 'Widgets',
  installation: 'Installations',
  identityKey: 'Identity keys',
  webhook: 'Webhooks',
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

/** What a token may do, in words: `Reads Conversations, Leads · Writes Widgets`. A newer server may name others. */
export function scopesText(scopes: readonly string[]): string {
  const parts = [does('Reads', 'read', scopes), does('Writes', 'write', scopes)]
  return parts.filter((part) => part !== null).join(' · ')
}

function does(verb: string, act: 'read' | 'write', scopes: readonly string[]): string | null {
  const nouns = scopes.filter((scope) => scope.endsWith(`:${act}`)).map((scope) => scope.slice(0, -act.length - 1))
  if (nouns.length === 0) return null
  const all = apiScope.options.filter((scope) => scope.endsWith(`:${act}`))
  if (all.every((scope) => scopes.includes(scope))) return `${verb} everything`
  return `${verb} ${nouns.map((noun) => (noun in NAMES ? NAMES[noun as Noun] : noun)).join(', ')}`
}
