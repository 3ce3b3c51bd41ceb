import { createPaymentBooks, PAYMENT_LINK, PAYMENT_ORDER, type PaymentBooks } from '@chatdesk/core/testing'
import type { VisitorPayment } from '@chatdesk/protocol'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { chooseFromMenu } from '../../testing/choose-from-menu.js'
import { shadow, violations } from '../../testing/drawn-widget.js'
import { fakeRazorpay } from '../../testing/fake-razorpay.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const cards = () => [...shadow().querySelectorAll<HTMLElement>('[data-part="payment"]')]
const card = () => cards().at(-1) as HTMLElement
const button = (name = 'Pay ₹500.00') => page.getByRole('button', { name })
const asked = (books: PaymentBooks, what: string) => books.calls.filter((call) => call.what === what)

/** A conversation in which these payments were asked for. */
function asking(payments: Partial<VisitorPayment>[] = [{}], options: Parameters<typeof mountTestWidget>[0] = {}) {
  const books = createPaymentBooks()
  const { server: prepare, client, ...rest } = options
  const mounted = mountTestWidget({
    open: true,
    ...rest,
    client: { fetch: books.fetch, ...client },
    server(server) {
      server.startConversation()
      books.join(server)
      payments.forEach((payment, index) => {
        books.tell(index + 1, payment)
      })
      prepare?.(server)
    },
  })
  return { books, ...mounted }
}

beforeEach(() => page.viewport(900, 700))

describe('P1: a payment card', () => {
  it('says how much, what for, to whom, until when and how it stands, with one button', async () => {
    asking([{ expiresAt: '2036-05-01T10:00:00.000Z', amountMinor: 12_345_600 }], { locale: 'en-IN' })
    await expect.element(button('Pay ₹1,23,456.00')).toBeVisible()
    expect(card().textContent).toContain('To be paid')
    expect(card().textContent).toContain('A chair')
    expect(card().textContent).toContain('Demo')
    expect(card().textContent).toContain('Please pay by 1 May 2036')
    expect(card().textContent).toContain('Secured by Razorpay')
  })

  it.each([
    [{ status: 'verifying' }, 'Being checked', 'We are checking'],
    [{ status: 'paid', paidMinor: 50_000 }, 'Paid', ''],
    [{ status: 'expired' }, 'Expired', ''],
    [{ status: 'cancelled' }, 'Cancelled', ''],
    [{ status: 'refunded', paidMinor: 50_000, refundedMinor: 50_000 }, 'Refunded', '₹500.00 has been sent back.'],
    [{ status: 'partially_refunded', refundedMinor: 20_000 }, 'Partly refunded', '₹200.00 has been sent back.'],
    [{ expiresAt: '2026-01-01T00:00:00.000Z' }, 'Expired', ''],
  ] as [Partial<VisitorPayment>, string, string][])('of %j is %s, and cannot be paid', async (payment, word, fact) => {
    asking([payment])
    await expect.poll(() => cards().length).toBe(1)
    expect(card().textContent).toContain(word)
    expect(card().textContent).toContain(fact)
    expect(card().querySelector('.primary-action')).toBeNull()
  })

  it('bug 12: says of tries that have failed that nothing was taken, and lets another one be made', async () => {
    asking([{ failures: 2 }])
    await expect.element(page.getByText('Tries that did not go through: 2. Nothing was taken.')).toBeVisible()
    await expect.element(button()).toBeVisible()
  })

  it('lets the rest be paid of what is paid in part', async () => {
    asking([{ status: 'partially_paid', paidMinor: 20_000 }])
    await expect.element(button('Pay ₹300.00')).toBeVisible()
    await expect.element(page.getByText('₹200.00 of ₹500.00 has been paid.')).toBeVisible()
  })

  it('leads to the receipt of what was paid, once the server has said where that is', async () => {
    const receipt = { number: 7, path: '/api/payments/receipts/r7' }
    const { books } = asking()
    await expect.element(button()).toBeVisible()
    books.tell(1, { status: 'paid', paidMinor: 50_000, receipt })
    const link = page.getByRole('link', { name: 'Receipt (in a new tab)' })
    await expect.element(link).toHaveAttribute('href', 'https://chat.example/api/payments/receipts/r7')
    await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer')
  })

  it('[X7] is words where it is none that is known', async () => {
    asking([{ status: 'bartered' as 'paid' }])
    await expect.element(page.getByText('In words: A chair')).toBeVisible()
    expect(cards()).toEqual([])
  })

  it('stands for the newest of a payment alone; what was told before is a line', async () => {
    const { books } = asking([{}, { purpose: 'A table' }])
    await expect.poll(() => cards().length).toBe(2)
    books.tell(1, { status: 'paid', paidMinor: 50_000 })
    await expect.element(page.getByText('Paid', { exact: true })).toBeVisible()
    expect(cards().map((each) => each.querySelector('.payment-purpose')?.textContent)).toEqual(['A table', 'A chair'])
    expect(shadow().querySelector('.payment-line')?.textContent).toBe('To be paid · ₹500.00')
  })
})

describe('P1: the button', () => {
  it('bug 20: opens the window of the server’s own order, and the layer of the widget is lowered meanwhile', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
    expect(razorpay.opened[0]).toMatchObject({
      ...{
        key: PAYMENT_ORDER.keyId,
        order_id: PAYMENT_ORDER.orderId,
        amount: 50_000,
        currency: 'INR',
        name: 'Northwind',
      },
      prefill: { name: 'Asha' },
    })
    expect(asked(books, 'POST /1/checkout').map(({ body }) => body)).toEqual([{}])
    const host = shadow().host as HTMLElement
    expect(host.style.zIndex).toBe('-1')
    await expect.element(button()).toHaveAttribute('aria-disabled', 'true')
    await expect.element(page.getByText('A trial: no money is moved.')).toBeInTheDocument()
    razorpay.dismiss()
    await expect.poll(() => host.style.zIndex).toBe('')
  })

  it('hands a claim to the server and believes nothing: it is checked until the log says more', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
    razorpay.claim()
    await expect
      .poll(() => asked(books, 'POST /1/claim'))
      .toEqual([{ what: 'POST /1/claim', body: { paymentId: 'pay_1', signature: 'signed' } }])
    await expect.element(page.getByText('We are checking whether your payment has arrived.')).toBeVisible()
    expect(card().textContent).toContain('To be paid')
    await expect.element(button()).toHaveAttribute('aria-disabled', 'true')
    await expect.poll(() => asked(books, 'POST /1/check').length).toBeGreaterThan(0)
    books.tell(1, { status: 'paid', paidMinor: 50_000 })
    await expect.element(page.getByText('Paid', { exact: true })).toBeVisible()
    expect(card().textContent).not.toContain('We are checking')
  })

  it('bug 11: never says that a window which was closed has failed, asks the server, and can be pressed again', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
    razorpay.dismiss()
    await expect.element(page.getByText('We are checking whether your payment has arrived.')).toBeVisible()
    await expect.poll(() => asked(books, 'POST /1/check').length).toBe(1)
    expect(card().textContent).not.toMatch(/fail|did not/i)
    await expect.element(button()).toHaveAttribute('aria-disabled', 'false')
    // What is known opens within the press.
    ;(button().element() as HTMLElement).click()
    expect(razorpay.opened.length).toBe(2)
    expect(asked(books, 'POST /1/checkout').length).toBe(1)
  })

  it('shows what the server has found out, though the log says nothing yet', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
    books.change(1, { status: 'paid', paidMinor: 50_000 })
    razorpay.dismiss()
    await expect.element(page.getByText('Paid', { exact: true })).toBeVisible()
  })

  it('is not checked any more once the claim was answered with what has come in', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
    books.change(1, { status: 'paid', paidMinor: 50_000 })
    razorpay.claim()
    await expect.element(page.getByText('Paid', { exact: true })).toBeVisible()
    expect(card().textContent).not.toContain('We are checking')
    expect(asked(books, 'POST /1/check')).toEqual([])
  })

  it('bug 11: is checked for a minute; what was claimed is still being checked then, and may be tried again', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    razorpay.claim()
    await expect.poll(() => asked(books, 'POST /1/check').length).toBe(1)
    await expect.element(button()).toHaveAttribute('aria-disabled', 'true')
    for (const [seconds, checks] of [
      [3, 2],
      [7, 3],
      [20, 4],
      [30, 5],
    ] as const) {
      await vi.advanceTimersByTimeAsync(seconds * 1_000)
      await expect.poll(() => asked(books, 'POST /1/check').length).toBe(checks)
    }
    await expect.element(button()).toHaveAttribute('aria-disabled', 'false')
    await expect.element(page.getByText('We are checking whether your payment has arrived.')).toBeVisible()
  })

  it('bug 11: goes on checking though a failed try was told while the window was open', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
    razorpay.fail()
    books.tell(1, { failures: 1 })
    await expect.element(page.getByText('Tries that did not go through: 1.')).toBeVisible()
    razorpay.claim()
    await expect.poll(() => asked(books, 'POST /1/claim').length).toBe(1)
    await expect.element(page.getByText('We are checking whether your payment has arrived.')).toBeVisible()
    await expect.element(button()).toHaveAttribute('aria-disabled', 'true')
  })

  it('asks anew what is to be paid once there are news of it', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
    books.tell(1, { failures: 1 })
    await expect.element(page.getByText('Tries that did not go through: 1.')).toBeVisible()
    razorpay.dismiss()
    await expect.element(button()).toHaveAttribute('aria-disabled', 'false')
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(2)
    expect(asked(books, 'POST /1/checkout').length).toBe(2)
  })

  it('bug 18, bug 19: leads to a page where there is no window to be had', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    const razorpay = window.top as Window & { Razorpay?: unknown }
    razorpay.Razorpay = class {
      constructor() {
        throw new Error('no window here')
      }
    }
    const { books } = asking()
    await userEvent.click(button())
    const link = page.getByRole('link', { name: 'Open the payment page (in a new tab)' })
    await expect.element(link).toHaveAttribute('href', 'https://pay.example/l/1')
    await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer')
    expect(asked(books, 'POST /1/checkout').map(({ body }) => body)).toEqual([{}, { blocked: true }])
    await expect.poll(() => open.mock.calls).toEqual([['https://pay.example/l/1', '_blank', 'noopener,noreferrer']])
    await expect.element(page.getByText('When you have paid there, come back: it shows here by itself.')).toBeVisible()
    expect(shadow().activeElement).toBe(link.element())
    await expect.poll(() => asked(books, 'POST /1/check').length).toBeGreaterThan(0)
    razorpay.Razorpay = undefined
    open.mockRestore()
  })

  it('leaves a link to be pressed where the browser would keep a tab shut', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    vi.spyOn(navigator, 'userActivation', 'get').mockReturnValue({ isActive: false, hasBeenActive: true })
    onTestFinished(() => void vi.restoreAllMocks())
    const { books } = asking()
    books.checkouts = [PAYMENT_LINK]
    await userEvent.click(button())
    const link = page.getByRole('link', { name: 'Open the payment page (in a new tab)' })
    await expect.element(link).toBeVisible()
    expect(open).not.toHaveBeenCalled()
    expect(asked(books, 'POST /1/check')).toEqual([])
    // The tab itself is the browser's to open.
    link.element().addEventListener('click', (event) => event.preventDefault())
    await userEvent.click(link)
    await expect.poll(() => asked(books, 'POST /1/check').length).toBeGreaterThan(0)
  })

  it('follows no address that is none of the web', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    const { books } = asking()
    books.checkouts = [{ ...PAYMENT_LINK, url: 'javascript:alert(1)' } as typeof PAYMENT_LINK]
    await userEvent.click(button())
    await expect.element(page.getByText('This did not work, and nothing was taken.')).toBeVisible()
    expect(shadow().querySelector('[href^="javascript" i]')).toBeNull()
    expect(open).not.toHaveBeenCalled()
    open.mockRestore()
  })

  it('says what could not be done, and does it with the next press', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    books.checkouts = ['refused', PAYMENT_ORDER]
    await userEvent.click(button())
    await expect.element(page.getByText('This did not work, and nothing was taken. Please try again.')).toBeVisible()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
    expect(card().textContent).not.toContain('This did not work')
  })

  it('shows how it stands where it cannot be paid any more', async () => {
    const { books } = asking()
    await expect.element(button()).toBeVisible()
    books.change(1, { status: 'cancelled' })
    const payments = await (await books.fetch('https://chat.example/api/widget/payments')).json()
    books.checkouts = [{ kind: 'closed', payment: payments.payments[0] }]
    await userEvent.click(button())
    await expect.element(page.getByText('Cancelled', { exact: true })).toBeVisible()
    expect(card().querySelector('.primary-action')).toBeNull()
  })

  it('is pressed once, by keyboard as well, and what has the focus keeps it', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await expect.element(button()).toBeVisible()
    ;(button().element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}{Enter}')
    await expect.poll(() => razorpay.opened.length).toBe(1)
    expect(asked(books, 'POST /1/checkout').length).toBe(1)
    books.change(1, { status: 'paid', paidMinor: 50_000 })
    razorpay.dismiss()
    await expect.element(page.getByText('Paid', { exact: true })).toBeVisible()
    expect(shadow().activeElement).toBe(card())
  })

  it('hands the focus on to the card of the next version', async () => {
    const razorpay = fakeRazorpay()
    const { books } = asking()
    await expect.element(button()).toBeVisible()
    ;(button().element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => razorpay.opened.length).toBe(1)
    razorpay.dismiss()
    books.tell(1, { status: 'paid', paidMinor: 50_000 })
    await expect.element(page.getByText('Paid', { exact: true })).toBeVisible()
    expect(shadow().activeElement).toBe(card())
  })

  it('P4: is asked after by whoever finds it being checked, while somebody looks', async () => {
    const { books } = asking([{ status: 'verifying' }])
    await expect.poll(() => asked(books, 'POST /1/check').length).toBe(1)
  })
})

describe('W20: the list', () => {
  const settings = { payments: true }
  const menuitem = (name: string) => page.getByRole('menuitem', { name })

  it('has all payments, of other conversations too, with what is new; what is looked at is seen', async () => {
    const { books } = asking([], { server: (server) => server.changeWidget(settings) })
    books.change(1, {})
    books.change(2, { purpose: 'A table', status: 'paid', paidMinor: 50_000 })
    await expect.poll(() => shadow().querySelector('[data-action="menu"]')).toBeTruthy()
    await expect.poll(() => asked(books, 'GET ').length).toBeGreaterThan(0)
    await userEvent.click(page.getByRole('button', { name: 'Options' }))
    await expect.element(menuitem('Payments (2)')).toBeVisible()
    await userEvent.click(menuitem('Payments (2)'))
    await expect.element(page.getByRole('heading', { name: 'Payments' })).toBeVisible()
    await expect
      .poll(() => cards().map((each) => each.querySelector('.payment-purpose')?.textContent))
      .toEqual(['A table', 'A chair'])
    // All that is drawn at a time is said at once.
    await expect
      .poll(() => asked(books, 'POST /seen').map(({ body }) => (body as { payments: object[] }).payments.length))
      .toEqual([2])
    expect(shadow().activeElement).toBe(shadow().querySelector('[data-part="payments"]'))
    await userEvent.click(page.getByRole('button', { name: 'Back' }))
    await userEvent.click(page.getByRole('button', { name: 'Options' }))
    await expect.element(menuitem('Payments')).toHaveTextContent(/^Payments$/)
  })

  it('is not offered where nobody asks for payments', async () => {
    const { books } = asking([])
    await expect.poll(() => shadow().querySelector('[data-action="menu"]')).toBeTruthy()
    await userEvent.click(page.getByRole('button', { name: 'Options' }))
    await expect.element(menuitem('Search messages')).toBeVisible()
    expect(menuitem('Payments').query()).toBeNull()
    expect(books.calls).toEqual([])
  })

  it('pays as the card in the conversation does', async () => {
    const razorpay = fakeRazorpay()
    asking()
    await expect.element(button()).toBeVisible()
    await chooseFromMenu('Payments')
    await expect.poll(() => shadow().querySelector('[data-part="payments"] .payment')).toBeTruthy()
    await userEvent.click(button())
    await expect.poll(() => razorpay.opened.length).toBe(1)
  })

  it('P4: follows what was paid elsewhere once the visitor is back', async () => {
    const { books } = asking([], { server: (server) => server.changeWidget(settings) })
    books.change(1, {})
    await chooseFromMenu('Payments')
    await expect.element(button()).toBeVisible()
    books.change(1, { status: 'paid', paidMinor: 50_000 })
    window.dispatchEvent(new Event('pageshow'))
    await expect.element(page.getByText('Paid', { exact: true })).toBeVisible()
  })

  it('says that there is nothing, and what could not be loaded', async () => {
    const { books } = asking([], { server: (server) => server.changeWidget(settings) })
    books.reachable = false
    await expect.poll(() => asked(books, 'GET ').length).toBeGreaterThan(0)
    await chooseFromMenu('Payments')
    await expect.element(page.getByText('Your payments could not be loaded.')).toBeVisible()
    books.reachable = true
    await userEvent.click(page.getByRole('button', { name: 'Try again' }))
    await expect.element(page.getByText('There is nothing to pay.')).toBeVisible()
  })

  it('threat 13: is not of whoever was here before', async () => {
    const { books, handle } = asking([], { server: (server) => server.changeWidget(settings) })
    books.change(1, { purpose: 'A wig' })
    await chooseFromMenu('Payments')
    await expect.poll(() => cards().length).toBe(1)
    const before = asked(books, 'GET ').length
    await handle.run('logout', [])
    books.reachable = false
    await chooseFromMenu('Payments')
    await expect.poll(() => asked(books, 'GET ').length).toBeGreaterThan(before)
    await expect.element(page.getByText('Your payments could not be loaded.')).toBeVisible()
    expect(shadow().textContent).not.toContain('A wig')
  })
})

it('P4: of another tab of the same visitor the card follows the log', async () => {
  const { books, server } = asking([], { server: (server) => server.changeWidget({ tabs: 'shared' }) })
  books.tell(1)
  await expect.element(button()).toBeVisible()
  // Paid elsewhere: nobody pressed anything here.
  books.tell(1, { status: 'paid', paidMinor: 50_000 })
  await expect.element(page.getByText('Paid', { exact: true })).toBeVisible()
  expect(server.received.some(({ type }) => type === 'message.send')).toBe(false)
})

it.each([
  ['light', 'en'],
  ['dark', 'en'],
  ['light', 'ar'],
  ['dark', 'hi'],
] as const)('axe finds nothing in the %s theme in %s', async (theme, locale) => {
  asking([{ failures: 1 }, { status: 'paid' }, { status: 'verifying' }, { status: 'expired' }], { theme, locale })
  await expect.poll(() => cards().length).toBe(4)
  expect(await violations()).toEqual([])
})
