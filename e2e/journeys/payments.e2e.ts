import { createHmac } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { snippet } from '../harness/snippet.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { Till } from '../harness/till.js'
import { LostNetwork } from '../models/lost-network.js'
import { chooseFromMenu } from '../models/menu.js'
import { PaymentCardModel } from '../models/payments.js'
import { WidgetModel } from '../models/widget.js'

let till: Till

test.beforeAll(async () => {
  till = await Till.open(snippet)
})
test.afterAll(() => till?.close())

const CHECKING = 'We are checking whether your payment has arrived.'

/** A tab of the shop, with the chat open. */
async function visit(context: BrowserContext): Promise<WidgetModel> {
  const page = await context.newPage()
  await page.goto(till.shop.origin)
  const widget = new WidgetModel(page)
  await widget.open()
  return widget
}

/** A visitor who has said something, and is asked for 499.00 rupees. */
async function asked(context: BrowserContext, purpose: string) {
  const widget = await visit(context)
  await widget.say(`I take: ${purpose}`)
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  await till.ask(purpose)
  const payment = new PaymentCardModel(widget.page, purpose)
  await expect(payment.state).toHaveText('To be paid')
  return { page: widget.page, widget, payment }
}

test('P1 P3 P4 P6 [M1]: what is paid in one tab is paid in the other, and the team is told', async ({
  browser,
  context,
}) => {
  const people = peopleOf(browser, till.server)
  const first = await asked(context, 'A chair')
  const theirs = new PaymentCardModel((await visit(context)).page, 'A chair')
  await expect(theirs.state).toHaveText('To be paid')

  await first.page.bringToFront()
  const checkout = await first.payment.pay()
  await checkout.press('Success')
  await expect(checkout.overlay).toBeHidden()
  for (const { state, button } of [first.payment, theirs]) {
    await expect(state).toHaveText('Paid')
    await expect(button).toHaveCount(0)
  }
  const receipt = await context.request.get(`${await theirs.receipt.getAttribute('href')}`)
  expect(await receipt.text()).toContain('A chair')
  const desk = await people.agent()
  await desk.openRow('Payment received: A chair, ₹499.00')
  await expect(desk.payment('A chair')).toContainText('Paid')
  await people.leave()
})

test('bug 11: a window that was closed has not failed, and the money that comes in later is there', async ({
  context,
}) => {
  const { payment } = await asked(context, 'A table')
  const checkout = await payment.pay()
  await checkout.press('Close')
  await expect(payment.card).toContainText(CHECKING)
  await expect(payment.state).toHaveText('To be paid')
  // Nothing holds whoever would rather pay now.
  await expect(payment.button).toHaveAttribute('aria-disabled', 'false')
  till.payElsewhere()
  await expect(payment.state).toHaveText('Paid')
})

test('bug 11: a network that is lost with the payment loses no money', async ({ context }) => {
  const { page, payment, widget } = await asked(context, 'A lamp')
  const network = await LostNetwork.of(page)
  await widget.open()
  const checkout = await payment.pay()
  await network.lose()
  // It had gone out: the bank has it, and nobody here has heard.
  till.payElsewhere()
  await checkout.press('Close')
  await expect(payment.card).toContainText(CHECKING)
  await expect(payment.state).toHaveText('To be paid')
  await network.find()
  await expect(payment.state).toHaveText('Paid')
})

test('bug 12: a try that fails is said to have failed, while the window is still open for the next', async ({
  context,
}) => {
  const { payment } = await asked(context, 'A shelf')
  const checkout = await payment.pay()
  await checkout.press('Fail')
  await expect(checkout.message).toContainText('You may try again.')
  await expect(payment.card).toContainText('Tries that did not go through: 1. Nothing was taken.')
  await checkout.press('Success')
  await expect(payment.state).toHaveText('Paid')
  await expect(payment.card).not.toContainText('did not go through')
})

test('bug 18, bug 19, [M5]: where the script is blocked, it is paid on a page of its own, which leads back to the receipt', async ({
  context,
}) => {
  const { page, payment } = await asked(context, 'A rug')
  await page.route('**/v1/checkout.js', (route) => route.abort('blockedbyclient'))
  const [bank] = await Promise.all([page.context().waitForEvent('page'), payment.button.click()])
  await expect(payment.link).toHaveAttribute('href', bank.url())
  await expect(payment.card).toContainText('When you have paid there, come back: it shows here by itself.')
  await bank.getByRole('button', { name: 'Success', exact: true }).click()
  await expect(bank.getByText('Your payment has arrived.')).toBeVisible()
  expect(bank.url()).toContain(till.server.url)
  await bank.getByRole('link', { name: 'Show the receipt' }).click()
  await expect(bank.getByText('A rug')).toBeVisible()
  await bank.close()
  await expect(payment.state).toHaveText('Paid')
})

test('P4 [M2] W20: whoever is known finds their payments on every device, and after all that a browser kept is gone', async ({
  browser,
  context,
}) => {
  const { secret } = await till.owner.call<{ secret: string }>('POST', `/widgets/${till.widgetId}/identity-keys`, {
    kind: 'hmac',
  })
  const hash = createHmac('sha256', secret).update(`v1|${till.widgetId}|ann`).digest('hex')
  const signIn = (page: Page) =>
    page
      .evaluate(`chatdesk('identify', { id: 'ann' }, { hash: '${hash}' })`)
      .then((answer) => expect(answer).toEqual({ verified: true }))
  const first = await visit(context)
  await signIn(first.page)
  await first.say('I take: A mirror')
  await expect(first.deliveryOfLast()).toContainText('Sent')
  await till.ask('A mirror')
  const payment = new PaymentCardModel(first.page, 'A mirror')
  const checkout = await payment.pay()
  await checkout.press('Success')
  await expect(payment.state).toHaveText('Paid')

  // Nothing is kept in a browser that says what was paid.
  await first.page.evaluate(() => {
    localStorage.clear()
    sessionStorage.clear()
  })
  await first.page.reload()
  await first.open()
  const device = await browser.newContext()
  for (const { page } of [first, await visit(device)]) {
    await signIn(page)
    // What was seen on one device is not new on another.
    await chooseFromMenu(page, /^Payments$/)
    await expect(new PaymentCardModel(page, 'A mirror').state).toHaveText('Paid')
  }
  await device.close()
})
