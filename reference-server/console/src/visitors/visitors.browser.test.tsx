import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'

async function open(options: Parameters<typeof createFakeConsole>[0] = { role: 'agent' }) {
  const fake = createFakeConsole(options)
  await mountConsole(fake, { path: '/visitors' })
  await expect.element(page.getByRole('heading', { level: 1, name: 'Visitors' })).toBeVisible()
  return fake
}
const start = () => page.getByRole('button', { name: 'Start a conversation with Amara Okafor' })

it('starts a conversation by the keyboard alone, and opens it', async () => {
  const fake = await open()
  await expect.element(start()).toBeVisible()
  ;(start().element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByLabelText('Message')).toHaveFocus()
  await expect.element(page.getByRole('button', { name: 'Send' })).toBeDisabled()
  await userEvent.keyboard('Your parcel is here.{Tab}{Tab}{Enter}')
  await expect.poll(() => fake.calls).toContain('contact "Your parcel is here."')
  await expect.element(page.getByRole('heading', { level: 1, name: 'Visitors' })).not.toBeInTheDocument()
})

it('keeps the words and the id when the server cannot be reached', async () => {
  const fake = await open()
  const ids: string[] = []
  const { contact } = fake.admin.visitors
  fake.admin.visitors.contact = async (id, input) => {
    ids.push(input.clientConversationId)
    if (ids.length === 1) throw new ChatError('OFFLINE', 'Not reachable.')
    return contact(id, input)
  }
  await start().click()
  await page.getByLabelText('Message').fill('Hello')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.element(page.getByRole('alert')).toBeVisible()
  await expect.element(page.getByLabelText('Message')).toHaveValue('Hello')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

it('searches as one types, and further back when asked', async () => {
  const fake = await open()
  await page.getByLabelText('Find visitors').fill('lena')
  await expect.element(page.getByText('lena@example.test')).toBeVisible()
  await expect.element(page.getByText('Amara Okafor')).not.toBeInTheDocument()
  await page.getByLabelText('Find visitors').fill('nobody')
  await expect.element(page.getByText('Nobody found')).toBeVisible()
  expect(fake.calls.filter((call) => call.startsWith('visitors'))).toContain('visitors "nobody"')
})

it('says who cannot be reached, and leads to a conversation that is open', async () => {
  await open()
  await expect.element(page.getByText('Cannot be reached any more')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Open the conversation' })).toBeVisible()
})

it('offers nothing that writes to whoever reads only', async () => {
  await open({ role: 'client_user' })
  await expect.element(page.getByText('Amara Okafor')).toBeVisible()
  await expect.element(start()).not.toBeInTheDocument()
})

it.each([
  { width: 1280, dark: false },
  { width: 768, dark: true },
  { width: 360, dark: false },
])('has nothing for axe to find at $width px, dark: $dark', async (how) => {
  await mountConsole(createFakeConsole({ role: 'agent' }), { path: '/visitors', ...how })
  await expect.element(page.getByText('Amara Okafor')).toBeVisible()
  expect(await axeViolations()).toEqual([])
})
