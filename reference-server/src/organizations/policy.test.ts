import type { MemberRole } from '@chatdesk/protocol'
import { apiScope } from '@chatdesk/protocol/schemas'
import { expect, it } from 'vitest'
import type { Actor } from './actor.js'
import { ACTIONS, type Action, authorize, isAllowed, scopeOf } from './policy.js'

const common = { organizationId: 'o', name: 'n', expiresAt: new Date() }
const visitor: Actor = { ...common, kind: 'visitor', widgetId: 'w', visitorId: 'v', sessionId: 's' }
const member = (role: MemberRole, more: { visiting?: boolean; scopes?: string[] } = {}): Actor => ({
  ...common,
  kind: 'member',
  memberId: 'm',
  memberSessionId: 's',
  role,
  ...more,
})
/** Visitor, super admin at home, the same as a guest, client admin, agent, client user. */
const TABLE: Record<Action, string> = {
  'conversation.start': 'V-----',
  'conversation.open': 'V-----',
  'conversation.read': 'VSGCAU',
  'conversation.list': '-SGCAU',
  'conversation.end': 'VS-CA-',
  'message.send': 'VS-CA-',
  'copilot.draft': '-S-CA-',
  'copilot.summarise': '-S-CAU',
  'assistant.read': '-SGC--',
  'assistant.update': '-S-C--',
  'message.markRead': 'VS-CA-',
  'inbox.read': '-SGCAU',
  'conversation.assign': '-S-CA-',
  'conversation.release': '-S-CA-',
  'conversation.reopen': '-S-CA-',
  'conversation.update': '-S-CA-',
  'note.list': '-SGCAU',
  'note.create': '-S-CA-',
  'note.delete': '-S-CA-',
  'visitor.list': '-SGCAU',
  'visitor.contact': '-S-CA-',
  'tag.list': '-SGCAU',
  'tag.create': '-SGCA-',
  'tag.update': '-SGC--',
  'tag.delete': '-SGC--',
  'team.list': '-SGCAU',
  'team.update': '-SGCA-',
  'routing.read': '-SGCAU',
  'routing.update': '-SGC--',
  'queue.list': '-SGCAU',
  'ticket.list': '-SGCAU',
  'ticket.read': '-SGCAU',
  'ticket.create': '-S-CA-',
  'ticket.update': '-S-CA-',
  'cannedReply.list': '-SGCAU',
  'cannedReply.create': '-SGCA-',
  'cannedReply.update': '-SGCA-',
  'cannedReply.delete': '-SGCA-',
  'macro.list': '-SGCAU',
  'macro.create': '-SGC--',
  'macro.update': '-SGC--',
  'macro.delete': '-SGC--',
  'macro.run': '-S-CA-',
  'visitor.update': 'V-----',
  'visitor.track': 'V-----',
  'visitor.push': 'V-----',
  'visitor.export': 'V-----',
  'visitor.erase': 'V-----',
  'visitor.signOut': 'V-----',
  'conversation.rate': 'V-----',
  'message.rate': 'V-----',
  'transcript.read': 'V-----',
  'transcript.send': 'V-----',
  'organization.list': '-SG---',
  'organization.create': '-SG---',
  'organization.visit': '-SG---',
  'organization.read': '-SGCAU',
  'organization.update': '-SGC--',
  'organization.delete': '-SG---',
  'member.list': '-SGCAU',
  'member.invite': '-SGC--',
  'member.update': '-SGC--',
  'member.remove': '-SGC--',
  'apiToken.list': '-SGC--',
  'apiToken.create': '-S-C--',
  'apiToken.revoke': '-SGC--',
  'audit.read': '-SGC--',
  'department.list': 'VSGCAU',
  'department.create': '-SGC--',
  'department.update': '-SGC--',
  'department.delete': '-SGC--',
  'widget.list': '-SGCAU',
  'widget.read': '-SGCAU',
  'widget.create': '-SGC--',
  'widget.update': '-SGC--',
  'widget.delete': '-SGC--',
  'widget.rotateKey': '-SGC--',
  'installation.list': '-SGCAU',
  'identityKey.list': '-SGC--',
  'identityKey.create': '-SGC--',
  'identityKey.revoke': '-SGC--',
  'webhook.list': '-SGC--',
  'webhook.read': '-SGC--',
  'webhook.create': '-S-C--',
  'webhook.update': '-S-C--',
  'webhook.rotateSecret': '-S-C--',
  'webhook.ping': '-S-C--',
  'webhook.replay': '-S-C--',
  'webhook.delete': '-SGC--',
  'payment.list': 'VSGCAU',
  'payment.check': 'VS-CA-',
  'payment.create': '-S-CA-',
  'payment.cancel': '-S-CA-',
  'payment.refund': '-S-C--',
  'payment.settle': '-S-C--',
  'paymentAccount.read': '-SGC--',
  'paymentAccount.update': '-S-C--',
  'file.upload': 'VS-CA-',
  'knowledge.list': '-SGCAU',
  'knowledge.create': '-SGC--',
  'knowledge.update': '-SGC--',
  'knowledge.delete': '-SGC--',
  'knowledge.import': '-SGC--',
  'knowledge.publish': '-SGC--',
  'knowledge.search': 'V-----',
  'knowledgeGap.list': '-SGCAU',
  'knowledgeGap.update': '-SGC--',
  'lead.list': '-SGCAU',
  'appointment.list': '-SGCAU',
  'analytics.read': '-SGCAU',
}
const ACTORS = [
  visitor,
  member('super_admin'),
  member('super_admin', { visiting: true }),
  member('client_admin'),
  member('agent'),
  member('client_user'),
]

it.each(Object.entries(TABLE))('[C6] threat 31: %s is for %s', (action, allowed) => {
  expect(ACTORS.map((actor) => isAllowed(actor, action as Action))).toEqual([...allowed].map((mark) => mark !== '-'))
})

it('threat 31: the scopes of an API token narrow what its member may do, and widen nothing', () => {
  const may = (actor: Actor) => ACTIONS.filter((action) => isAllowed(actor, action))
  expect(may(member('client_admin', { scopes: ['widget:read'] }))).toEqual(['widget.list', 'widget.read'])
  expect(may(member('client_user', { scopes: ACTIONS.map(scopeOf) }))).toEqual(may(member('client_user')))
  expect(may(member('super_admin', { scopes: [] }))).toEqual([])
})

it('threat 31: what an API token may be given is what the policy asks of one, no more and no less', () => {
  // What members never do needs no scope.
  const ofMembers = ACTIONS.filter((action) => TABLE[action] !== 'V-----')
  expect([...new Set(ofMembers.map(scopeOf))].sort()).toEqual([...apiScope.options].sort())
})

it('refuses with FORBIDDEN and says why', () => {
  const refused = (actor: Actor, action: Action) => expect(() => authorize(actor, action))
  refused(member('client_user'), 'message.send').toThrow(
    expect.objectContaining({ code: 'FORBIDDEN', message: 'Your role does not allow message.send.' }),
  )
  refused(member('client_admin', { scopes: ['widget:read'] }), 'widget.update').toThrow('lacks the scope widget:write')
})
