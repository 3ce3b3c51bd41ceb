import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  adminState as admin,
  expectAccessible,
  press,
  type AccessibleState as State,
} from './testing/accessible-states.js'
import { axeViolations } from './testing/axe-violations.js'
import { createFakeConsole, type FakeConsole } from './testing/fake-console.js'
import { sampleNote } from './testing/fake-team-work.js'
import { mountConsole } from './testing/mount-console.js'
import { minutesAgo, PRIYA, sampleId, sampleMessage, visitor } from './testing/sample-data.js'

const THREAD = `/conversations/${sampleId(1)}`
const OFFLINE = new ChatError('OFFLINE', 'Not reachable.')

const WIDGET = `/widgets/${sampleId(1001)}`

const KNOWLEDGE = `/knowledge/${sampleId(1001)}`
const lookAtImport = async () => {
  await page.getByRole('textbox', { name: 'Or paste it here' }).fill('question,answer')
  await press('See what would change')()
}

const withNotes = ({ admin: { teamWork }, client }: FakeConsole) => {
  teamWork.notes = async () => [sampleNote(1)]
  const priority = { priority: 'urgent', tagIds: [sampleId(1600)], snoozedUntil: minutesAgo(-1500) } as const
  client.$inbox.set(client.$inbox.get().map((row) => ({ ...row, ...priority, tagIds: [...priority.tagIds] })))
}

const ADMINISTRATION: State[] = [
  admin('widgets', '/widgets', 'Northwind support'),
  admin('widgets at 360 px', '/widgets', 'Northwind support', { width: 360 }),
  admin('new widget', '/widgets', 'Who answers, as visitors read it.', { act: press('Create a widget') }),
  admin('appearance', `${WIDGET}/appearance`, 'Brand colour'),
  admin('behaviour', `${WIDGET}/behaviour`, 'Open by itself'),
  admin('hours', `${WIDGET}/hours`, 'Wednesday'),
  admin('hours at 360 px', `${WIDGET}/hours`, 'Wednesday', { width: 360 }),
  admin('hours, read-only', `${WIDGET}/hours`, 'An admin can change it.', { role: 'agent' }),
  admin('form', `${WIDGET}/form`, 'Ask for consent'),
  admin('departments of a widget', `${WIDGET}/departments`, 'Prices and offers'),
  admin('proactive', `${WIDGET}/proactive`, 'Message 1'),
  admin('domains', `${WIDGET}/domains`, 'https://northwind.example'),
  admin('danger', `${WIDGET}/danger`, 'Replace the key'),
  admin('delete dialog', `${WIDGET}/danger`, 'It disappears from every page at once', {
    act: press('Delete the widget'),
  }),
  admin('install', `${WIDGET}/install`, '18,204'),
  admin('install at 360 px', `${WIDGET}/install`, 'northwind.example', { width: 360 }),
  admin('account', '/settings/account', 'Chrome on Linux'),
  admin('own status', '/settings/organization', 'Away until', { act: press(/^Account of Priya Raman/) }),
  admin('own status, away until', '/settings/organization', 'Away until', {
    act: press(/^Account of Priya Raman/),
    prepare: ({ admin: api }) => {
      const { list } = api.team
      const away = { availability: 'away', backAt: minutesAgo(-30) } as const
      api.team.list = async () => (await list()).map((member) => ({ ...member, ...away }))
    },
  }),
  admin('organization', '/settings/organization', 'Since'),
  admin('members', '/settings/members', 'lena@northwind.example'),
  admin('members at 360 px', '/settings/members', 'jonas@northwind.example', { width: 360 }),
  admin('members, read-only', '/settings/members', 'jonas@northwind.example', { role: 'client_user' }),
  admin(
    'invite',
    '/settings/members',
    'Answers visitors, and writes canned replies and tags; reads all other settings.',
    {
      act: press('Invite somebody'),
    },
  ),
  admin('departments', '/settings/departments', 'Prices and offers'),
  admin('canned replies', '/settings/canned-replies', '/refund'),
  admin('canned replies at 360 px', '/settings/canned-replies', '/refund', { width: 360 }),
  admin('new canned reply', '/settings/canned-replies', 'Such as pt-BR. Empty: all.', {
    act: press('Add a reply'),
  }),
  admin('macros', '/settings/macros', 'We look into it'),
  admin('macro form', '/settings/macros', 'Add a step', { act: press('Edit We look into it') }),
  admin('tags', '/settings/tags', 'Billing'),
  admin('tickets', '/tickets', 'Send the corrected invoice of May'),
  admin('tickets at 360 px', '/tickets', 'Send the corrected invoice of May', { width: 360 }),
  admin('ticket', `/tickets/${sampleId(2004)}`, 'She needs it before Friday.', { role: 'agent' }),
  admin('canned replies in the reply box', THREAD, '/hours', {
    act: async () => {
      await page.getByRole('textbox', { name: /^Reply to/ }).click()
      await userEvent.keyboard('/')
    },
  }),
  admin('macro, before it runs', THREAD, 'Add the tag Billing', {
    act: async () => {
      await press('Run a macro')()
      await page.getByRole('menuitem', { name: 'We look into it' }).click()
    },
  }),
  admin('knowledge', KNOWLEDGE, 'Wie lange dauert der Versand?'),
  admin('knowledge at 768 px', KNOWLEDGE, 'Wie lange dauert der Versand?', { width: 768 }),
  admin('knowledge at 360 px', KNOWLEDGE, 'Wie lange dauert der Versand?', { width: 360 }),
  admin('no knowledge', `/knowledge/${sampleId(1002)}`, 'This widget knows nothing yet'),
  admin('new entry', `${KNOWLEDGE}/new`, 'As a visitor would ask it.'),
  admin('entry', `${KNOWLEDGE}/entries/${sampleId(3002)}`, 'Version 1, the present one'),
  admin('entry at 768 px', `${KNOWLEDGE}/entries/${sampleId(3001)}`, 'Version 3, the present one', { width: 768 }),
  admin('entry, read-only', `${KNOWLEDGE}/entries/${sampleId(3001)}`, 'An admin can change it.', { role: 'agent' }),
  admin('publish dialog', `${KNOWLEDGE}/entries/${sampleId(3002)}`, 'now 1 do', { act: press('Publish…') }),
  admin('version dialog', `${KNOWLEDGE}/entries/${sampleId(3001)}`, 'Restored, it is what visitors read at once', {
    act: press('Look at version 2'),
  }),
  admin('unanswered questions', `${KNOWLEDGE}/gaps`, 'Can I pay in two instalments?'),
  admin('unanswered questions at 360 px', `${KNOWLEDGE}/gaps`, 'Can I pay in two instalments?', { width: 360 }),
  admin('golden questions', `${KNOWLEDGE}/golden`, '1 of 3 find their entry first.'),
  admin('import of a file', `${KNOWLEDGE}/import`, 'Choose a file'),
  admin('import of a site', `${KNOWLEDGE}/import`, 'Read the site', {
    act: () => page.getByText('A website').click(),
  }),
  admin('import, before it is done', `${KNOWLEDGE}/import`, 'It is there already, just as it is.', {
    act: lookAtImport,
  }),
  admin('api tokens', '/settings/api-tokens', 'Nightly export'),
  admin('new api token', '/settings/api-tokens', 'The program that it is for.', { act: press('Make a token') }),
  admin('webhooks', '/settings/webhooks', 'hooks.northwind.example'),
  admin('webhooks at 360 px', '/settings/webhooks', 'hooks.northwind.example', { width: 360 }),
  admin('new webhook', '/settings/webhooks', 'A visitor rates a conversation', { act: press('Make a webhook') }),
  admin('one webhook', '/settings/webhooks', 'Given up', { act: press('Open hooks.northwind.example') }),
  admin('one webhook at 360 px', '/settings/webhooks', 'Given up', {
    act: press('Open hooks.northwind.example'),
    width: 360,
  }),
  admin('a webhook that is switched off', '/settings/webhooks', 'It was switched off.', {
    act: press('Open crm.example'),
  }),
  admin('audit trail', '/settings/audit', 'Show older ones'),
  admin('organizations', '/settings/organizations', 'Contoso Dental', { role: 'super_admin' }),
  admin('visit dialog', '/settings/organizations', 'Their admins read it.', {
    role: 'super_admin',
    act: press(/^Visit/),
  }),
  admin('visiting', '/widgets', 'You are visiting', {
    role: 'super_admin',
    visiting: { reason: 'They asked for help' },
  }),
  admin('failed', '/settings/members', 'This did not load', {
    prepare: ({ admin: api }) => {
      api.members.list = () => Promise.reject(OFFLINE)
    },
  }),
  admin('empty', '/widgets', 'No widgets yet', {
    prepare: ({ admin: api }) => {
      api.widgets.list = async () => []
    },
  }),
  admin('setup, departments', '/setup/departments', 'Who answers?'),
  admin('setup, form', '/setup/form', 'What do you want to know first?'),
  admin('setup, invite', '/setup/invite', 'Who else answers?'),
  admin('setup, code', '/setup/code', 'Paste this into your site'),
  admin('invite link', '/invite/in_secret', 'Join Northwind Registrations'),
  admin('reset', '/reset/re_secret', 'Choose a new password'),
  admin('forgotten password', '/forgot', 'We send you a link'),
  {
    name: 'first run',
    path: '/setup',
    sign: 'The server has printed it at its start.',
    prepare: ({ session, entry }) => {
      session.$state.set({ status: 'signed-out', expired: false })
      entry.isFirstRun = async () => true
    },
  },
]

const STATES: State[] = [
  {
    name: 'sign-in',
    prepare: ({ session }) => session.$state.set({ status: 'signed-out', expired: true }),
    sign: 'Sign in to ChatDesk',
  },
  {
    name: 'unreachable',
    prepare: ({ session }) => session.$state.set({ status: 'unreachable', error: OFFLINE }),
    sign: 'ChatDesk cannot start',
  },
  { name: 'inbox', sign: 'Choose a conversation' },
  { name: 'inbox at 360 px', width: 360, sign: 'Visitor 3f2a' },
  {
    name: 'empty inbox',
    prepare({ client, admin }) {
      client.$inbox.set([])
      admin.inbox.page = async () => ({ conversations: [], nextCursor: null })
    },
    sign: 'Nobody is waiting',
  },
  { name: 'thread', path: THREAD, sign: 'I am back :)' },
  { name: 'thread at 360 px', path: THREAD, width: 360, sign: 'Two questions:' },
  {
    name: 'refused message and typing',
    path: THREAD,
    prepare: ({ client }) => {
      const { $timeline, $typing } = client.conversation(sampleId(1))
      $typing.set([visitor('Anaya Deshmukh')])
      $timeline.set([{ ...sampleMessage(1, PRIYA, 'Hello', 1), delivery: 'failed', error: OFFLINE }])
    },
    sign: 'Try again',
  },
  {
    name: 'resolved',
    path: THREAD,
    prepare: ({ client }) => {
      const { $conversation } = client.conversation(sampleId(1))
      $conversation.set({ ...$conversation.get(), status: 'resolved' })
    },
    sign: 'This conversation has ended.',
  },
  {
    name: 'offline',
    path: THREAD,
    prepare: ({ client }) => client.$connection.set({ status: 'waiting', attempt: 2, retryAt: 0, error: OFFLINE }),
    sign: 'No connection to the server.',
  },
  {
    name: 'not connected',
    prepare: ({ client }) => {
      client.$inboxState.set({ loaded: false, hasMore: false })
      client.$connection.set({ status: 'failed', error: new ChatError('FORBIDDEN_ORIGIN', 'Not from here.') })
    },
    sign: 'Not connected.',
  },
  { name: 'read-only', role: 'client_user', path: THREAD, sign: 'You can read this conversation.' },
  {
    name: 'end dialog',
    path: THREAD,
    act: () => page.getByRole('button', { name: 'End the conversation' }).click(),
    sign: 'End the conversation?',
  },
  { name: 'notes', path: THREAD, prepare: withNotes, sign: 'Note 1' },
  { name: 'notes at 360 px', path: THREAD, width: 360, prepare: withNotes, sign: 'Note 1' },
  { name: 'writing a note', path: THREAD, act: () => userEvent.keyboard('n'), sign: 'Only the team sees it' },
  { name: 'assign', path: THREAD, act: () => userEvent.keyboard('t'), sign: 'Queue of Sales' },
  { name: 'snooze', path: THREAD, act: () => userEvent.keyboard('s'), sign: 'Tomorrow morning' },
  { name: 'priority', path: THREAD, act: () => userEvent.keyboard('p'), sign: 'Urgent' },
  { name: 'tags', path: THREAD, act: () => userEvent.keyboard('l'), sign: 'refund' },
  { name: 'more at 360 px', path: THREAD, width: 360, act: press('More actions'), sign: 'Back to the queue' },
  { name: 'commands', path: THREAD, act: () => userEvent.keyboard('{Control>}k{/Control}'), sign: 'Widgets' },
  { name: 'keys', act: () => userEvent.keyboard('?'), sign: 'Write a reply' },
  { name: 'account', act: () => page.getByRole('button', { name: /^Account/ }).click(), sign: 'Sign out' },
  ...ADMINISTRATION,
]

it.each(STATES)('has nothing for axe to find, light and dark: $name', expectAccessible)

it('switches the colours, and has nothing for axe to find in either', async () => {
  await mountConsole(createFakeConsole(), { width: 1600 })
  for (const scheme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${scheme} colours` }).click()
    await expect.poll(() => document.documentElement).toHaveAttribute('data-mantine-color-scheme', scheme)
    expect(await axeViolations()).toEqual([])
  }
})

it('has no text under 12 px', async () => {
  const { place } = await mountConsole(createFakeConsole(), { path: THREAD, width: 1600 })
  await expect.element(page.getByText('I am back :)')).toBeVisible()
  const sizes = [...place.querySelectorAll('*')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE))
    .map((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  expect(sizes.length).toBeGreaterThan(30)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12)
})
