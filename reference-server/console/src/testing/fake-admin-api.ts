import { ChatError, type NotificationSettings, type RoutingSettings } from '@chatdesk/protocol'
import { DEFAULT_NOTIFICATIONS } from '@chatdesk/protocol/schemas'
import type { AdminApi } from '../api/admin-api.js'
import type { EntryApi } from '../api/entry-api.js'
import type { FakeAgentClient } from './fake-agent-client.js'
import { createFakeAssistant } from './fake-assistant.js'
import { createFakeCopilot } from './fake-copilot.js'
import { createFakeDesk } from './fake-desk.js'
import { createFakeInboxApi } from './fake-inbox-api.js'
import { createFakeKnowledge } from './fake-knowledge.js'
import { createFakePayments } from './fake-payments.js'
import { createFakeTeamWork } from './fake-team-work.js'
import {
  changedWidget,
  sampleAudit,
  sampleDepartments,
  sampleInstallations,
  sampleInvite,
  sampleMembers,
  sampleSessions,
  sampleTeam,
  sampleTokens,
  sampleVisitor,
  sampleVisitors,
  sampleWebhookDeliveries,
  sampleWebhooks,
  sampleWidget,
} from './sample-administration.js'
import { minutesAgo, sampleId, sampleMember, sampleRow } from './sample-data.js'

/** Settings of an organization in memory. `calls` says what was asked of it; what changes nothing is not told. */
export interface FakeAdmin {
  api: AdminApi
  entry: EntryApi
  calls: string[]
}

/** An administration that answers as the server does, and remembers. */
export function createFakeAdmin(calls: string[], client: FakeAgentClient): FakeAdmin {
  const widgets = [sampleWidget(1), sampleWidget(2, { name: 'Blog', enabled: false, allowedOrigins: [] })]
  const departments = sampleDepartments()
  const members = sampleMembers()
  const team = sampleTeam()
  const routing: RoutingSettings = { assignment: 'manual', capacity: 5, rerouteAfterSeconds: 60 }
  const invites = [sampleInvite()]
  const tokens = sampleTokens()
  const sessions = sampleSessions()
  const webhooks = sampleWebhooks()
  const deliveries = sampleWebhookDeliveries()
  let made = 700
  let notifications: NotificationSettings = DEFAULT_NOTIFICATIONS
  let mailSettings = { missedAfterMinutes: 5, replyAfterMinutes: 10 }
  const newId = () => sampleId(made++)
  const note = (what: string, input?: unknown) =>
    void calls.push(input === undefined ? what : `${what} ${JSON.stringify(input)}`)
  function find<T extends { id: string }>(list: T[], id: string): T {
    const found = list.find((entry) => entry.id === id)
    if (!found) throw new ChatError('NOT_FOUND', 'No such thing.')
    return found
  }
  function drop<T extends { id: string }>(list: T[], id: string): void {
    list.splice(list.indexOf(find(list, id)), 1)
  }

  const { earlier, ...teamWork } = createFakeTeamWork(client, note)

  const api: AdminApi = {
    teamWork,
    widgets: {
      list: async () => [...widgets],
      get: async (id) => find(widgets, id),
      async create(input) {
        note('create widget', input)
        const widget = sampleWidget(made++, { name: input.name, allowedOrigins: [] })
        widgets.push(widget)
        return widget
      },
      async update(id, changes) {
        note('update widget', changes)
        const before = find(widgets, id)
        const after = changedWidget(before, changes)
        widgets.splice(widgets.indexOf(before), 1, after)
        return after
      },
      async remove(id) {
        note('delete widget')
        drop(widgets, id)
      },
      async rotateKey(id) {
        note('rotate key')
        const before = find(widgets, id)
        const after = { ...before, key: 'wk_new', previousKeyUntil: minutesAgo(-7 * 1440) }
        widgets.splice(widgets.indexOf(before), 1, after)
        return after
      },
      installations: async (id) => (id === widgets[0]?.id ? sampleInstallations() : []),
    },
    conversations: { visitor: async () => sampleVisitor(), earlier },
    copilot: createFakeCopilot(note),
    inbox: createFakeInboxApi(calls),
    visitors: {
      async page(q) {
        note('visitors', q)
        const found = sampleVisitors().filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(q))
        return { visitors: found, nextCursor: null }
      },
      async contact(_id, { text }) {
        note('contact', text)
        return sampleRow(1)
      },
    },
    departments: {
      list: async () => [...departments],
      async create(input) {
        note('create department', input)
        const department = { description: '', ...input, id: newId(), createdAt: minutesAgo(0) }
        departments.push(department)
        return department
      },
      async update(id, changes) {
        note('update department', changes)
        Object.assign(find(departments, id), changes)
      },
      async remove(id) {
        note('delete department')
        drop(departments, id)
      },
    },
    team: {
      list: async () => [...team],
      async update(id, changes) {
        note('update team', changes)
        const isGone = changes.availability === undefined ? {} : { backAt: null }
        return { ...Object.assign(find(team, id), isGone, changes) }
      },
      routing: async () => ({ ...routing }),
      async updateRouting(changes) {
        note('update routing', changes)
        return { ...Object.assign(routing, changes) }
      },
    },
    desk: createFakeDesk(note),
    payments: createFakePayments(note),
    knowledge: createFakeKnowledge(note),
    members: {
      list: async () => [...members],
      async update(id, changes) {
        note('update member', changes)
        members.splice(members.indexOf(find(members, id)), 1, { ...find(members, id), ...changes })
      },
      async remove(id) {
        note('remove member')
        drop(members, id)
      },
      invites: async () => [...invites],
      async invite(input) {
        note('invite', input)
        const invite = { ...sampleInvite(), ...input, id: newId() }
        invites.push(invite)
        return { invite, link: 'https://chat.example/console/invite#in_secret', mailed: false }
      },
      async revokeInvite(id) {
        note('revoke invite')
        drop(invites, id)
      },
    },
    apiTokens: {
      list: async () => [...tokens],
      async create(input) {
        note('create token', input)
        const [sample] = sampleTokens()
        if (!sample) throw new Error('no sample')
        const token = { ...sample, id: newId(), name: input.name, scopes: input.scopes }
        tokens.push(token)
        return { token, secret: 'cp_secret' }
      },
      async revoke(id) {
        note('revoke token')
        drop(tokens, id)
      },
    },
    webhooks: {
      list: async () => [...webhooks],
      async create(input) {
        note('create webhook', input)
        const [sample] = sampleWebhooks()
        if (!sample) throw new Error('no sample')
        const webhook = { ...sample, ...input, id: newId() }
        webhooks.push(webhook)
        return { webhook, secret: 'whsec_secret' }
      },
      async update(id, changes) {
        note('update webhook', changes)
        return Object.assign(find(webhooks, id), changes)
      },
      async remove(id) {
        note('delete webhook')
        drop(webhooks, id)
      },
      async rotateSecret(id) {
        note('rotate secret')
        return { webhook: find(webhooks, id), secret: 'whsec_next' }
      },
      async ping() {
        note('ping')
        return find(deliveries, deliveries[0]?.id ?? '')
      },
      deliveries: async (_id, { state, cursor }) => {
        const found = deliveries.filter((delivery) => state === undefined || delivery.state === state)
        return cursor
          ? { deliveries: [], nextCursor: null }
          : { deliveries: found, nextCursor: found.length > 2 ? 'next' : null }
      },
      async replay(_id, deliveryId) {
        note('replay')
        return Object.assign(find(deliveries, deliveryId), { state: 'pending', attempts: 0, nextAt: minutesAgo(0) })
      },
    },
    account: {
      changePassword: async () => note('change password'),
      sessions: async () => [...sessions],
      async endSession(id) {
        note('end session')
        drop(sessions, id)
      },
      signOutEverywhere: async () => note('sign out everywhere'),
    },
    notifications: {
      read: async () => ({ notifications, pushKey: 'BPushKey', sendsMail: true }),
      async save(settings) {
        note('save notifications', settings)
        notifications = settings
        return { notifications, pushKey: 'BPushKey', sendsMail: true }
      },
      addBrowser: async ({ endpoint }) => note('add browser', endpoint),
      removeBrowser: async (endpoint) => note('remove browser', endpoint),
      mailSettings: async () => mailSettings,
      async saveMailSettings(changes) {
        note('save mail settings', changes)
        mailSettings = { ...mailSettings, ...changes }
        return mailSettings
      },
    },
    assistant: createFakeAssistant(note),
    audit: { page: async (before) => sampleAudit(before) },
    organizations: {
      own: async () => ({ id: sampleId(999), name: 'Northwind Registrations', createdAt: minutesAgo(90_000) }),
      async rename(name) {
        note('rename organization', name)
        return { id: sampleId(999), name, createdAt: minutesAgo(90_000) }
      },
      list: async () => [
        { id: sampleId(999), name: 'Northwind Registrations', createdAt: minutesAgo(90_000), widgets: 2, members: 4 },
        { id: sampleId(998), name: 'Contoso Dental', createdAt: minutesAgo(50_000), widgets: 11, members: 38 },
      ],
      async create(name) {
        note('create organization', name)
        return { id: newId(), name, createdAt: minutesAgo(0) }
      },
      remove: async (_id, name) => note('delete organization', name),
      async visit(organizationId, reason) {
        note('visit', reason)
        const member = { ...sampleMember('super_admin'), visiting: { reason } }
        return { ...member, organization: { id: organizationId, name: 'Contoso Dental' } }
      },
      async leave() {
        note('leave')
        return sampleMember('super_admin')
      },
    },
  }

  const entry: EntryApi = {
    isFirstRun: async () => false,
    async firstRun(input) {
      note('first run', input)
      return sampleMember('super_admin')
    },
    lookAtInvite: async () => ({
      email: 'lena@northwind.example',
      role: 'agent',
      organization: { name: 'Northwind Registrations' },
      expiresAt: minutesAgo(-4000),
    }),
    async acceptInvite(input) {
      note('accept invite', input)
      return sampleMember('agent')
    },
    forgotPassword: async (email) => note('forgot', email),
    resetPassword: async (input) => note('reset', input),
  }
  return { api, entry, calls }
}
