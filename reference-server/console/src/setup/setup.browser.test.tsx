import { ChatError } from '@chatdesk/protocol'
import { expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { changedWidget, sampleWidget } from '../testing/sample-administration.js'

const button = (name: string) => page.getByRole('button', { name, exact: true })
const heading = (name: string) => page.getByRole('heading', { name })

function emptyOrganization() {
  const fake = createFakeConsole({ role: 'super_admin' })
  let widget = sampleWidget(1, { allowedOrigins: [] })
  widget.settings.preChatForm = null
  const made = vi.fn()
  fake.admin.departments.list = async () => []
  fake.admin.widgets.list = async () => (made.mock.calls.length > 0 ? [widget] : [])
  fake.admin.widgets.create = async ({ name }) => {
    made(name)
    widget = { ...widget, name }
    return widget
  }
  fake.admin.widgets.update = async (_id, changes) => {
    fake.calls.push(`update ${JSON.stringify({ ...changes, ...changes.settings, settings: undefined })}`)
    widget = changedWidget(widget, changes)
    return widget
  }
  return { fake, made }
}

it('leads from an empty organization to the code, each step saved as it is left', async () => {
  const { fake, made } = emptyOrganization()
  const { location } = await mountConsole(fake, { path: '/setup' })
  await expect.element(heading('Who answers?')).toBeVisible()
  await page.getByLabelText('Department 2').fill('')
  await button('Go on').click()
  await expect.element(heading('What do you want to know first?')).toBeVisible()
  await button('Take out Email').click()
  await button('Go on').click()
  await expect.element(heading('Who else answers?')).toBeVisible()
  await page.getByLabelText('Email addresses').fill('a@northwind.example, b@northwind.example')
  await button('Invite them').click()
  await expect.element(page.getByText('console/invite#in_secret').first()).toBeVisible()
  await button('Go on').click()
  await expect.element(heading('Where shall the chat stand?')).toBeVisible()
  await page.getByLabelText('Address of a site').fill('https://northwind.example')
  await button('Add').click()
  await button('Save and show the code').click()
  await expect.element(heading('Paste this into your site')).toBeVisible()
  await expect.element(page.getByRole('region', { name: 'Script tag' })).toHaveTextContent('wk_')
  await button('Open the inbox').click()
  await expect.poll(() => location.history.at(-1)).toBe('/')

  expect(made).toHaveBeenCalledExactlyOnceWith('Northwind Registrations')
  expect(fake.calls.filter((call) => !call.startsWith('update')).map((call) => call)).toEqual([
    'create department {"name":"Sales"}',
    'invite {"email":"a@northwind.example","role":"agent"}',
    'invite {"email":"b@northwind.example","role":"agent"}',
  ])
  expect(
    fake.calls.filter((call) => call.startsWith('update')).map((call) => Object.keys(JSON.parse(call.slice(7)))),
  ).toEqual([['departmentIds'], ['preChatForm'], ['allowedOrigins']])
})

it('goes on where it was left', async () => {
  const { fake } = emptyOrganization()
  const { location } = await mountConsole(fake, { path: '/setup' })
  await expect.element(heading('Who answers?')).toBeVisible()
  await button('Skip').click()
  await button('Skip').click()
  await expect.element(heading('Who else answers?')).toBeVisible()
  await page.getByRole('link', { name: 'Leave for now' }).click()
  await expect.element(page.getByRole('region', { name: 'Conversations' })).toBeVisible()
  location.navigate('/setup')
  await expect.element(heading('Who else answers?')).toBeVisible()
  expect(fake.calls).toEqual([])
})

it('keeps the addresses that were not invited when one is refused', async () => {
  const { fake } = emptyOrganization()
  const { invite } = fake.admin.members
  fake.admin.members.invite = (input) =>
    input.email.startsWith('b')
      ? Promise.reject(new ChatError('VALIDATION_FAILED', 'email: taken', { field: 'email' }))
      : invite(input)
  await mountConsole(fake, { path: '/setup/invite' })
  await page.getByLabelText('Email addresses').fill('a@northwind.example\nb@northwind.example')
  await button('Invite them').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('Not accepted: b@northwind.example: taken')
  await expect.element(page.getByLabelText('Email addresses')).toHaveValue('b@northwind.example')
  await expect.element(page.getByText('a@northwind.example')).toBeVisible()
})

it('threat 38: makes nothing for a guest, and says that one is', async () => {
  const fake = createFakeConsole({ role: 'super_admin', visiting: { reason: 'They asked' } })
  const asked = vi.fn(async () => [])
  fake.admin.widgets.list = asked
  await mountConsole(fake, { path: '/setup' })
  await expect.element(page.getByRole('region', { name: 'Visit' })).toHaveTextContent('They asked')
  await expect.element(page.getByText('you are its guest')).toBeVisible()
  expect(asked).not.toHaveBeenCalled()
  expect(fake.calls).toEqual([])
  await page.getByRole('link', { name: 'Leave for now' }).click()
  await expect.element(page.getByRole('region', { name: 'Conversations' })).toBeVisible()
})

it('is for those who may set up, and asks for nothing else', async () => {
  const fake = createFakeConsole({ role: 'agent' })
  const asked = vi.fn(async () => [])
  fake.admin.widgets.list = asked
  const { location } = await mountConsole(fake, { path: '/setup/code' })
  await expect.poll(() => location.history.at(-1)).toBe('/')
  expect(asked).not.toHaveBeenCalled()
})
