import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'

const radio = (name: string) => page.getByRole('radio', { name, exact: true })
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

async function open(options: Parameters<typeof createFakeConsole>[0]) {
  const fake = createFakeConsole(options)
  await mountConsole(fake, { path: '/settings/routing' })
  await expect.element(page.getByRole('heading', { level: 1, name: 'Routing' })).toBeVisible()
  return fake
}

it('lets an admin hand assignment over to the server, and settle what each takes', async () => {
  const fake = await open({ role: 'client_admin' })
  await expect.element(page.getByLabelText('Conversations at a time')).toBeDisabled()
  await radio('Automatic').click()
  await page.getByLabelText('Conversations at a time').fill('3')
  await button('Save').click()
  await expect.element(page.getByText('Saved')).toBeVisible()
  await button('Edit Jonas Weber').click()
  await page.getByRole('dialog').getByLabelText('Conversations at a time').fill('1')
  await page.getByRole('dialog').getByRole('checkbox').first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(fake.calls[0]).toBe('update routing {"assignment":"automatic","capacity":3,"rerouteAfterSeconds":60}')
  expect(fake.calls[1]).toMatch(/^update team \{"capacity":1,"departmentIds":\["[\w-]+"\]\}$/)
  expect(await axeViolations()).toEqual([])
})

it('shows it to whoever may not change it', async () => {
  await open({ role: 'agent' })
  await expect.element(page.getByText('An admin can change it.')).toBeVisible()
  await expect.element(radio('Automatic')).toBeDisabled()
  await expect.element(button('Edit Jonas Weber')).not.toBeInTheDocument()
  await expect.element(button('Save')).not.toBeInTheDocument()
})

it('lets a member say by keyboard that they are away, and shows it at the edge', async () => {
  const fake = await open({ role: 'agent' })
  button('Account of Priya Raman, available').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(radio('Available')).toBeChecked()
  await radio('Away').click()
  await expect.element(radio('Away')).toBeChecked()
  await userEvent.keyboard('{Escape}')
  await expect.element(button('Account of Priya Raman, away')).toBeVisible()
  expect(fake.calls).toEqual(['update team {"availability":"away"}'])
})

it('offers no status to those who answer nobody', async () => {
  await open({ role: 'client_user' })
  await button('Account of Priya Raman').click()
  await expect.element(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await expect.element(radio('Away')).not.toBeInTheDocument()
})
