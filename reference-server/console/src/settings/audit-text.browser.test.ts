import { expect, it } from 'vitest'
import { actText, fieldText, targetText, toldChanges, valueText } from './audit-text.js'

const invite = { kind: 'invite', id: 'i1', name: 'lena@northwind.example' }
const member = { kind: 'member', id: 'm1', name: 'Lena' }
const widget = { kind: 'widget', id: 'w1' }
const role = (from: string | null, to: string | null) => ({ role: { from, to } })
const visiting = (to: boolean) => ({ visiting: { from: !to, to } })

it.each([
  ['widget.rotateKey', widget, undefined, 'Widget key replaced'],
  ['webhook.rotateSecret', widget, undefined, 'Webhook secret replaced'],
  ['apiToken.create', widget, undefined, 'API token made'],
  ['lead.list', widget, undefined, 'Lead list read'],
  ['moon.eclipse', widget, undefined, 'moon.eclipse'],
  ['payment.create', widget, undefined, 'Payment requested'],
  ['payment.refund', widget, undefined, 'Refund ordered'],
  ['payment.settle', widget, undefined, 'Payment marked as dealt with'],
  ['paymentAccount.update', widget, undefined, 'Payment account changed'],
  ['member.invite', invite, role(null, 'agent'), 'Member invited'],
  ['member.invite', invite, role('agent', null), 'Invite taken back'],
  ['member.invite', member, role(null, 'agent'), 'Invite accepted'],
  ['organization.visit', widget, visiting(true), 'Visit begun'],
  ['organization.visit', widget, visiting(false), 'Visit ended'],
])('says %s upon %o with %o as %s', (action, target, changes, words) => {
  expect(actText({ action, target, ...(changes ? { changes } : {}) })).toBe(words)
})

it('names what a thing is called, and no id that nobody knows', () => {
  expect(targetText(member)).toBe('Lena')
  expect(targetText({ kind: 'organization', id: '00000000-0000-4000-8000-000000000999' })).toBeNull()
})

it('tells of a visit nothing twice', () => {
  expect(toldChanges({ action: 'organization.visit', changes: visiting(true) })).toEqual([])
  expect(toldChanges({ action: 'member.update', changes: role('agent', 'client_user') })).toHaveLength(1)
})

it.each([
  [null, 'nothing'],
  [undefined, 'nothing'],
  ['', 'nothing'],
  [[], 'nothing'],
  ['Hello', '“Hello”'],
  [true, 'yes'],
  [12, '12'],
  [['https://a.example', 'https://b.example'], 'https://a.example, https://b.example'],
  [{ fields: [] }, null],
  [[{ id: 'r1' }], null],
])('says the value %j as %s', (value, words) => {
  expect(valueText(value)).toBe(words)
})

it('says roles and ids in words', () => {
  expect(valueText('client_admin', 'role')).toBe('Admin')
  expect(valueText(['00000000-0000-4000-8000-000000000999'], 'departmentIds')).toBe('1 chosen')
})

it('says a field as the forms do', () => {
  expect(fieldText('primaryColor')).toBe('Brand colour')
  expect(fieldText('allowMissingOrigin')).toBe('Allow missing origin')
})
