import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole } from '../../testing/fake-console.js'
import { mountConsole } from '../../testing/mount-console.js'
import { minutesAgo, sampleId } from '../../testing/sample-data.js'
import { sampleDetail, samplePayment } from '../../testing/sample-payments.js'
import { deedText } from './history-text.js'

const WAITING = `/payments/${sampleId(4001)}`
const PAID = `/payments/${sampleId(4002)}`
const REFUNDED = `/payments/${sampleId(4004)}`
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog', { name: 'Refund' })
const amount = () => dialog().getByRole('textbox', { name: 'Amount' })

it('shows the books of a payment, its refunds and its history', async () => {
  await mountConsole(createFakeConsole({ role: 'client_admin' }), { path: REFUNDED })
  const money = page.getByRole('table', { name: 'Money' })
  await expect.element(money.getByRole('row', { name: /Came in/ })).toHaveTextContent('₹10,000.00')
  await expect.element(money.getByRole('row', { name: /Went back/ })).toHaveTextContent('-₹4,000.00')
  await expect.element(page.getByText('Kept ₹6,000.00')).toBeVisible()
  await expect.element(page.getByRole('table', { name: 'Refunds' })).toHaveTextContent(/Fewer seats.*Sent/)
  await expect.element(page.getByRole('region', { name: 'History' })).toHaveTextContent(/Requested: ₹3,000.00/)
  expect(await axeViolations()).toEqual([])
})

it('sends back a part by the keyboard alone: the amount is typed, and what stays is said', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  await mountConsole(fake, { path: REFUNDED })
  await button('Refund…').click()
  await expect.element(amount()).toHaveFocus()
  await expect.element(amount()).toHaveAccessibleDescription('₹6,000.00 is left. Type 6000.00 for all of it, or less.')
  await expect.element(dialog().getByRole('button', { name: 'Refund', exact: true })).toBeDisabled()
  await userEvent.keyboard('1500{Tab}One seat less')
  await expect.element(dialog()).toHaveTextContent('₹4,500.00 stays.')
  expect(await axeViolations()).toEqual([])
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog()).not.toBeInTheDocument()
  const paymentId = sampleDetail(samplePayment(4, { paidMinor: 1, refundedMinor: 0 })).captures[0]?.paymentId
  expect(fake.calls).toEqual([`refund ${JSON.stringify({ paymentId, amountMinor: 150_000, reason: 'One seat less' })}`])
  await expect.element(page.getByText('Kept ₹4,500.00')).toBeVisible()
})

it('says that all goes back, and refuses more than is left', async () => {
  await mountConsole(createFakeConsole({ role: 'client_admin' }), { path: REFUNDED })
  await button('Refund…').click()
  await dialog().getByLabelText('Why').fill('Called off')
  await amount().fill('6000.01')
  await expect.element(amount()).toHaveAccessibleDescription(/Only ₹6,000.00 is left\./)
  await expect.element(dialog().getByRole('button', { name: 'Refund', exact: true })).toBeDisabled()
  await amount().fill('6000')
  await expect.element(dialog()).toHaveTextContent('All that is left goes back.')
  await dialog().getByRole('button', { name: 'Refund ₹6,000.00' }).click()
  await expect.element(page.getByText('Refunded', { exact: true })).toBeVisible()
  await expect.element(button('Refund…')).not.toBeInTheDocument()
})

it('is the same refund again after a broken connection, and says why the server refuses one', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const ids: string[] = []
  fake.admin.payments.refund = async (_id, { id }) => {
    ids.push(id)
    if (ids.length === 1) throw new ChatError('OFFLINE', 'Not reachable.')
    throw new ChatError('VALIDATION_FAILED', 'amountMinor: no more can go back than has come in and stayed.', {
      field: 'amountMinor',
    })
  }
  await mountConsole(fake, { path: PAID })
  await button('Refund…').click()
  await amount().fill('10')
  await dialog().getByLabelText('Why').fill('A scratch')
  const send = dialog().getByRole('button', { name: 'Refund ₹10.00' })
  await send.click()
  await expect.element(dialog().getByRole('alert')).toHaveTextContent('The server cannot be reached.')
  await send.click()
  await expect.element(amount()).toHaveAccessibleDescription(/no more can go back than has come in and stayed/)
  expect(ids[1]).toBe(ids[0])
})

it('lets one choose which of two payments goes back', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const payment = samplePayment(2, { state: 'overpaid', status: 'paid', paidMinor: 300_000 })
  const detail = sampleDetail(payment)
  const [first] = detail.captures
  if (!first) throw new Error('no capture')
  const second = { ...first, paymentId: 'pay_second', amountMinor: 50_000, refundableMinor: 50_000 }
  fake.admin.payments.get = async () => ({ ...detail, captures: [first, second] })
  await mountConsole(fake, { path: PAID })
  await button('Refund…').click()
  await dialog().getByLabelText('Of which payment').selectOptions('pay_second')
  await expect.element(amount()).toHaveAccessibleDescription(/₹500.00 is left/)
})

it('shows a refund that Razorpay refused, with its reason', async () => {
  const fake = createFakeConsole()
  const detail = sampleDetail(samplePayment(4, { paidMinor: 1_000, refundedMinor: 500 }))
  const error = 'The payment is more than six months old.'
  fake.admin.payments.get = async () => ({
    ...detail,
    refunds: detail.refunds.map((refund) => ({ ...refund, state: 'refused', error })),
  })
  await mountConsole(fake, { path: REFUNDED })
  await expect.element(page.getByRole('table', { name: 'Refunds' })).toHaveTextContent(new RegExp(`${error}.*Refused`))
})

it('offers no refund to an agent, but says who can', async () => {
  await mountConsole(createFakeConsole(), { path: PAID })
  await expect.element(page.getByText('An admin can refund it.')).toBeVisible()
  await expect.element(button('Refund…')).not.toBeInTheDocument()
  await expect.element(button('Ask Razorpay now')).toBeVisible()
})

it('offers no refund of what is disputed', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.payments.get = async () => sampleDetail(samplePayment(2, { state: 'disputed', paidMinor: 300_000 }))
  await mountConsole(fake, { path: PAID })
  await expect.element(page.getByText('The bank decides', { exact: false })).toBeVisible()
  await expect.element(button('Refund…')).not.toBeInTheDocument()
})

it('[C6] offers a reader and a guest nothing that does anything', async () => {
  const { unmount } = await mountConsole(createFakeConsole({ role: 'client_user' }), { path: WAITING })
  await expect.element(page.getByRole('heading', { name: 'Name approval' })).toBeVisible()
  const names = () => page.getByRole('main').getByRole('button').elements()
  expect(names()).toEqual([])
  unmount()
  const visiting = { reason: 'They asked' }
  await mountConsole(createFakeConsole({ role: 'super_admin', visiting }), { path: PAID })
  await expect.element(page.getByRole('heading', { name: 'Digital signatures' })).toBeVisible()
  for (const name of ['Refund…', 'Ask Razorpay now', 'Cancel the payment'])
    await expect.element(button(name)).not.toBeInTheDocument()
})

it('asks Razorpay, and shows what has come of it', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake, { path: WAITING })
  await expect.element(button('Ask Razorpay now')).toBeVisible()
  fake.admin.payments.get = async () => sampleDetail(samplePayment(1, { state: 'paid', paidMinor: 149_950 }))
  await button('Ask Razorpay now').click()
  await expect.element(page.getByText('Came in')).toBeVisible()
  expect(fake.calls).toEqual(['check payment'])
})

it('cancels what nobody has paid', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake, { path: WAITING })
  await button('Cancel the payment').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the payment' }).click()
  await expect.element(page.getByText('Cancelled', { exact: true })).toBeVisible()
  expect(fake.calls).toEqual(['cancel payment'])
})

it('stays when the conversation is gone', async () => {
  await mountConsole(createFakeConsole(), { path: REFUNDED })
  await expect.element(page.getByText('Erased: its payments stay')).toBeVisible()
})

it.each([
  ['payment.create', { amount: { from: null, to: '₹5.00' } }, 'Requested: ₹5.00'],
  ['payment.refund', { refund: { from: null, to: '₹5.00' } }, 'Refund ordered: ₹5.00'],
  ['payment.cancel', undefined, 'Cancelled'],
  ['payment.settle', { settled: { from: null, to: 'pay_1' } }, 'Marked as dealt with: pay_1'],
  ['payment.check', { state: { from: 'issued', to: 'paid_late' } }, 'Now: Paid late'],
  ['payment.check', undefined, 'Noticed'],
  ['payment.later', undefined, 'payment.later'],
])('says in words what was done: %s', (action, changes, words) => {
  expect(deedText({ action, ...(changes ? { changes } : {}) })).toBe(words)
})

it('has a link to copy where it is paid at a page of Razorpay’s', async () => {
  const fake = createFakeConsole()
  const url = 'https://rzp.io/l/abc'
  const payment = samplePayment(1, { kind: 'link', url, expiresAt: minutesAgo(-90) })
  fake.admin.payments.get = async () => sampleDetail(payment)
  await mountConsole(fake, { path: WAITING })
  await expect.element(page.getByText(url)).toBeVisible()
  await expect.element(button('Copy: Payment link')).toBeVisible()
})

it('follows what is told in its conversation, and says of a payment that is made no more why a try had failed', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const [row, ...others] = fake.client.$inbox.get()
  if (!row) throw new Error('no sample')
  const failed = { ...samplePayment(1), conversationId: row.id, state: 'attempted' as const, failure: 'card_declined' }
  let payment: typeof failed | (Omit<typeof failed, 'state'> & { state: 'paid' }) = failed
  fake.admin.payments.get = async () => sampleDetail(payment)
  await mountConsole(fake, { path: WAITING })
  await expect.element(page.getByText('The last try failed. Razorpay says: card declined.')).toBeVisible()
  await expect.element(page.getByText('Ends', { exact: true })).toBeVisible()
  payment = { ...failed, state: 'paid' }
  fake.client.$inbox.set([{ ...row, headSeq: row.headSeq + 1 }, ...others])
  await expect.element(page.getByText('Paid', { exact: true })).toBeVisible()
  await expect.element(page.getByText(/The last try failed/)).not.toBeInTheDocument()
  await expect.element(page.getByText('Ends', { exact: true })).not.toBeInTheDocument()
})
