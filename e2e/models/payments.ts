import { expect, type Locator, type Page } from '@playwright/test'
import { takeTurn } from '../harness/take-turn.js'

/** The provider's window over a page, and what a payer can have happen in the simulator's. */
export class CheckoutWindowModel {
  readonly amount: Locator
  readonly message: Locator
  readonly overlay: Locator

  constructor(private readonly page: Page) {
    const frame = page.frameLocator('.razorpay-checkout-frame')
    this.amount = frame.locator('#amount')
    this.message = frame.locator('#message')
    this.overlay = page.locator('.razorpay-container')
  }

  async press(outcome: string): Promise<void> {
    await this.page.frameLocator('.razorpay-checkout-frame').getByRole('button', { name: outcome, exact: true }).click()
  }
}

/** What the widget shows of one payment, in the conversation or in the list. */
export class PaymentCardModel {
  readonly card: Locator
  readonly state: Locator
  readonly button: Locator
  readonly link: Locator
  readonly receipt: Locator

  constructor(
    private readonly page: Page,
    purpose: string,
  ) {
    this.card = page.locator('[data-part="payment"]').filter({ hasText: purpose })
    this.state = this.card.locator('.payment-state')
    this.button = this.card.getByRole('button', { name: /^Pay / })
    this.link = this.card.getByRole('link', { name: 'Open the payment page (in a new tab)' })
    this.receipt = this.card.getByRole('link', { name: 'Receipt (in a new tab)' })
  }

  /** Presses the button, and waits for the window. */
  async pay(): Promise<CheckoutWindowModel> {
    await takeTurn(this.page)
    await this.button.click()
    const checkout = new CheckoutWindowModel(this.page)
    await expect(checkout.amount).toContainText('499.00')
    return checkout
  }
}
