import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { SAMPLE_NOW } from '../testing/sample-data.js'
import { clockTime } from '../text/format-time.js'

const radio = (name: string | RegExp) => page.getByRole('radio', { name, exact: true })
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

it('says by keyboard until when one is away, and forgets it with the next word', async () => {
  const fake = await open({ role: 'agent' })
  button('Account of Priya Raman, available').element().focus()
  await userEvent.keyboard('{Enter}')
  // The popover takes the focus a moment after it is shown, also from where it has been put meanwhile.
  await expect.element(radio('Available')).toHaveFocus()
  button('Away for 30 minutes').element().focus()
  await userEvent.keyboard('{Enter}')
  const halfAnHour = new Date(SAMPLE_NOW + 30 * 60_000).toISOString()
  await expect.element(radio(`Away, back at ${clockTime(halfAnHour)}`)).toBeChecked()
  expect(await axeViolations()).toEqual([])
  await userEvent.keyboard('{Escape}')
  await expect
    .element(button(`Account of Priya Raman, away, back at ${clockTime(halfAnHour).toLowerCase()}`))
    .toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await radio('Available').click()
  await radio('Away').click()
  await expect.element(radio('Away')).toBeChecked()
  expect(fake.calls).toEqual([
    `update team {"availability":"away","backAt":"${halfAnHour}"}`,
    'update team {"availability":"available"}',
    'update team {"availability":"away"}',
  ])
})

it('takes any time within twelve hours, and says so of others', async () => {
  const fake = await open({ role: 'agent' })
  await button('Account of Priya Raman, available').click()
  const textOf = (ms: number) => new Date(SAMPLE_NOW + ms).toTimeString().slice(0, 5)
  for (const wrong of ['', textOf(-60_000)]) {
    await page.getByLabelText('Away until').fill(wrong)
    await button('Set').click()
    await expect.element(page.getByText('Choose a time within twelve hours.')).toBeVisible()
  }
  expect(await axeViolations()).toEqual([])
  expect(fake.calls).toEqual([])
  await page.getByLabelText('Away until').fill(textOf(40 * 60_000))
  await userEvent.keyboard('{Enter}')
  await expect.element(radio(/^Away, back at/)).toBeChecked()
  await expect.element(page.getByText('Choose a time within twelve hours.')).not.toBeInTheDocument()
  expect(fake.calls).toHaveLength(1)
})

it('shows the team who is away until when, as long as that is to come', async () => {
  const fake = createFakeConsole({ role: 'agent' })
  const [priya, jonas, maria] = await fake.admin.team.list()
  const away = { availability: 'away', online: false } as const
  Object.assign(priya ?? {}, away, { backAt: new Date(SAMPLE_NOW - 60_000).toISOString() })
  Object.assign(jonas ?? {}, away, { backAt: new Date(SAMPLE_NOW + 60_000).toISOString() })
  Object.assign(maria ?? {}, away, { online: true })
  await mountConsole(fake, { path: '/settings/routing' })
  const row = (name: RegExp) => page.getByRole('row', { name })
  await expect.element(row(/Jonas/)).toHaveTextContent(/Away, back at \d/)
  await expect.element(row(/Priya/)).toHaveTextContent('Offline')
  await expect.element(row(/Maria/)).toHaveTextContent(/Away(?!,)/)
})

it('offers no status to those who answer nobody', async () => {
  await open({ role: 'client_user' })
  await button('Account of Priya Raman').click()
  await expect.element(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await expect.element(radio('Away')).not.toBeInTheDocument()
})
