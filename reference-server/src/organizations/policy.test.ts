import type { MemberRole } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import type { Actor } from './actor.js'
import { type Action, authorize, isAllowed } from './policy.js'

const common = { organizationId: 'o', name: 'n', expiresAt: new Date() }
const visitor: Actor = { ...common, kind: 'visitor', widgetId: 'w', visitorId: 'v', sessionId: 's' }
const member = (role: MemberRole): Actor => ({ ...common, kind: 'member', memberId: 'm', memberSessionId: 's', role })
const TABLE: Record<Action, string> = {
  'conversation.start': 'V----',
  'conversation.read': 'VSCAU',
  'conversation.end': 'VSCA-',
  'message.send': 'VSCA-',
  'message.markRead': 'VSCA-',
  'inbox.read': '-SCAU',
}
const ACTORS = [visitor, member('super_admin'), member('client_admin'), member('agent'), member('client_user')]

it.each(Object.entries(TABLE))('[C6] threat 31: %s is for %s', (action, allowed) => {
  expect(ACTORS.map((actor) => isAllowed(actor, action as Action))).toEqual([...allowed].map((mark) => mark !== '-'))
})

it('refuses with FORBIDDEN', () => {
  expect(() => authorize(member('client_user'), 'message.send')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
})
