import { PAYMENT_LINK, type PaymentBooks, type TestServer } from '@chatdesk/core/testing'
import type { VisitorPayment } from '@chatdesk/protocol'
import type { Meta, StoryObj } from '@storybook/preact-vite'
import { drawn, press, shows } from '../fixtures/in-widget.js'
import { storyDefaults } from '../fixtures/story-defaults.js'
import type { StoryWidget, StoryWidgetProps } from '../fixtures/story-widget.js'

const meta: Meta<typeof StoryWidget> = {
  ...storyDefaults,
  title: 'Payments',
  args: { ...storyDefaults.args, before: order, settings: { payments: true } },
}

export default meta
type Story = StoryObj<typeof StoryWidget>

/** What is talked about. */
function order(server: TestServer): void {
  server.startConversation()
  server.visitorSays('Please go ahead with the registration.')
  server.agentSays('Gladly! Here is what is to be paid.')
}

const REGISTRATION: Partial<VisitorPayment> = {
  ...{
    purpose: 'Registration of a private limited company',
    amountMinor: 699_900,
    expiresAt: '2036-05-01T12:30:00.000Z',
  },
}

/** A payment that was asked for, and then stood so. */
const asks =
  (...later: Partial<VisitorPayment>[]) =>
  (books: PaymentBooks): void => {
    for (const changes of [REGISTRATION, ...later]) books.tell(1, changes)
  }

/** A story of one card that stands so. */
const card = (...later: Partial<VisitorPayment>[]): Story => ({
  args: { payments: asks(...later) },
  play: shows('.payment .payment-amount'),
})

export const Asked: Story = card()

export const AskedDark: Story = { ...Asked, args: { ...Asked.args, theme: 'dark' } }

export const AskedPhone: Story = { ...Asked, globals: { viewport: { value: 'phone' } } }

export const Failed: Story = card({ failures: 2 })

export const Checked: Story = card({ status: 'verifying' })

export const PaidInPart: Story = card({ status: 'partially_paid', paidMinor: 300_000 })

export const Paid: Story = card(
  { failures: 1 },
  { status: 'paid', paidMinor: 699_900, receipt: { number: 7, path: '/api/payments/receipts/r7' } },
)

export const Expired: Story = card({ status: 'expired' })

export const Cancelled: Story = card({ status: 'cancelled' })

export const SentBack: Story = card({ status: 'refunded', paidMinor: 699_900, refundedMinor: 699_900 })

export const SentBackInPart: Story = card({ status: 'partially_refunded', paidMinor: 699_900, refundedMinor: 150_000 })

/** Words without a gap, and an amount of many figures. */
export const Long: Story = card({
  purpose: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, Eintragung und Gebühren',
  amountMinor: 9_007_199_254_740_991,
  currency: 'KWD',
})

/** Pressed where there is no window to be had. */
export const Link: Story = {
  args: {
    payments(books) {
      asks()(books)
      books.checkouts = [PAYMENT_LINK]
    },
  },
  async play() {
    await press('.payment button.primary-action')
    await drawn('.payment a.primary-action')
  },
}

/** Pressed while the server has no answer. */
export const Refused: Story = {
  args: {
    payments(books) {
      asks()(books)
      books.checkouts = ['refused']
    },
  },
  async play() {
    await press('.payment button.primary-action')
    await drawn('.payment [role="status"]:not(:empty)')
  },
}

/** The provider's window was opened, and closed. */
export const Closed: Story = {
  args: { payments: asks() },
  async play() {
    // A story may stand in a frame: the window opens over the uppermost page.
    const page = window.top as Window & { Razorpay?: unknown }
    page.Razorpay = class {
      constructor(private readonly given: { modal: { ondismiss(): void } }) {}
      on() {}
      open() {
        this.given.modal.ondismiss()
      }
    }
    await press('.payment button.primary-action')
    await drawn('.payment [role="status"]:not(:empty)')
    page.Razorpay = undefined
  },
}

async function openList(): Promise<void> {
  await press('[data-action="menu"]')
  await press('[role="menuitem"]:nth-child(2)')
  await drawn('[data-part="payments"][aria-busy="false"]')
}

const list = (payments: StoryWidgetProps['payments'] & object = () => {}): Story => ({
  args: { payments },
  play: openList,
})

export const List: Story = list((books) => {
  books.change(1, { ...REGISTRATION, status: 'paid', paidMinor: 699_900 })
  books.change(2, { purpose: 'Trade mark', amountMinor: 450_000, status: 'partially_refunded', refundedMinor: 50_000 })
  books.change(3, { purpose: 'Annual return', amountMinor: 249_950, failures: 1 })
})

export const ListEmpty: Story = list()

export const ListFailed: Story = list((books) => {
  books.reachable = false
})
