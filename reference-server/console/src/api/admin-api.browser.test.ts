import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import {
  sampleAudit,
  sampleDepartments,
  sampleInstallations,
  sampleInvite,
  sampleMembers,
  sampleSessions,
  sampleTokens,
  sampleVisitor,
  sampleWebhookDeliveries,
  sampleWebhooks,
  sampleWidget,
} from '../testing/sample-administration.js'
import { minutesAgo, sampleId, sampleMember } from '../testing/sample-data.js'
import { sampleEntry, sampleGaps, sampleGolden, sampleSite, sampleVersions } from '../testing/sample-knowledge.js'
import { type AdminApi, createAdminApi } from './admin-api.js'
import { createEntryApi, type EntryApi } from './entry-api.js'

const organization = { id: sampleId(1), name: 'N', createdAt: minutesAgo(1) }
/** Answers everything that is asked. */
const ANSWER = {
  ...sampleVisitor(),
  organization,
  organizations: [{ ...organization, widgets: 1, members: 2 }],
  members: sampleMembers(),
  invites: [sampleInvite()],
  ...{ invite: sampleInvite(), link: 'https://chat.example/console/invite#in_secret', mailed: false },
  tokens: sampleTokens(),
  ...{ token: sampleTokens()[0], secret: 'cp_secret' },
  sessions: sampleSessions(),
  departments: sampleDepartments(),
  department: sampleDepartments()[0],
  widgets: [sampleWidget(1)],
  widget: sampleWidget(1),
  installations: sampleInstallations(),
  ...{ entry: sampleEntry(1), versions: sampleVersions(), gap: sampleGaps()[0], gaps: sampleGaps() },
  ...{ goldenQuestions: sampleGolden(), goldenQuestion: sampleGolden()[0], ...sampleSite() },
  ...{ webhooks: sampleWebhooks(), webhook: sampleWebhooks()[0] },
  ...{ deliveries: sampleWebhookDeliveries(), delivery: sampleWebhookDeliveries()[0], nextCursor: null },
  ...sampleAudit(),
}

/** Of what publishing would change: its fields have the names of others. */
const CHECK = { changed: [], before: 1, after: 1, total: 1 }

const CALLS: [string, (api: AdminApi) => Promise<unknown>, unknown?][] = [
  ['GET chat-widget/organization', (api) => api.organizations.own()],
  ['PATCH chat-widget/organization', (api) => api.organizations.rename('N'), { name: 'N' }],
  ['GET chat-widget/organizations', (api) => api.organizations.list()],
  ['POST chat-widget/organizations', (api) => api.organizations.create('N'), { name: 'N' }],
  ['DELETE chat-widget/organizations/o', (api) => api.organizations.remove('o', 'N'), { name: 'N' }],
  ['GET chat-widget/members', (api) => api.members.list()],
  ['PATCH chat-widget/members/m', (api) => api.members.update('m', { role: 'agent' }), { role: 'agent' }],
  ['DELETE chat-widget/members/m', (api) => api.members.remove('m')],
  ['GET chat-widget/invites', (api) => api.members.invites()],
  [
    'POST chat-widget/invites',
    (api) => api.members.invite({ email: 'a@b.c', role: 'agent' }),
    { email: 'a@b.c', role: 'agent' },
  ],
  ['DELETE chat-widget/invites/i', (api) => api.members.revokeInvite('i')],
  ['POST auth/password', (api) => api.account.changePassword({ current: 'a', next: 'b' }), { current: 'a', next: 'b' }],
  ['GET auth/sessions', (api) => api.account.sessions()],
  ['DELETE auth/sessions/s', (api) => api.account.endSession('s')],
  ['POST auth/sign-out-everywhere', (api) => api.account.signOutEverywhere()],
  ['GET chat-widget/api-tokens', (api) => api.apiTokens.list()],
  [
    'POST chat-widget/api-tokens',
    (api) => api.apiTokens.create({ name: 'N', scopes: ['lead:read'] }),
    { name: 'N', scopes: ['lead:read'] },
  ],
  ['DELETE chat-widget/api-tokens/t', (api) => api.apiTokens.revoke('t')],
  ['GET chat-widget/webhooks', (api) => api.webhooks.list()],
  [
    'POST chat-widget/webhooks',
    (api) => api.webhooks.create({ url: 'https://a.example', events: ['message.created'] }),
    { url: 'https://a.example', events: ['message.created'] },
  ],
  ['PATCH chat-widget/webhooks/h', (api) => api.webhooks.update('h', { enabled: false }), { enabled: false }],
  ['DELETE chat-widget/webhooks/h', (api) => api.webhooks.remove('h')],
  ['POST chat-widget/webhooks/h/rotate-secret', (api) => api.webhooks.rotateSecret('h')],
  ['POST chat-widget/webhooks/h/ping', (api) => api.webhooks.ping('h')],
  ['GET chat-widget/webhooks/h/deliveries', (api) => api.webhooks.deliveries('h', {})],
  [
    'GET chat-widget/webhooks/h/deliveries?state=failed&cursor=c',
    (api) => api.webhooks.deliveries('h', { state: 'failed', cursor: 'c' }),
  ],
  ['POST chat-widget/webhooks/h/deliveries/d/replay', (api) => api.webhooks.replay('h', 'd')],
  ['GET chat-widget/widgets', (api) => api.widgets.list()],
  ['GET chat-widget/widgets/w', (api) => api.widgets.get('w')],
  ['POST chat-widget/widgets', (api) => api.widgets.create({ name: 'N' }), { name: 'N' }],
  ['PATCH chat-widget/widgets/w', (api) => api.widgets.update('w', { enabled: false }), { enabled: false }],
  ['DELETE chat-widget/widgets/w', (api) => api.widgets.remove('w')],
  ['POST chat-widget/widgets/w/rotate-key', (api) => api.widgets.rotateKey('w')],
  ['GET chat-widget/widgets/w/installations', (api) => api.widgets.installations('w')],
  ['GET chat-widget/conversations/c/visitor', (api) => api.conversations.visitor('c')],
  ['GET chat-widget/departments', (api) => api.departments.list()],
  ['POST chat-widget/departments', (api) => api.departments.create({ name: 'N' }), { name: 'N' }],
  ['PATCH chat-widget/departments/d', (api) => api.departments.update('d', { name: 'N' }), { name: 'N' }],
  ['DELETE chat-widget/departments/d', (api) => api.departments.remove('d')],
  ['GET chat-widget/knowledge/e', (api) => api.knowledge.get('e')],
  [
    'POST chat-widget/widgets/w/knowledge',
    (api) => api.knowledge.create('w', { question: 'Q?', answer: 'A.', published: false }),
    { question: 'Q?', answer: 'A.', published: false },
  ],
  ['PATCH chat-widget/knowledge/e', (api) => api.knowledge.update('e', { answer: 'A.' }), { answer: 'A.' }],
  ['DELETE chat-widget/knowledge/e', (api) => api.knowledge.remove('e')],
  ['PUT chat-widget/knowledge/e/draft', (api) => api.knowledge.saveDraft('e', {}), {}],
  ['GET chat-widget/knowledge/e/draft', (api) => api.knowledge.checkDraft('e')],
  ['POST chat-widget/knowledge/e/publish', (api) => api.knowledge.publish('e')],
  ['GET chat-widget/knowledge/e/versions', (api) => api.knowledge.versions('e')],
  ['POST chat-widget/knowledge/e/restore', (api) => api.knowledge.restore('e', 2), { version: 2 }],
  [
    'POST chat-widget/widgets/w/knowledge/preview',
    (api) => api.knowledge.previewFile('w', { format: 'csv', text: 'a' }),
    { format: 'csv', text: 'a' },
  ],
  [
    'POST chat-widget/widgets/w/knowledge/site',
    (api) => api.knowledge.previewSite('w', { url: 'https://a.example' }),
    { url: 'https://a.example' },
  ],
  ['POST chat-widget/widgets/w/knowledge/import', (api) => api.knowledge.import('w', []), { entries: [] }],
  [
    'GET chat-widget/widgets/w/knowledge-gaps?status=dismissed&limit=100',
    (api) => api.knowledge.gaps('w', 'dismissed'),
  ],
  ['PATCH chat-widget/knowledge-gaps/g', (api) => api.knowledge.updateGap('g', 'open'), { status: 'open' }],
  [
    'POST chat-widget/knowledge-gaps/g/entry',
    (api) => api.knowledge.answerGap('g', { question: 'Q?', answer: 'A.' }),
    { question: 'Q?', answer: 'A.' },
  ],
  ['GET chat-widget/widgets/w/golden-questions', (api) => api.knowledge.goldenQuestions('w')],
  [
    'POST chat-widget/knowledge/e/golden-questions',
    (api) => api.knowledge.addGoldenQuestion('e', 'Q?'),
    { question: 'Q?' },
  ],
  ['DELETE chat-widget/golden-questions/g', (api) => api.knowledge.removeGoldenQuestion('g')],
  ['GET chat-widget/audit', (api) => api.audit.page()],
  ['GET chat-widget/audit?before=12', (api) => api.audit.page(12)],
]

it.each(CALLS)('asks for %s', async (line, run, body) => {
  const asked: unknown[] = []
  const api = createAdminApi(async (call) => {
    asked.push(`${call.method} ${call.path}`, call.body)
    return call.path.endsWith('/draft') ? { ...ANSWER, ...CHECK } : ANSWER
  })
  await run(api)
  expect(asked).toEqual([line, body])
})

it.each(CALLS.filter(([line]) => line.startsWith('GET')))('believes no other shape for %s', async (_line, run) => {
  const api = createAdminApi(async () => ({}))
  await expect(run(api)).rejects.toMatchObject({ code: 'INTERNAL' })
})

it('asks for a page of knowledge by what is said, and for nothing that is not', async () => {
  const asked: string[] = []
  const api = createAdminApi(async ({ path }) => {
    asked.push(path)
    return { entries: [sampleEntry(1)], nextCursor: null, categories: ['Shop'], languages: ['en'] }
  })
  await api.knowledge.list('w', {})
  await api.knowledge.list('w', { q: 'a b&c', category: undefined, language: '', state: 'draft', cursor: 'c' })
  expect(asked).toEqual([
    'chat-widget/widgets/w/knowledge',
    'chat-widget/widgets/w/knowledge?q=a+b%26c&state=draft&cursor=c',
  ])
  const other = createAdminApi(async () => ({}))
  await expect(other.knowledge.list('w', {})).rejects.toMatchObject({ code: 'INTERNAL' })
})

it('[F3] reads past a setting of a newer server, and a time zone that this browser does not know', async () => {
  const { businessHours, ...settings } = sampleWidget(1).settings
  const newer = { ...settings, businessHours: { ...businessHours, timeZone: 'Mars/Olympus' }, sparkles: true }
  const api = createAdminApi(async () => ({ widgets: [{ ...sampleWidget(1), settings: newer }] }))
  const [widget] = await api.widgets.list()
  expect(widget?.settings.businessHours?.timeZone).toBe('Mars/Olympus')
  expect(widget?.settings).not.toHaveProperty('sparkles')
})

it('goes on as whoever the answer to a visit names', async () => {
  const api = createAdminApi(async () => sampleMember('super_admin'))
  expect((await api.organizations.visit('o', 'a good reason')).member.name).toBe('Priya Raman')
})

const ENTRIES: [string, (api: EntryApi) => Promise<unknown>][] = [
  ['auth/invite', (api) => api.lookAtInvite('secret')],
  ['auth/invite/accept', (api) => api.acceptInvite({ token: 'secret', name: 'N', password: 'p' })],
  ['auth/reset', (api) => api.resetPassword({ token: 'secret', password: 'p' })],
]

it.each(ENTRIES)('[S3] sends a token to %s in the body, and never in an address', async (path, run) => {
  const asked: { path: string; body?: unknown }[] = []
  const api = createEntryApi(async (call) => {
    asked.push(call)
    return { ...sampleMember(), email: 'lena@northwind.example', role: 'agent', expiresAt: minutesAgo(-1) }
  })
  await run(api)
  expect(asked[0]?.path).toBe(path)
  expect(asked[0]?.body).toMatchObject({ token: 'secret' })
})

it('tells a first run from a server that is set up', async () => {
  expect(await createEntryApi(async () => ({ open: true })).isFirstRun()).toBe(true)
  const refusing = createEntryApi(() => Promise.reject(new ChatError('NOT_FOUND')))
  await expect(refusing.isFirstRun()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
