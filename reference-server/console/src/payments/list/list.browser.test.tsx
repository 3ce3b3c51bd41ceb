import { ChatError, type ListPaymentsQuery } from '@chatdesk/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole, type FakeConsole } from '../../testing/fake-console.js'
import { mountConsole } from '../../testing/mount-console.js'
import { sampleId } from '../../testing/sample-data.js'
import { samplePayment } from '../../testing/sample-payments.js'

const table = () => page.getByRole('table', { name: 'Payments' })
const button = (name: string) => page.getByRole('button', { name, exact: true })

/** What the server is asked for. */
function watchQueries(fake: FakeConsole): ListPaymentsQuery[] {
  const asked: ListPaymentsQuery[] = []
  const { list } = fake.admin.payments
  fake.admin.payments.list = (query) => {
    asked.push(query)
    return list(query)
  }
  return asked
}

/** Catches what would be saved as a file. */
function catchDownloads(): { name: string; text: Promise<string> }[] {
  const saved: { name: string; text: Promise<string> }[] = []
  const make = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push({ name: '', text: (blob as Blob).text() })
    return 'blob:nothing'
  })
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const last = saved.at(-1)
    if (last) last.name = this.download
  })
  onTestFinished(() => {
    make.mockRestore()
    click.mockRestore()
  })
  return saved
}

it('lists payments with amount and state, and leads to each', async () => {
  const { location } = await mountConsole(createFakeConsole(), { path: '/payments' })
  const row = table().getByRole('row', { name: /Digital signatures/ })
  await expect.element(row).toHaveTextContent(/Anaya Deshmukh.*Test.*₹3,000.00.*Paid/)
  await expect.element(table().getByRole('row', { name: /Deposit/ })).toHaveTextContent(/-₹4,000.00 back/)
  expect(await axeViolations()).toEqual([])
  await row.getByRole('link', { name: 'Digital signatures' }).click()
  expect(location.history.at(-1)).toBe(`/payments/${sampleId(4002)}`)
})

it('is reached by the rail and by a command', async () => {
  const { location } = await mountConsole(createFakeConsole(), { path: '/tickets' })
  await page.getByRole('navigation', { name: 'ChatDesk' }).getByRole('link', { name: 'Payments' }).click()
  await expect.element(table()).toBeVisible()
  await page.getByRole('link', { name: 'Tickets' }).click()
  await userEvent.keyboard('{Control>}k{/Control}')
  await userEvent.keyboard('payments{Enter}')
  await expect.poll(() => location.history.at(-1)).toBe('/payments')
})

it('narrows by state, days of this computer, mode and words', async () => {
  const fake = createFakeConsole()
  const asked = watchQueries(fake)
  await mountConsole(fake, { path: '/payments' })
  await expect.element(table()).toBeVisible()
  await page.getByLabelText('State').selectOptions('Paid')
  await expect.element(table().getByText('Filing fee')).not.toBeInTheDocument()
  await page.getByLabelText('From', { exact: true }).fill('2026-11-01')
  await page.getByLabelText('To', { exact: true }).fill('2026-11-17')
  await page.getByLabelText('Mode').selectOptions('Test')
  await page.getByLabelText('Find').fill('  signatures ')
  await userEvent.keyboard('{Enter}')
  await expect
    .poll(() => asked.at(-1))
    .toEqual({
      ...{ state: 'paid', mode: 'test', q: 'signatures' },
      from: new Date(2026, 10, 1).toISOString(),
      before: new Date(2026, 10, 18).toISOString(),
    })
  await expect.element(table().getByText('Digital signatures')).toBeVisible()
  await page.getByLabelText('State').selectOptions('Disputed')
  await expect.element(page.getByText('Nothing here')).toBeVisible()
  await expect.element(button('Export as CSV')).toBeDisabled()
})

it('shows older ones page by page', async () => {
  const fake = createFakeConsole()
  fake.admin.payments.list = async ({ cursor }) =>
    cursor === 'next'
      ? { payments: [samplePayment(8, { purpose: 'Older' })], nextCursor: null, accountMode: 'test' }
      : { payments: [samplePayment(7)], nextCursor: 'next', accountMode: 'test' }
  await mountConsole(fake, { path: '/payments' })
  await button('Show older ones').click()
  await expect.element(table().getByText('Older')).toBeVisible()
  await expect.element(table().getByText('Name approval')).toBeVisible()
  await expect.element(button('Show older ones')).not.toBeInTheDocument()
})

it('saves all pages of what is chosen as one file', async () => {
  const fake = createFakeConsole()
  const saved = catchDownloads()
  const asked: ListPaymentsQuery[] = []
  fake.admin.payments.list = async (query) => {
    asked.push(query)
    const page = Number(query.cursor ?? 0)
    const payments = [samplePayment(page, { purpose: `Page ${page}` })]
    return { payments, nextCursor: page < 2 ? String(page + 1) : null, accountMode: 'test' }
  }
  await mountConsole(fake, { path: '/payments' })
  await page.getByLabelText('State').selectOptions('Paid')
  await expect.element(table()).toBeVisible()
  asked.length = 0
  await button('Export as CSV').click()
  await expect.poll(() => saved[0]?.name).toMatch(/^payments-\d{4}-\d\d-\d\d\.csv$/)
  const text = await saved[0]?.text
  for (const words of ['Page 0', 'Page 1', 'Page 2']) expect(text).toContain(words)
  expect(asked.map(({ state, limit, cursor }) => [state, limit, cursor])).toEqual([
    ['paid', '100', undefined],
    ['paid', '100', '1'],
    ['paid', '100', '2'],
  ])
})

it('saves no half file, and says why', async () => {
  const fake = createFakeConsole()
  const saved = catchDownloads()
  await mountConsole(fake, { path: '/payments' })
  await expect.element(table()).toBeVisible()
  fake.admin.payments.list = () => Promise.reject(new ChatError('OFFLINE', 'Not reachable.'))
  await button('Export as CSV').click()
  await expect.element(page.getByText('The server cannot be reached.', { exact: false })).toBeVisible()
  expect(saved).toEqual([])
})

it('says how the first payment comes to be, and sends an admin to connect an account', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.payments.list = async () => ({ payments: [], nextCursor: null, accountMode: null })
  await mountConsole(fake, { path: '/payments' })
  await expect.element(page.getByText('No payments yet')).toBeVisible()
  await expect
    .element(page.getByRole('link', { name: 'Connect Razorpay' }))
    .toHaveAttribute('href', '/settings/payments')
})
