import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole } from '../../testing/fake-console.js'
import { mountConsole } from '../../testing/mount-console.js'
import { sampleId } from '../../testing/sample-data.js'
import { sampleDetail, samplePayment } from '../../testing/sample-payments.js'

const STRANGE = `/payments/${sampleId(4006)}`
const REPORT = '/payments/reconciliation'
const ORPHAN = 'pay_NqX8tL2vRz4Ks1'
const strangeTable = () => page.getByRole('table', { name: 'Does not fit' })
const orphans = () => page.getByRole('table', { name: 'Money that belongs to nothing' })
const offer = () => page.getByRole('button', { name: /^Mark as dealt with… pay_/ })
const dialog = () => page.getByRole('dialog', { name: 'Mark as dealt with' })
const why = () => dialog().getByRole('textbox', { name: 'Why' })
const confirm = () => dialog().getByRole('button', { name: 'Mark as dealt with', exact: true })
const paymentId = sampleDetail(samplePayment(6, { state: 'mismatch', paidMinor: 1 })).strange[0]?.paymentId

it('says what of a payment does not fit, and that it is dealt with, by the keyboard alone', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  await mountConsole(fake, { path: STRANGE })
  await expect.element(strangeTable()).toHaveTextContent(new RegExp(`${paymentId}It came in.*₹400.00`))
  await offer().click()
  await expect.element(why()).toHaveFocus()
  await expect.element(dialog()).toHaveTextContent('No money moves. ₹400.00 counts towards nothing')
  await expect.element(confirm()).toBeDisabled()
  await userEvent.keyboard('  ')
  await expect.element(confirm()).toBeDisabled()
  await userEvent.keyboard('Paid back in cash ')
  expect(await axeViolations()).toEqual([])
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog()).not.toBeInTheDocument()
  await expect.element(strangeTable()).not.toBeInTheDocument()
  expect(fake.calls).toEqual([`settle ${JSON.stringify({ paymentId, reason: 'Paid back in cash' })}`])
})

it('says of money that is only held that it has not come in', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const detail = sampleDetail(samplePayment(6, { state: 'mismatch' }))
  const strange = [{ paymentId: 'pay_held', amountMinor: 100, currency: 'INR', captured: false }]
  fake.admin.payments.get = async () => ({ ...detail, strange })
  await mountConsole(fake, { path: STRANGE })
  await expect.element(strangeTable()).toHaveTextContent(/pay_heldIt is held, and has not come in/)
})

it('takes what belongs to nothing out of the report', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  await mountConsole(fake, { path: REPORT })
  await expect.element(orphans()).toHaveTextContent(ORPHAN)
  await offer().click()
  await expect.element(dialog()).toHaveTextContent('₹999.00 stands in this report no longer')
  await why().fill('Sent back at Razorpay')
  await confirm().click()
  await expect.element(orphans()).not.toBeInTheDocument()
  await expect.element(dialog()).not.toBeInTheDocument()
  expect(fake.calls).toEqual([
    `settle orphan ${JSON.stringify({ paymentId: ORPHAN, reason: 'Sent back at Razorpay' })}`,
  ])
})

it('says why the server refuses, and keeps what was written', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.payments.settleOrphan = async () => {
    throw new ChatError('NOT_FOUND', 'No such payment.')
  }
  await mountConsole(fake, { path: REPORT })
  await offer().click()
  await why().fill('Sent back')
  await confirm().click()
  await expect.element(dialog().getByRole('alert')).not.toBeEmptyDOMElement()
  await expect.element(why()).toHaveValue('Sent back')
  await expect.element(orphans()).toHaveTextContent(ORPHAN)
})

it('offers it to nobody who may not refund, and says who can', async () => {
  const { unmount } = await mountConsole(createFakeConsole(), { path: STRANGE })
  await expect.element(page.getByText('An admin can send it back, or mark it as dealt with.')).toBeVisible()
  await expect.element(offer()).not.toBeInTheDocument()
  unmount()
  const agent = await mountConsole(createFakeConsole(), { path: REPORT })
  await expect.element(orphans()).toBeVisible()
  await expect.element(offer()).not.toBeInTheDocument()
  agent.unmount()
  const visiting = { reason: 'They asked' }
  for (const path of [STRANGE, REPORT]) {
    const guest = await mountConsole(createFakeConsole({ role: 'super_admin', visiting }), { path })
    await expect.element(path === STRANGE ? strangeTable() : orphans()).toBeVisible()
    await expect.element(offer()).not.toBeInTheDocument()
    guest.unmount()
  }
})
