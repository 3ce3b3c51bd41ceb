import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole, type FakeConsole } from '../../testing/fake-console.js'
import { mountConsole } from '../../testing/mount-console.js'
import { minutesAgo, SAMPLE_NOW, sampleId } from '../../testing/sample-data.js'
import { samplePaymentMessage } from '../../testing/sample-payments.js'

const PATH = `/conversations/${sampleId(1)}`
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const section = () =>
  page.getByRole('complementary', { name: 'Details' }).getByRole('region', { name: 'Payments', exact: true })
const dialog = () => page.getByRole('dialog', { name: 'Request a payment' })
const amount = () => dialog().getByRole('textbox', { name: 'Amount' })

async function asking(fake: FakeConsole = createFakeConsole()) {
  await mountConsole(fake, { path: PATH, width: 1200 })
  await button('Request a payment').click()
  await expect.element(amount()).toHaveFocus()
  return fake
}

function tell(fake: FakeConsole, ...messages: ReturnType<typeof samplePaymentMessage>[]) {
  const { $timeline } = fake.client.conversation(sampleId(1))
  $timeline.set([...$timeline.get(), ...messages])
}

it('asks for an amount by the keyboard alone, and shows word by word what will be sent before it is', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake, { path: PATH, width: 1200 })
  await expect.element(button('Request a payment')).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await userEvent.keyboard('request a pay{Enter}')
  await expect.element(amount()).toHaveFocus()
  await userEvent.keyboard('1,499.5{Tab}{Tab}Name approval{Tab}')
  await dialog().getByLabelText('It ends').selectOptions('In 24 hours')
  expect(await axeViolations()).toEqual([])
  await button('Review').click()
  const send = button('Request ₹1,499.50')
  await expect.element(send).toHaveFocus()
  for (const words of ['Name approval', 'Anaya Deshmukh', 'Northwind Registrations', 'No money moves.'])
    await expect.element(dialog().getByText(words, { exact: false })).toBeVisible()
  const expiresAt = new Date(SAMPLE_NOW + 24 * 3_600_000).toISOString()
  await expect.element(dialog().getByRole('time')).toHaveAttribute('datetime', expiresAt)
  expect(await axeViolations()).toEqual([])
  expect(fake.calls).toEqual([])
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog()).not.toBeInTheDocument()
  const told = { purpose: 'Name approval', amountMinor: 149_950, currency: 'INR', expiresAt }
  expect(fake.calls).toEqual([`request payment ${JSON.stringify(told)}`])
})

it('goes on only with an amount that its currency has', async () => {
  const fake = await asking()
  await button('Review').click()
  await expect.element(amount()).toHaveAccessibleDescription('How much?')
  await expect.element(dialog().getByLabelText('What for')).toHaveAccessibleDescription(/What is it for\?/)
  await amount().fill('10.505')
  await expect.element(amount()).toHaveAccessibleDescription('INR has 2 digits behind the point.')
  await dialog().getByLabelText('Currency').selectOptions('JPY')
  await expect.element(amount()).toHaveAccessibleDescription('JPY has no smaller unit.')
  await amount().fill('10')
  await dialog().getByLabelText('What for').fill('Stamps')
  await button('Review').click()
  await expect.element(button('Request ¥10')).toBeVisible()
  expect(fake.calls).toEqual([])
})

it('ends at a time of one’s choice, but not too soon', async () => {
  await asking()
  await amount().fill('10')
  await dialog().getByLabelText('What for').fill('Stamps')
  await dialog().getByLabelText('It ends').selectOptions('At a time of your choice')
  const at = dialog().getByLabelText('At', { exact: true })
  await at.fill('2026-11-17T12:10')
  await button('Review').click()
  await expect.element(at).toHaveAccessibleDescription('A quarter of an hour from now, or later.')
  await at.fill('2026-11-17T18:00')
  await button('Review').click()
  const moment = new Date(2026, 10, 17, 18).toISOString()
  await expect.element(dialog().getByRole('time')).toHaveAttribute('datetime', moment)
})

it('keeps what was written on the way back', async () => {
  await asking()
  await amount().fill('10')
  await dialog().getByLabelText('What for').fill('Stamps')
  await button('Review').click()
  await button('Back').click()
  await expect.element(amount()).toHaveValue('10')
  await expect.element(dialog().getByLabelText('What for')).toHaveValue('Stamps')
})

it('asks for the same payment again after a broken connection, and for another one after a refusal', async () => {
  const fake = createFakeConsole()
  const ids: string[] = []
  const fails: ChatError[] = [
    new ChatError('OFFLINE', 'Not reachable.'),
    new ChatError('VALIDATION_FAILED', 'The payment provider refused this: The amount must be at least INR 1.00'),
  ]
  const { request } = fake.admin.payments
  fake.admin.payments.request = async (conversationId, input) => {
    ids.push(input.id)
    const failure = fails.shift()
    if (failure) throw failure
    return request(conversationId, input)
  }
  await asking(fake)
  await amount().fill('0.50')
  await dialog().getByLabelText('What for').fill('Stamps')
  await button('Review').click()
  const send = button('Request ₹0.50')
  await send.click()
  await expect.element(dialog().getByRole('alert')).toHaveTextContent('The server cannot be reached.')
  await send.click()
  await expect.element(dialog().getByRole('alert')).toHaveTextContent('The amount must be at least INR 1.00')
  await send.click()
  await expect.element(dialog()).not.toBeInTheDocument()
  expect(ids[1]).toBe(ids[0])
  expect(ids[2]).not.toBe(ids[0])
})

it('keeps the form open while the payments of the conversation cannot be read', async () => {
  const fake = await asking()
  await amount().fill('10')
  fake.admin.payments.list = () => Promise.reject(new ChatError('OFFLINE', 'Not reachable.'))
  tell(fake, samplePaymentMessage(13, 0))
  await expect.element(button('Request a payment')).not.toBeInTheDocument()
  await expect.element(amount()).toHaveValue('10')
})

it('offers nothing where no account is connected, nor to those who only read', async () => {
  const fake = createFakeConsole()
  await fake.admin.payments.disconnect()
  const { unmount } = await mountConsole(fake, { path: PATH, width: 1200 })
  await expect.element(page.getByText('I am back :)')).toBeVisible()
  await expect.element(button('Request a payment')).not.toBeInTheDocument()
  unmount()
  await mountConsole(createFakeConsole({ role: 'client_user' }), { path: PATH, width: 1200 })
  await expect.element(page.getByText('I am back :)')).toBeVisible()
  await expect.element(button('Request a payment')).not.toBeInTheDocument()
})

it('[M1] shows what is newest of a payment as a card, and what came before as a line', async () => {
  const fake = createFakeConsole()
  tell(
    fake,
    samplePaymentMessage(13, 5, { failures: 0 }),
    samplePaymentMessage(14, 3, { version: 2, failures: 2, expiresAt: minutesAgo(-60) }),
  )
  await mountConsole(fake, { path: PATH, width: 1200 })
  const log = page.getByRole('log')
  const card = log.getByRole('article', { name: 'Payment: Name approval, ₹1,499.50' })
  await expect.element(card).toHaveTextContent(/Waiting to be paid.*2 tries have failed.*Until/)
  await expect.element(log.getByText('Payment requested: Name approval, ₹1,499.50')).toBeVisible()
  await expect
    .element(card.getByRole('link', { name: 'Open the payment: Name approval' }))
    .toHaveAttribute('href', `/payments/${sampleId(4001)}`)
  expect(await axeViolations()).toEqual([])
  tell(
    fake,
    samplePaymentMessage(15, 1, {
      version: 3,
      status: 'partially_refunded',
      paidMinor: 149_950,
      refundedMinor: 50_000,
    }),
  )
  await expect.element(card).toHaveTextContent(/Refunded in part.*₹500.00 has gone back/)
  await expect.element(card.getByRole('button')).not.toBeInTheDocument()
})

it('cancels a payment when that is confirmed, and says why it cannot be', async () => {
  const fake = createFakeConsole()
  tell(fake, samplePaymentMessage(13, 5))
  const { cancel } = fake.admin.payments
  fake.admin.payments.cancel = async () => {
    throw new ChatError('VALIDATION_FAILED', 'What has been paid is refunded, not cancelled.')
  }
  await mountConsole(fake, { path: PATH, width: 1200 })
  await page.getByRole('article').getByRole('button', { name: 'Cancel the payment' }).click()
  const asked = page.getByRole('dialog', { name: 'Cancel the payment?' })
  await asked.getByRole('button', { name: 'Cancel the payment' }).click()
  await expect.element(asked.getByRole('alert')).toHaveTextContent('What has been paid is refunded, not cancelled.')
  fake.admin.payments.cancel = cancel
  await asked.getByRole('button', { name: 'Cancel the payment' }).click()
  await expect.element(asked).not.toBeInTheDocument()
  expect(fake.calls).toEqual(['cancel payment'])
})

it('[C6] shows a reader the card without anything that changes it', async () => {
  const fake = createFakeConsole({ role: 'client_user' })
  tell(fake, samplePaymentMessage(13, 5))
  await mountConsole(fake, { path: PATH, width: 1200 })
  await expect.element(page.getByRole('article', { name: /^Payment: / })).toBeVisible()
  await expect.element(button('Cancel the payment')).not.toBeInTheDocument()
})

it('lists the payments of a conversation beside it, anew with each that the log tells of', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake, { path: PATH, width: 1600 })
  await expect.element(section()).toHaveTextContent(/₹1,499.50Name approvalWaiting.*₹3,000.00Digital signaturesPaid/)
  await expect
    .element(section().getByRole('link', { name: /Digital signatures/ }))
    .toHaveAttribute('href', `/payments/${sampleId(4002)}`)
  expect(await axeViolations()).toEqual([])
  await fake.admin.payments.cancel(sampleId(4001))
  tell(fake, samplePaymentMessage(13, 0, { version: 2, status: 'cancelled' }))
  await expect.element(section()).toHaveTextContent(/Name approvalCancelled/)
})

it('asks for a payment from the details as well', async () => {
  await mountConsole(createFakeConsole(), { path: PATH, width: 1600 })
  await section().getByRole('button', { name: 'Request a payment' }).click()
  await expect.element(amount()).toHaveFocus()
})

it('says in the details that no account is connected, and sends an admin there', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.payments.list = async () => ({ payments: [], nextCursor: null, accountMode: null })
  const { unmount } = await mountConsole(fake, { path: PATH, width: 1600 })
  await expect
    .element(section().getByRole('link', { name: 'Connect one' }))
    .toHaveAttribute('href', '/settings/payments')
  unmount()
  const agent = createFakeConsole()
  agent.admin.payments.list = fake.admin.payments.list
  await mountConsole(agent, { path: PATH, width: 1600 })
  await expect.element(section()).toHaveTextContent('No account is connected to take money.')
  await expect.element(section().getByRole('link')).not.toBeInTheDocument()
})
