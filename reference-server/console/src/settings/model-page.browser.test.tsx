import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { sampleUsage } from '../testing/fake-assistant.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'

const toggle = () => page.getByRole('switch', { name: /^Use models/ })

async function open(options: Parameters<typeof createFakeConsole>[0]) {
  const fake = createFakeConsole(options)
  await mountConsole(fake, { path: '/settings/model' })
  return fake
}

it('[B8] lets an admin switch the model off, and says what it is sent', async () => {
  const fake = await open({ role: 'client_admin' })
  await expect.element(toggle()).toBeChecked()
  await expect.element(page.getByText(/small-1 writes/)).toBeVisible()
  await toggle().click()
  await expect.element(toggle()).not.toBeChecked()
  expect(fake.calls).toEqual(['update assistant {"usesModels":false}'])
  expect(await axeViolations()).toEqual([])
})

it('leaves it as it was where the server refuses, and says why', async () => {
  const fake = await open({ role: 'client_admin' })
  fake.admin.assistant.update = () => Promise.reject(new ChatError('FORBIDDEN', 'Not you.'))
  await toggle().click()
  await expect.element(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible()
  await expect.element(toggle()).toBeChecked()
})

it('says that the server has no model', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.assistant.settings = async () => ({
    usesModels: true,
    ...{ model: null, embeddingModel: null, budgets: null, price: null },
  })
  fake.admin.assistant.usage = async () => ({ from: '2026-10-19', to: '2026-11-17', usage: [] })
  await mountConsole(fake, { path: '/settings/model', dark: true, width: 360 })
  await expect.element(page.getByText(/This server has no model/)).toBeVisible()
  await expect.element(page.getByText('No model was asked in the last 30 days.')).toBeVisible()
  expect(await axeViolations()).toEqual([])
})

it('[B16] says of a model for embeddings what it is sent', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const { settings } = fake.admin.assistant
  const finding = { model: null, embeddingModel: 'near-1', price: null }
  fake.admin.assistant.settings = async () => ({ ...(await settings()), ...finding })
  await mountConsole(fake, { path: '/settings/model' })
  await expect.element(page.getByText(/near-1 finds entries by their meaning/)).toBeVisible()
  await expect.element(page.getByText(/The model is/)).not.toBeInTheDocument()
  fake.admin.assistant.settings = async () => ({ ...(await settings()), embeddingModel: 'near-1' })
  await mountConsole(fake, { path: '/settings/model' })
  await expect.element(page.getByText(/small-1 writes .* near-1 finds/)).toBeVisible()
})

it('[B8] shows tokens and cost by day, and where there was no price', async () => {
  await open({ role: 'client_admin' })
  const row = (name: RegExp) => page.getByRole('row', { name })
  await expect.element(row(/Nov 17, 2026/)).toHaveTextContent(/843,490\$0\.14$/)
  await expect.element(row(/Nov 16, 2026/)).toHaveTextContent(/1,265\$0\.0002$/)
  await expect.element(row(/Nov 15, 2026/)).toHaveTextContent(/100,143No price set$/)
  await expect.element(page.getByText('944,898 tokens, $0.14 beside what had no price')).toBeVisible()
  await expect.element(page.getByText(/^\$0\.15 for a million tokens of prompts, \$0\.60 of answers\.$/)).toBeVisible()
  await expect.element(page.getByText(/At most 2,000,000 tokens a day/)).toBeVisible()
  expect(await axeViolations()).toEqual([])
})

it('[B8] says that no price is set, of days none of which had one', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const { usage, ...range } = sampleUsage()
  fake.admin.assistant.usage = async () => ({ ...range, usage: usage.map((row) => ({ ...row, cost: null })) })
  await mountConsole(fake, { path: '/settings/model', width: 360 })
  await expect.element(page.getByText('944,898 tokens, no price set')).toBeVisible()
  expect(await axeViolations()).toEqual([])
})

it('lets a guest read it, and change nothing', async () => {
  await open({ role: 'super_admin', visiting: { reason: 'They asked' } })
  await expect.element(toggle()).toBeDisabled()
})

it('is no page of agents', async () => {
  await open({ role: 'agent' })
  await expect.element(page.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Model' })).not.toBeInTheDocument()
})
