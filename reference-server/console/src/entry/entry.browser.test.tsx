import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'

function nobody() {
  const fake = createFakeConsole()
  fake.session.$state.set({ status: 'signed-out', expired: false })
  return fake
}
const password = () => page.getByRole('textbox', { name: /password/i })

it('threat 34: takes an invite, and leaves its address for good', async () => {
  const fake = nobody()
  const { location } = await mountConsole(fake, { path: '/invite/in_secret' })
  await expect.element(page.getByRole('heading', { name: 'Join Northwind Registrations' })).toBeVisible()
  await page.getByLabelText('Your name').fill(' Lena Vogt ')
  await password().fill('four words and a dot')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('region', { name: 'Conversations' })).toBeVisible()
  expect(fake.calls[0]).toBe('accept invite {"token":"in_secret","name":"Lena Vogt","password":"four words and a dot"}')
  expect(location.history).toEqual(['/'])
})

it('threat 34: says that a link is spent, whatever the server says of it', async () => {
  const fake = nobody()
  fake.entry.lookAtInvite = () => Promise.reject(new ChatError('NOT_FOUND', 'No such invite.'))
  await mountConsole(fake, { path: '/invite/in_secret' })
  await expect.element(page.getByRole('heading', { name: 'This invite no longer works' })).toBeVisible()
})

it('tries again where the server could not be asked', async () => {
  const fake = nobody()
  const { lookAtInvite } = fake.entry
  fake.entry.lookAtInvite = () => Promise.reject(new ChatError('OFFLINE'))
  await mountConsole(fake, { path: '/invite/in_secret' })
  await expect.element(page.getByText('This did not load')).toBeVisible()
  fake.entry.lookAtInvite = lookAtInvite
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(page.getByLabelText('Your name')).toBeVisible()
})

it('threat 35: says the same of every address that has forgotten its password', async () => {
  const fake = nobody()
  await mountConsole(fake)
  await page.getByRole('link', { name: 'Forgotten your password?' }).click()
  await page.getByLabelText('Email').fill('priya@northwind.example')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect.element(page.getByText('belongs to a member, a link is on its way')).toBeVisible()
  expect(fake.calls).toEqual(['forgot "priya@northwind.example"'])
})

it('takes a new password by a link', async () => {
  const fake = nobody()
  await mountConsole(fake, { path: '/reset/re_secret' })
  await password().fill('four words and a dot')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { name: 'Your password is changed' })).toBeVisible()
  expect(fake.calls).toEqual(['reset {"token":"re_secret","password":"four words and a dot"}'])
})

it('offers a new link where the old one is spent, and keeps what was typed where the password is refused', async () => {
  const fake = nobody()
  const refusals = [new ChatError('VALIDATION_FAILED', 'too common', { field: 'password' }), new ChatError('NOT_FOUND')]
  fake.entry.resetPassword = () => Promise.reject(refusals.shift())
  await mountConsole(fake, { path: '/reset/re_secret' })
  await password().fill('password1234')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alert')).toHaveTextContent('password: too common')
  await expect.element(password()).toHaveValue('password1234')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('link', { name: 'Ask for a new one' })).toBeVisible()
})

it('leads whoever meets an empty server to its set-up', async () => {
  const fake = nobody()
  fake.entry.isFirstRun = async () => true
  const { location } = await mountConsole(fake)
  await page.getByLabelText('Code').fill('ABCD-1234')
  await page.getByLabelText('Organization').fill('Northwind')
  await page.getByLabelText('Your name').fill('Priya')
  await page.getByLabelText('Email').fill('priya@northwind.example')
  await password().fill('four words and a dot')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => location.history.at(-1)).toBe('/setup/departments')
  expect(fake.calls[0]).toContain('first run {"code":"ABCD-1234","organization":"Northwind"')
})

it('says that a server is set up already', async () => {
  await mountConsole(nobody(), { path: '/setup' })
  await expect.element(page.getByRole('heading', { name: 'This server is set up already' })).toBeVisible()
})
