import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleAudit } from '../testing/sample-administration.js'
import { browserName } from './browser-name.js'
import { SCOPE_NOUNS, scopesText } from './scopes.js'

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

async function open(name: string, options: Parameters<typeof createFakeConsole>[0] = { role: 'client_admin' }) {
  const fake = createFakeConsole(options)
  const mounted = await mountConsole(fake, { path: `/settings/${name}` })
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
  return { ...mounted, fake }
}

it('invites, and hands the link over where no mail was sent', async () => {
  const { fake } = await open('members')
  await button('Invite somebody').click()
  await page.getByLabelText('Email').fill('new@northwind.example')
  await page.getByLabelText('Role', { exact: true }).selectOptions('client_user')
  await button('Invite').click()
  await expect.element(page.getByText('No mail was sent.')).toBeVisible()
  await expect.element(page.getByText('https://chat.example/console/invite#in_secret')).toBeVisible()
  await button('Done').click()
  await expect.element(page.getByText('new@northwind.example')).toBeVisible()
  await expect.element(page.getByText('in_secret')).not.toBeInTheDocument()
  expect(fake.calls).toEqual(['invite {"email":"new@northwind.example","role":"client_user"}'])
})

it('threat 33: offers no role above one’s own, and nothing upon oneself', async () => {
  await open('members')
  await expect.element(page.getByLabelText('Role of Jonas Weber')).toBeVisible()
  const roles = page.getByLabelText('Role of Jonas Weber').getByRole('option')
  expect(roles.elements().map(({ textContent }) => textContent)).toEqual(['Admin', 'Agent', 'Reader'])
  await expect.element(page.getByLabelText('Role of Priya Raman')).not.toBeInTheDocument()
  await expect.element(button('Remove Priya Raman')).not.toBeInTheDocument()
})

it('changes a role and removes a member, after asking once', async () => {
  const { fake } = await open('members')
  await page.getByLabelText('Role of Jonas Weber').selectOptions('client_admin')
  await expect.poll(() => fake.calls).toEqual(['update member {"role":"client_admin"}'])
  await button('Remove Wei Zhang').click()
  await button('Remove').click()
  await expect.element(page.getByText('wei@northwind.example')).not.toBeInTheDocument()
  await button('Take back the invite of lena@northwind.example').click()
  await expect.element(page.getByText('lena@northwind.example')).not.toBeInTheDocument()
  expect(fake.calls.slice(1)).toEqual(['remove member', 'revoke invite'])
})

it('says to a guest that an organization has no members', async () => {
  const fake = createFakeConsole({ role: 'super_admin', visiting: { reason: 'They asked' } })
  fake.admin.members.list = async () => []
  await mountConsole(fake, { path: '/settings/members' })
  await expect.element(page.getByText('No members yet')).toBeVisible()
  await expect.element(page.getByText('Nothing is found')).not.toBeInTheDocument()
})

it('breaks no word of an address on a phone', async () => {
  await mountConsole(createFakeConsole({ role: 'super_admin' }), { path: '/settings/members', width: 390 })
  const address = page.getByText('jonas@northwind.example')
  await expect.element(address).toBeVisible()
  const words = [...address.element().childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
  expect(words.map(({ textContent }) => textContent)).toEqual(['jonas', '@northwind', '.example'])
  for (const word of words) {
    const range = document.createRange()
    range.selectNode(word)
    expect(range.getClientRects()).toHaveLength(1)
  }
})

it('makes nobody super admin, and takes it from nobody, unasked', async () => {
  const { fake } = await open('members', { role: 'super_admin' })
  const role = page.getByLabelText('Role of Jonas Weber')
  await role.selectOptions('super_admin')
  await expect.element(page.getByRole('dialog')).toHaveTextContent('above every organization of this server')
  await button('Cancel').click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(role).toHaveValue('agent')
  expect(fake.calls).toEqual([])

  await role.selectOptions('super_admin')
  await button('Make super admin').click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(role).toHaveValue('super_admin')
  await role.selectOptions('agent')
  await expect.element(page.getByRole('dialog')).toHaveTextContent('goes on here as Agent')
  await button('Change the role').click()
  await expect.element(role).toHaveValue('agent')
  expect(fake.calls).toEqual(['update member {"role":"super_admin"}', 'update member {"role":"agent"}'])
})

it('says why the last admin stays', async () => {
  const { fake } = await open('members')
  fake.admin.members.remove = () => Promise.reject(new ChatError('FORBIDDEN', 'The last one.'))
  await button('Remove Wei Zhang').click()
  await button('Remove').click()
  await expect.element(page.getByRole('dialog').getByRole('alert')).toHaveTextContent('You are not allowed to do this.')
})

it('shows members without buttons to those who only read, and asks for no invites', async () => {
  const fake = createFakeConsole({ role: 'client_user' })
  fake.admin.members.invites = () => Promise.reject(new Error('was asked'))
  await mountConsole(fake, { path: '/settings/members' })
  await expect.element(page.getByText('jonas@northwind.example')).toBeVisible()
  await expect.element(button('Invite somebody')).not.toBeInTheDocument()
  const links = page.getByRole('navigation', { name: 'Settings' }).getByRole('link').elements()
  expect(links.map(({ textContent }) => textContent)).toEqual([
    ...['My account', 'Notifications', 'Organization', 'Members', 'Departments', 'Routing'],
    ...['Canned replies', 'Macros', 'Tags'],
  ])
})

it('shows a secret once', async () => {
  const { fake } = await open('api-tokens')
  await button('Make a token').click()
  await page.getByLabelText('Name', { exact: true }).fill('Export')
  await expect.element(button('Make the token')).toBeDisabled()
  await page.getByRole('group', { name: 'Widgets' }).getByLabelText('Write').click()
  await page.getByRole('group', { name: 'Leads' }).getByLabelText('Read').click()
  await button('Make the token').click()
  await expect.element(page.getByText('cp_secret')).toBeVisible()
  await button('Done').click()
  await expect.element(page.getByText('Export', { exact: true })).toBeVisible()
  await expect.element(page.getByText('cp_secret')).not.toBeInTheDocument()
  const made = { name: 'Export', scopes: ['widget:write', 'lead:read'], expiresInDays: 90 }
  expect(fake.calls).toEqual([`create token ${JSON.stringify(made)}`])
})

it('tells in words what a token may do', () => {
  expect(scopesText(['conversation:read', 'lead:read', 'moon:read', 'widget:write'])).toBe(
    'Reads Conversations, Leads, moon · Writes Widgets',
  )
  const reading = SCOPE_NOUNS.flatMap(({ scopes }) => scopes.filter((scope) => scope.endsWith(':read')))
  expect(scopesText(reading)).toBe('Reads everything')
})

it('says that the organization has another name now', async () => {
  await open('organization')
  await page.getByLabelText('Name', { exact: true }).fill('Northwind')
  await button('Save').click()
  await expect.element(page.getByRole('status').getByText('Saved')).toBeVisible()
  await page.getByLabelText('Name', { exact: true }).fill('North')
  await expect.element(page.getByText('Saved')).not.toBeInTheDocument()
})

it('makes no tokens for guests', async () => {
  await open('api-tokens', { role: 'super_admin', visiting: { reason: 'They asked for help' } })
  await expect.element(page.getByText('Nightly export')).toBeVisible()
  await expect.element(button('Make a token')).not.toBeInTheDocument()
})

it('makes a webhook, and shows its secret once', async () => {
  const { fake } = await open('webhooks')
  await button('Make a webhook').click()
  await page.getByLabelText('Address').fill(' https://crm.northwind.example/in ')
  await expect.element(button('Make the webhook')).toBeDisabled()
  await page.getByLabelText('A visitor rates a conversation').click()
  await page.getByLabelText('A message is written').click()
  await button('Make the webhook').click()
  await expect.element(page.getByText('whsec_secret')).toBeVisible()
  await button('Done').click()
  await expect.element(page.getByText('crm.northwind.example')).toBeVisible()
  await expect.element(page.getByText('whsec_secret')).not.toBeInTheDocument()
  const made = { url: 'https://crm.northwind.example/in', events: ['message.created', 'conversation.rated'] }
  expect(fake.calls).toEqual([`create webhook ${JSON.stringify(made)}`])
})

it('says at the field what the server has refused of it', async () => {
  const { fake } = await open('webhooks')
  fake.admin.webhooks.create = () =>
    Promise.reject(new ChatError('VALIDATION_FAILED', 'url: not an address of the public Internet', { field: 'url' }))
  await button('Make a webhook').click()
  await page.getByLabelText('Address').fill('https://192.168.0.1/in')
  await page.getByLabelText('A message is written').click()
  await button('Make the webhook').click()
  await expect.element(page.getByLabelText('Address')).toHaveAttribute('aria-invalid', 'true')
  await expect
    .element(page.getByLabelText('Address'))
    .toHaveAccessibleDescription(/not an address of the public Internet/)
})

it('shows what came of a ping without being asked again', async () => {
  const { fake } = await open('webhooks')
  const { deliveries } = await fake.admin.webhooks.deliveries('', {})
  const [sample] = deliveries
  if (!sample) throw new Error('no sample')
  let answers = 0
  fake.admin.webhooks.deliveries = async () => {
    answers++
    return { deliveries: [{ ...sample, state: answers < 3 ? 'pending' : 'delivered' }], nextCursor: null }
  }
  await button('Open hooks.northwind.example').click()
  const row = page.getByRole('row').nth(1)
  await expect.element(row).toHaveTextContent('Pending')
  await expect.element(row).toHaveTextContent('Delivered')
  expect(answers).toBe(3)
})

it('shows what a webhook was told, and sends it again', async () => {
  const { fake } = await open('webhooks')
  await button('Open hooks.northwind.example').click()
  await expect.element(page.getByText('Refused · Answer 500 · 10 attempts · 84 ms')).toBeVisible()
  await expect.element(page.getByText('No answer within 15 seconds · 2 attempts · 15000 ms')).toBeVisible()
  await page.getByText('Given up', { exact: true }).first().click()
  await expect.element(page.getByText('No answer within 15 seconds', { exact: false })).not.toBeInTheDocument()
  await page.getByText('Details').click()
  await expect.element(page.getByText('no such table', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: /^Send conversation.resolved/ }).click()
  await expect.element(page.getByText('Nothing here')).toBeVisible()
  await button('Send a ping').click()
  await button('Replace the secret').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Replace the secret' }).click()
  await expect.element(page.getByText('whsec_next')).toBeVisible()
  await button('Done').click()
  await button('Switch off').click()
  await expect.element(button('Switch on')).toBeVisible()
  await button('Delete').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect.element(page.getByText('crm.example')).toBeVisible()
  await expect.element(page.getByText('hooks.northwind.example')).not.toBeInTheDocument()
  expect(fake.calls).toEqual(['replay', 'ping', 'rotate secret', 'update webhook {"enabled":false}', 'delete webhook'])
})

it('says why the server has switched a webhook off', async () => {
  await open('webhooks')
  await button('Open crm.example').click()
  await expect.element(page.getByText('Nothing has reached it for too long.', { exact: false })).toBeVisible()
  await expect.element(button('Send a ping')).toBeDisabled()
})

it('lets guests read webhooks and take one away, no more', async () => {
  await open('webhooks', { role: 'super_admin', visiting: { reason: 'They asked for help' } })
  await expect.element(page.getByText('hooks.northwind.example')).toBeVisible()
  await expect.element(button('Make a webhook')).not.toBeInTheDocument()
  await button('Open hooks.northwind.example').click()
  await expect.element(button('Delete')).toBeVisible()
  for (const name of ['Send a ping', 'Edit', 'Replace the secret', 'Switch off'])
    await expect.element(button(name)).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: /again$/ })).toHaveTextContent('Look again')
})

it('shows every tab of the settings on a tablet', async () => {
  const fake = createFakeConsole({ role: 'super_admin' })
  await mountConsole(fake, { path: '/settings/webhooks', width: 768 })
  const tabs = page.getByRole('navigation', { name: 'Settings' })
  await expect.element(tabs.getByRole('link', { name: 'All organizations' })).toBeVisible()
  expect(tabs.element().scrollWidth).toBeLessThanOrEqual(tabs.element().clientWidth)
})

it('reads the trail page by page', async () => {
  await open('audit')
  await expect.element(page.getByText('Northwind support 30')).toBeVisible()
  await expect.element(page.getByText('Northwind support 10')).not.toBeInTheDocument()
  await button('Show older ones').click()
  await expect.element(page.getByText('Northwind support 1', { exact: true })).toBeVisible()
  await expect.element(button('Show older ones')).not.toBeInTheDocument()
  await page.getByLabelText('Find in Audit trail').fill('visiting nobody')
  await expect.element(page.getByText('Nothing is found')).toBeVisible()
})

it('tells a change of what has parts when it is asked for, and who did it when on the narrowest page too', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const [entry] = sampleAudit().entries
  if (!entry) throw new Error('no sample')
  const changes = { preChatForm: { from: null, to: { fields: [{ id: 'name' }] } }, enabled: { from: true, to: false } }
  fake.admin.audit.page = async () => ({ entries: [{ ...entry, changes }], nextBefore: null })
  await mountConsole(fake, { path: '/settings/audit', width: 360 })
  await expect.element(page.getByText('Enabled: yes → no')).toBeVisible()
  await expect.element(page.getByText('"id": "name"')).not.toBeVisible()
  await page.getByText('Pre-chat form').click()
  await expect.element(page.getByText('"id": "name"')).toBeVisible()
  await expect.element(page.getByRole('cell').nth(1).getByRole('time')).toBeVisible()
})

it('threat 38: visits with a reason, says so all the time, and leaves', async () => {
  const { fake, location } = await open('organizations', { role: 'super_admin' })
  await button('Visit Contoso Dental').click()
  await page.getByLabelText('Reason').fill('too short')
  await expect.element(button('Visit')).toBeDisabled()
  await page.getByLabelText('Reason').fill('They asked for help')
  await button('Visit').click()
  await expect.poll(() => location.history.at(-1)).toBe('/')
  expect(fake.calls).toEqual(['visit "They asked for help"'])
  expect(fake.session.$state.get()).toMatchObject({ current: { organization: { name: 'Contoso Dental' } } })
})

it('leaves a visit', async () => {
  const { fake, location } = await open('departments', { role: 'super_admin', visiting: { reason: 'They asked' } })
  await expect.element(page.getByRole('region', { name: 'Visit' })).toHaveTextContent('They asked')
  await button('Leave').click()
  await expect.poll(() => location.history.at(-1)).toBe('/settings/organizations')
  expect(fake.calls).toEqual(['leave'])
})

it('deletes only the organization that was named', async () => {
  const { fake } = await open('organizations', { role: 'super_admin' })
  await button('Delete Contoso Dental').click()
  await page.getByLabelText('Name of the organization').fill('contoso dental')
  await expect.element(button('Delete for good')).toBeDisabled()
  await page.getByLabelText('Name of the organization').fill('Contoso Dental')
  await button('Delete for good').click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(fake.calls).toEqual(['delete organization "Contoso Dental"'])
})

it('changes the password, and ends sign-ins', async () => {
  const { fake } = await open('account')
  await page.getByRole('textbox', { name: 'Current password' }).fill('hunter2')
  await page.getByRole('textbox', { name: 'New password' }).fill('four words and a dot')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('Changed')).toBeVisible()
  await expect.element(page.getByRole('textbox', { name: 'New password' })).toHaveValue('')
  await button('End the sign-in of Safari on iOS').click()
  await expect.element(page.getByText('Safari on iOS')).not.toBeInTheDocument()
  await button('Sign out everywhere').click()
  await expect.poll(() => fake.calls.at(-1)).toBe('signOut')
  expect(fake.calls).toEqual(['change password', 'end session', 'sign out everywhere', 'signOut'])
})

it('adds, edits and deletes a department', async () => {
  const { fake } = await open('departments')
  await button('Add a department').click()
  await page.getByLabelText('Name', { exact: true }).fill('Billing')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('Billing')).toBeVisible()
  await button('Edit Sales').click()
  await page.getByLabelText('Name', { exact: true }).fill('New customers')
  await button('Save').click()
  await expect.element(page.getByText('New customers')).toBeVisible()
  await button('Delete Support').click()
  await button('Delete').click()
  await expect.element(page.getByText('Support', { exact: true })).not.toBeInTheDocument()
  expect(fake.calls.map((call) => call.split(' {')[0])).toEqual([
    'create department',
    'update department',
    'delete department',
  ])
})

it('offers another try where a page does not load', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const { list } = fake.admin.departments
  fake.admin.departments.list = () => Promise.reject(new ChatError('UNAVAILABLE'))
  await mountConsole(fake, { path: '/settings/departments' })
  await expect.element(page.getByText('This did not load')).toBeVisible()
  fake.admin.departments.list = list
  await button('Try again').click()
  await expect.element(page.getByText('Prices and offers')).toBeVisible()
})

it('puts rows in order by a press on the head', async () => {
  await open('members')
  await page.getByRole('table').getByRole('button', { name: 'Name' }).click()
  const names = () =>
    page
      .getByRole('row')
      .elements()
      .map((row) => row.querySelector('strong')?.textContent?.slice(0, 5))
  expect(names().slice(1)).toEqual(['Jonas', 'Maria', 'Priya', 'Wei Z'])
  await page.getByRole('table').getByRole('button', { name: 'Name' }).click()
  expect(names().slice(1)).toEqual(['Wei Z', 'Priya', 'Maria', 'Jonas'])
  await expect.element(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
})

it('keeps to the width of a phone, with a name that does not end', async () => {
  const fake = createFakeConsole({ role: 'super_admin' })
  const { location } = await mountConsole(fake, { path: '/settings/account', width: 360 })
  for (const name of [
    'account',
    'organization',
    'members',
    'departments',
    'api-tokens',
    'webhooks',
    'audit',
    'organizations',
  ]) {
    location.navigate(`/settings/${name}`)
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect.element(page.getByRole('status', { name: 'Loading' })).not.toBeInTheDocument()
    const content = page.getByRole('heading', { level: 1 }).element().closest('div[class*="content"]')
    expect(content?.scrollWidth, name).toBeLessThanOrEqual(content?.clientWidth ?? 0)
  }
})

it.each([
  [null, 'Unknown browser'],
  ['curl/8', 'Unknown browser'],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0', 'Edge on Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/19 Safari/605', 'Safari on macOS'],
])('calls %s %s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name)
})

it.each([
  ['/widgets', 'Create a widget'],
  ['/settings/members', 'Invite somebody'],
  ['/settings/members', 'Remove Jonas Weber'],
  ['/settings/departments', 'Add a department'],
  ['/settings/departments', 'Edit Sales'],
  ['/settings/api-tokens', 'Make a token'],
  ['/settings/api-tokens', 'Revoke Nightly export'],
  ['/settings/webhooks', 'Make a webhook'],
  ['/settings/organizations', 'Visit Contoso Dental'],
  ['/settings/organizations', 'Delete Contoso Dental'],
])('on %s the dialog of “%s” takes the focus, and Escape closes it and gives the focus back', async (path, name) => {
  const fake = createFakeConsole({ role: 'super_admin' })
  await mountConsole(fake, { path })
  const opener = page.getByRole('button', { name, exact: true })
  await opener.click()
  await expect.element(page.getByRole('dialog')).toBeVisible()
  await expect.poll(() => document.activeElement?.closest('[role="dialog"]')).not.toBeNull()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(opener).toHaveFocus()
  expect(fake.calls).toEqual([])
})
