import { type ApiScope, ChatError, type MemberRole } from '@chatdesk/protocol'
import type { Actor } from './actor.js'

/** A super admin in an organization that is not their own has less to say than at home, and everything is written down. */
type Who = 'visitor' | MemberRole | 'visiting_super_admin'

const SUPER_ADMINS = ['super_admin', 'visiting_super_admin'] as const
const ADMINS = [...SUPER_ADMINS, 'client_admin'] as const
/** Who is in charge at home: what lasts beyond a visit is not a guest's to make. */
const OWN_ADMINS = ['super_admin', 'client_admin'] as const
const MEMBERS = [...ADMINS, 'agent', 'client_user'] as const
/** Who answers visitors. Nobody speaks for an organization that is not theirs. */
const TEAM = ['super_admin', 'client_admin', 'agent'] as const

/** Who may do what, in the organization that the credential names. A new action is refused to everybody until it stands here. */
const POLICY = {
  'conversation.start': ['visitor'],
  'conversation.open': ['visitor'],
  'conversation.read': ['visitor', ...MEMBERS],
  'conversation.list': MEMBERS,
  'conversation.end': ['visitor', ...TEAM],
  'conversation.assign': TEAM,
  'conversation.release': TEAM,
  'conversation.reopen': TEAM,
  'conversation.update': TEAM,
  'note.list': MEMBERS,
  'note.create': TEAM,
  'note.delete': TEAM,
  'tag.list': MEMBERS,
  'tag.create': [...ADMINS, 'agent'],
  'tag.update': ADMINS,
  'tag.delete': ADMINS,
  'team.list': MEMBERS,
  'team.update': [...ADMINS, 'agent'],
  'routing.read': MEMBERS,
  'routing.update': ADMINS,
  'queue.list': MEMBERS,
  'ticket.list': MEMBERS,
  'ticket.read': MEMBERS,
  'ticket.create': TEAM,
  'ticket.update': TEAM,
  'cannedReply.list': MEMBERS,
  'cannedReply.create': [...ADMINS, 'agent'],
  'cannedReply.update': [...ADMINS, 'agent'],
  'cannedReply.delete': [...ADMINS, 'agent'],
  'macro.list': MEMBERS,
  'macro.create': ADMINS,
  'macro.update': ADMINS,
  'macro.delete': ADMINS,
  'macro.run': TEAM,
  'message.send': ['visitor', ...TEAM],
  'copilot.draft': TEAM,
  // It tells what the log says. Of what a guest reads there is a trace, which the log's own route leaves.
  'copilot.summarise': [...TEAM, 'client_user'],
  'assistant.read': ADMINS,
  // What visitors write goes to somebody else then, and costs, for as long as it stands.
  'assistant.update': OWN_ADMINS,
  'message.markRead': ['visitor', ...TEAM],
  'inbox.read': MEMBERS,
  'visitor.list': MEMBERS,
  'visitor.contact': TEAM,
  'visitor.update': ['visitor'],
  'visitor.track': ['visitor'],
  'visitor.push': ['visitor'],
  'visitor.export': ['visitor'],
  'visitor.erase': ['visitor'],
  'visitor.signOut': ['visitor'],
  'conversation.rate': ['visitor'],
  'message.rate': ['visitor'],
  'transcript.read': ['visitor'],
  'transcript.send': ['visitor'],

  'organization.list': SUPER_ADMINS,
  'organization.create': SUPER_ADMINS,
  'organization.visit': SUPER_ADMINS,
  'organization.read': MEMBERS,
  'organization.update': ADMINS,
  'organization.delete': SUPER_ADMINS,
  'member.list': MEMBERS,
  'member.invite': ADMINS,
  'member.update': ADMINS,
  'member.remove': ADMINS,
  'apiToken.list': ADMINS,
  'apiToken.create': OWN_ADMINS,
  'apiToken.revoke': ADMINS,
  'audit.read': ADMINS,

  'department.list': ['visitor', ...MEMBERS],
  'department.create': ADMINS,
  'department.update': ADMINS,
  'department.delete': ADMINS,
  'widget.list': MEMBERS,
  'widget.read': MEMBERS,
  'widget.create': ADMINS,
  'widget.update': ADMINS,
  'widget.delete': ADMINS,
  'widget.rotateKey': ADMINS,
  'installation.list': MEMBERS,
  'identityKey.list': ADMINS,
  'identityKey.create': ADMINS,
  'identityKey.revoke': ADMINS,
  'webhook.list': ADMINS,
  'webhook.read': ADMINS,
  // What an organization says is told to others in its name for as long as one stands.
  'webhook.create': OWN_ADMINS,
  'webhook.update': OWN_ADMINS,
  'webhook.rotateSecret': OWN_ADMINS,
  'webhook.ping': OWN_ADMINS,
  'webhook.replay': OWN_ADMINS,
  'webhook.delete': ADMINS,
  'payment.list': ['visitor', ...MEMBERS],
  'payment.check': ['visitor', ...TEAM],
  'payment.create': TEAM,
  'payment.cancel': TEAM,
  // Money that goes out is for who is in charge at home.
  'payment.refund': OWN_ADMINS,
  'payment.settle': OWN_ADMINS,
  'paymentAccount.read': ADMINS,
  'paymentAccount.update': OWN_ADMINS,
  'file.upload': ['visitor', ...TEAM],

  'knowledge.list': MEMBERS,
  'knowledge.create': ADMINS,
  'knowledge.update': ADMINS,
  'knowledge.delete': ADMINS,
  'knowledge.import': ADMINS,
  'knowledge.publish': ADMINS,
  'knowledge.search': ['visitor'],
  // What visitors have asked.
  'knowledgeGap.list': MEMBERS,
  'knowledgeGap.update': ADMINS,
  'lead.list': MEMBERS,
  'appointment.list': MEMBERS,
  'analytics.read': MEMBERS,
} as const satisfies Record<string, readonly Who[]>

/** Something that can be done. */
export type Action = keyof typeof POLICY

/** All of them. */
export const ACTIONS = Object.keys(POLICY) as Action[]

/** What members do as well. */
type MemberAction = { [Act in Action]: (typeof POLICY)[Act] extends readonly ['visitor'] ? never : Act }[Action]

type ScopeOf<Act> = Act extends `${infer Noun}.${infer Verb}`
  ? `${Noun}:${Verb extends 'read' | 'list' ? 'read' : 'write'}`
  : never

/** What an API token must be given to do something: `widget:read`, `widget:write`. */
export function scopeOf(action: Action): ApiScope {
  const [noun, verb] = action.split('.')
  return `${noun}:${verb === 'read' || verb === 'list' ? 'read' : 'write'}` as ScopeOf<MemberAction>
}

/** Whether the table allows it; whose conversation it is, is the query's question (C1). */
export function isAllowed(actor: Actor, action: Action): boolean {
  if (!(POLICY[action] as readonly Who[]).includes(whoOf(actor))) return false
  return actor.kind === 'visitor' || actor.scopes === undefined || actor.scopes.includes(scopeOf(action))
}

/** Whether members of this role answer visitors at home: only they are in charge of conversations. */
export function isAnswering(role: MemberRole): boolean {
  return (POLICY['message.send'] as readonly Who[]).includes(role)
}

function whoOf(actor: Actor): Who {
  if (actor.kind === 'visitor') return 'visitor'
  return actor.visiting ? 'visiting_super_admin' : actor.role
}

/** Throws `FORBIDDEN` unless the table allows it (C6). */
export function authorize(actor: Actor, action: Action): void {
  if (isAllowed(actor, action)) return
  const lacksScope = actor.kind === 'member' && actor.scopes !== undefined && !actor.scopes.includes(scopeOf(action))
  const reason = lacksScope ? `This token lacks the scope ${scopeOf(action)}.` : `Your role does not allow ${action}.`
  throw new ChatError('FORBIDDEN', reason)
}

/** The session that must own a conversation for this actor to reach it; null: any of its organization. */
export function ownerSessionOf(actor: Actor): string | null {
  return actor.kind === 'visitor' ? actor.sessionId : null
}
