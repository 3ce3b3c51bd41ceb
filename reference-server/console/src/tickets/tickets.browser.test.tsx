import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleId } from '../testing/sample-data.js'

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

it('lists what is open, and whatever else is asked for', async () => {
  await mountConsole(createFakeConsole(), { path: '/tickets' })
  await expect.element(page.getByText('Send the corrected invoice of May')).toBeVisible()
  await expect.element(page.getByText('Explain the new prices')).not.toBeInTheDocument()
  await page.getByLabelText('Status').selectOptions('')
  await expect.element(page.getByText('Explain the new prices')).toBeVisible()
  await expect.element(page.getByText('Erased with its visitor')).toBeVisible()
  await page.getByLabelText('Who works on it').selectOptions('none')
  await expect.element(page.getByText('Send the corrected invoice of May')).not.toBeInTheDocument()
})

it('[D2] offers the statuses that follow upon the one that a ticket has', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake, { path: `/tickets/${sampleId(2003)}` })
  await button('Solve').click()
  await expect.element(button('Reopen')).toBeVisible()
  await expect.element(button('Wait for somebody')).not.toBeInTheDocument()
  await button('Close for good').click()
  await expect.element(button('Reopen')).not.toBeInTheDocument()
  await page.getByLabelText('Who works on it').selectOptions(sampleId(900))
  await expect
    .poll(() => fake.calls)
    .toEqual([
      'update ticket {"status":"solved"}',
      'update ticket {"status":"closed"}',
      `update ticket {"assigneeId":"${sampleId(900)}"}`,
    ])
})

it('makes a ticket of a conversation, which then stands beside it', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake, { path: `/conversations/${sampleId(1)}`, width: 1600 })
  await button('Make a ticket').click()
  await page.getByLabelText('What is to be done?').fill('Call her back')
  await button('Make it').click()
  await expect.element(page.getByRole('link', { name: /Call her back/ })).toBeVisible()
  expect(fake.calls).toEqual([`create ticket {"title":"Call her back","conversationId":"${sampleId(1)}"}`])
})

it('gives a new ticket to whoever is chosen', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake, { path: `/conversations/${sampleId(1)}`, width: 1600 })
  await button('Make a ticket').click()
  await page.getByLabelText('What is to be done?').fill('Call her back')
  const who = page.getByLabelText('Who works on it')
  await expect.element(who).toHaveDisplayValue('Nobody yet')
  await who.selectOptions('Jonas Weber')
  await button('Make it').click()
  const made = { title: 'Call her back', conversationId: sampleId(1), assigneeId: sampleId(901) }
  await expect.poll(() => fake.calls).toEqual([`create ticket ${JSON.stringify(made)}`])
})

it('[C6] shows tickets to those who only read, without anything that changes one', async () => {
  const fake = createFakeConsole({ role: 'client_user' })
  const { location } = await mountConsole(fake, { path: '/tickets' })
  await page.getByRole('link', { name: 'Send the corrected invoice of May' }).click()
  expect(location.history?.at(-1)).toBe(`/tickets/${sampleId(2004)}`)
  await expect.element(page.getByText('She needs it before Friday.')).toBeVisible()
  expect(page.getByRole('main').getByRole('button').elements()).toEqual([])
  expect(page.getByRole('main').getByRole('combobox').elements()).toEqual([])
})
