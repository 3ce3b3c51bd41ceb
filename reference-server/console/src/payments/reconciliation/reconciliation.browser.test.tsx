import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole } from '../../testing/fake-console.js'
import { mountConsole } from '../../testing/mount-console.js'
import { sampleId } from '../../testing/sample-data.js'
import { sampleReconciliation } from '../../testing/sample-payments.js'

const PATH = '/payments/reconciliation'
const days = () => page.getByRole('table', { name: 'The last 14 days' })

it('is reached from the list, and says what people have to look at', async () => {
  const { location } = await mountConsole(createFakeConsole(), { path: '/payments' })
  await page.getByRole('link', { name: 'Reconciliation' }).click()
  expect(location.history.at(-1)).toBe(PATH)
  const orphans = page.getByRole('table', { name: 'Money that belongs to nothing' })
  await expect.element(orphans).toHaveTextContent(/pay_NqX8tL2vRz4Ks1.*It was paid without an order\..*₹999.00/)
  const strange = page.getByRole('table', { name: 'Payments to look at' })
  await expect
    .element(strange.getByRole('link', { name: 'Certificate' }))
    .toHaveAttribute('href', `/payments/${sampleId(4006)}`)
  const refused = page.getByRole('table', { name: 'Refunds that Razorpay refused' })
  await expect.element(refused).toHaveTextContent('The payment is more than six months old.')
  await expect.element(page.getByText('2 wait for Razorpay to answer, the oldest for 12m')).toBeVisible()
  expect(await axeViolations()).toEqual([])
})

it('tells day by day what was compared, put right and found', async () => {
  await mountConsole(createFakeConsole(), { path: PATH })
  const row = (day: string) => days().getByRole('row', { name: new RegExp(day) })
  await expect.element(row('2026-11-17')).toHaveTextContent('2026-11-1740 payments1062')
  await expect.element(row('2026-11-16')).toHaveTextContent('2026-11-1640 payments0160')
  await expect.element(row('2026-11-15')).toHaveTextContent('40 payments, at the 4th try')
  await expect.element(row('2026-11-14')).toHaveTextContent('Not on this day')
})

it('says that the account gave no answer on a day', async () => {
  const fake = createFakeConsole()
  const [day] = sampleReconciliation().days
  if (!day) throw new Error('no day')
  fake.admin.payments.reconciliation = async () => ({
    ...sampleReconciliation(),
    days: [{ ...day, comparisons: 0, failures: 5 }],
  })
  await mountConsole(fake, { path: PATH })
  await expect.element(days().getByText('No answer')).toBeVisible()
})

it('says that nothing needs anybody, and that nothing was checked yet', async () => {
  const fake = createFakeConsole()
  const none = { orphans: [], attention: [], refusedRefunds: [], days: [] }
  const idle = { waitingWebhooks: 0, oldestWebhookAt: null, comparedAt: null }
  fake.admin.payments.reconciliation = async () => ({ ...none, ...idle })
  await mountConsole(fake, { path: PATH })
  await expect.element(page.getByText('Nothing needs anybody to look at it.')).toBeVisible()
  await expect.element(page.getByText('Never yet')).toBeVisible()
  await expect.element(page.getByText('All that came are worked on')).toBeVisible()
  await expect.element(page.getByText('Nothing was checked yet.')).toBeVisible()
})
