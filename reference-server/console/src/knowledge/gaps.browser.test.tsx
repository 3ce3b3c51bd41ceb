import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleId } from '../testing/sample-data.js'

const PATH = `/knowledge/${sampleId(1001)}/gaps`
const row = (name: RegExp) => page.getByRole('row', { name })
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

it('lists what had no answer, how often and since when, and makes an entry of it', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const { location } = await mountConsole(fake, { path: PATH })
  await expect.element(row(/instalments/)).toHaveTextContent('23 timesEnglishNov 9Nov 17')
  await page.getByRole('link', { name: 'Answer Gibt es einen Mengenrabatt?' }).click()
  await expect.element(page.getByRole('textbox', { name: 'Question' })).toHaveValue('Gibt es einen Mengenrabatt?')
  await expect.element(page.getByRole('textbox', { name: 'Language' })).toHaveValue('de')
  await expect.element(page.getByText(/^Asked 2 times, the last time/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Answer' }).fill('Ab zehn Stück.')
  await button('Publish').click()
  await expect.element(page.getByText('All entries of')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Gibt es einen Mengenrabatt?' })).toBeVisible()
  expect(location.history.at(-1)).toMatch(/\/entries\//)
  expect(fake.calls).toEqual([expect.stringMatching(/^answer gap .*"language":"de".*"published":true/)])
})

it('dismisses a question, shows those that were, and takes one back', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  await mountConsole(fake, { path: PATH })
  await button('Dismiss do u ship to iceland').click()
  await expect.element(row(/iceland/)).not.toBeInTheDocument()
  await page.getByText('Dismissed', { exact: true }).click()
  await expect.element(row(/robot/)).toBeVisible()
  await button('Take back do u ship to iceland').click()
  await expect.element(row(/iceland/)).not.toBeInTheDocument()
  await page.getByText('Answered', { exact: true }).click()
  await expect.element(page.getByRole('link', { name: 'Open the entry of How do I get my money back?' })).toBeVisible()
  expect(fake.calls).toEqual(['update gap "dismissed"', 'update gap "open"'])
})

it('says by its code why a question was not dismissed, and keeps it', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.knowledge.updateGap = () => Promise.reject(new ChatError('OFFLINE', 'Gone.'))
  await mountConsole(fake, { path: PATH })
  await button('Dismiss do u ship to iceland').click()
  await expect.element(page.getByText('The server cannot be reached. Check your connection.')).toBeVisible()
  await expect.element(row(/iceland/)).toBeVisible()
})

it('says so when somebody else was faster', async () => {
  await mountConsole(createFakeConsole({ role: 'client_admin' }), {
    path: `/knowledge/${sampleId(1001)}/new/${sampleId(3105)}`,
  })
  await expect.element(page.getByText(/^This question has been answered meanwhile/)).toBeVisible()
  await expect.element(page.getByRole('textbox')).not.toBeInTheDocument()
})

it('[C6] shows the questions, and no way to answer or dismiss them, to those who only read', async () => {
  await mountConsole(createFakeConsole(), { path: PATH })
  await expect.element(row(/instalments/)).toBeVisible()
  await expect.element(page.getByRole('link', { name: /^Answer/ })).not.toBeInTheDocument()
  await expect.element(button(/^Dismiss do/)).not.toBeInTheDocument()
})
