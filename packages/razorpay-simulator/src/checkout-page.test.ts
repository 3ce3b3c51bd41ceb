import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../scripts/test-environment/find-chromium.js'
import { createRazorpaySimulator, type RazorpaySimulator, signCheckout, signLinkCallback } from './index.js'

const KEY = { id: 'rzp_test_simPAGE', secret: 'page-secret' }
let browser: Browser
let simulator: RazorpaySimulator
let shop: Server
let shopUrl: string
let page: Page
/** What was posted or brought to the shop's callback. */
let callback: URLSearchParams | undefined

beforeAll(async () => {
  browser = await chromium.launch(chromiumLaunchOptions())
}, 60_000)
afterAll(() => browser.close())

beforeEach(async () => {
  simulator = createRazorpaySimulator({ keys: [KEY] })
  await simulator.start()
  callback = undefined
  shop = createServer((request, response) => void serveShop(request, response))
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
  page = await browser.newPage()
  await page.goto(shopUrl)
})
afterEach(async () => {
  await page.close()
  await simulator.close()
  await new Promise((resolve) => {
    shop.close(resolve)
    shop.closeAllConnections()
  })
})

/** A shop's page of another origin: it has the script, and notes what it is told. */
async function serveShop(request: IncomingMessage, response: ServerResponse) {
  const { pathname, searchParams } = new URL(request.url ?? '/', shopUrl)
  response.setHeader('content-type', 'text/html')
  if (pathname === '/') {
    response.end(`<!doctype html><script src="${simulator.url}/v1/checkout.js"></script><button id="buy">Buy</button>
      <script>
        window.told = []
        window.open_ = (options) => {
          const checkout = new Razorpay({ key: '${KEY.id}', handler: (answer) => told.push(['handler', answer]),
            ...options, modal: { ...options.modal, ondismiss: () => told.push(['dismissed']) } })
          checkout.on('payment.failed', ({ error }) => told.push(['failed', error]))
          checkout.open()
        }
      </script>`)
    return
  }
  if (pathname !== '/back') {
    response.writeHead(404).end()
    return
  }
  let body = ''
  for await (const part of request) body += part
  callback = request.method === 'POST' ? new URLSearchParams(body) : searchParams
  response.end(`<h1>Back by ${request.method}</h1>`)
}

async function api(path: string, body: object): Promise<{ id: string; short_url: string }> {
  const response = await fetch(`${simulator.url}/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64')}` },
    body: JSON.stringify(body),
  })
  return (await response.json()) as { id: string; short_url: string }
}
const newOrder = async () => (await api('/orders', { amount: 49_900, currency: 'INR' })).id
const frame = () => page.frameLocator('.razorpay-checkout-frame')
const click = (name: string) => frame().getByRole('button', { name, exact: true }).click()
const told = () => page.evaluate(() => (globalThis as unknown as { told: [string, Record<string, string>][] }).told)
const overlays = () => page.locator('.razorpay-container').count()

async function open(options: object) {
  await page.evaluate((given) => (globalThis as unknown as { open_(options: object): void }).open_(given), options)
  await frame().locator('#amount').filter({ hasText: '499.00' }).waitFor()
}

describe('the checkout', () => {
  it('hands a signed payment to the handler, and leaves the page as it was', async () => {
    const order_id = await newOrder()
    await page.locator('#buy').focus()
    await open({ order_id, amount: 49_900, name: 'Shop', description: 'Thing / दो' })
    expect(await page.evaluate(() => document.body.style.overflow)).toBe('hidden')
    expect(await frame().getByRole('heading', { name: 'Shop' }).count()).toBe(1)
    await click('Pay by card')
    await expect.poll(told).toHaveLength(1)
    const [[what, answer] = []] = await told()
    expect(what).toBe('handler')
    expect(answer).toEqual({
      razorpay_payment_id: expect.stringMatching(/^pay_/),
      razorpay_order_id: order_id,
      razorpay_signature: signCheckout({ orderId: order_id, paymentId: answer?.razorpay_payment_id ?? '' }, KEY.secret),
    })
    expect(await overlays()).toBe(0)
    expect(await page.evaluate(() => [document.body.style.overflow, document.activeElement?.id])).toEqual(['', 'buy'])
    expect(simulator.state().payments.get(answer?.razorpay_payment_id ?? '')?.description).toBe('Thing / दो')
  })

  it('stays open after a failure, and may still end well', async () => {
    await open({ order_id: await newOrder() })
    await frame().getByLabel('Card number').fill('4100 2800 0006 0003')
    await click('Pay by card')
    await expect
      .poll(told)
      .toMatchObject([['failed', { reason: 'card_declined', metadata: { payment_id: expect.any(String) } }]])
    expect(await overlays()).toBe(1)
    await click('Success')
    await expect.poll(async () => (await told()).map(([what]) => what)).toEqual(['failed', 'handler'])
  })

  it('fails and then succeeds by one button, and refuses a short password', async () => {
    await open({ order_id: await newOrder() })
    await frame().getByLabel('One-time password').fill('123')
    await click('Pay by card')
    await expect.poll(told).toMatchObject([['failed', { reason: 'authentication_failed' }]])
    await click('Fail, then succeed')
    await expect.poll(async () => (await told()).map(([what]) => what)).toEqual(['failed', 'failed', 'handler'])
  })

  it('without retry ends with a failure, and is dismissed', async () => {
    await open({ order_id: await newOrder(), retry: { enabled: false } })
    await click('Fail')
    await expect.poll(async () => (await told()).map(([what]) => what)).toEqual(['failed', 'dismissed'])
    expect(await overlays()).toBe(0)
  })

  it('is dismissed by its button, by Escape, and by the way back', async () => {
    for (const leave of [() => click('Close'), () => page.keyboard.press('Escape'), () => page.goBack()]) {
      await open({ order_id: await newOrder() })
      await leave()
      await expect.poll(overlays).toBe(0)
    }
    await expect.poll(async () => (await told()).map(([what]) => what)).toEqual(['dismissed', 'dismissed', 'dismissed'])
    expect(page.url()).toBe(`${shopUrl}/`)
  })

  it('stays where Escape is not to close it, and asks before it closes when that is wanted', async () => {
    await open({ order_id: await newOrder(), modal: { escape: false, confirm_close: true, handleback: false } })
    await page.keyboard.press('Escape')
    const asked: string[] = []
    page.once('dialog', (dialog) => {
      asked.push(dialog.message())
      void dialog.dismiss()
    })
    await click('Close')
    await expect.poll(() => asked).toHaveLength(1)
    expect(await overlays()).toBe(1)
    page.once('dialog', (dialog) => void dialog.accept())
    await click('Close')
    await expect.poll(overlays).toBe(0)
  })

  it('closes by its time, and by a click beside it', async () => {
    const options = { order_id: await newOrder(), timeout: 1 }
    // It may close before its frame is there to be waited for.
    await page.evaluate((given) => (globalThis as unknown as { open_(options: object): void }).open_(given), options)
    await expect.poll(told).toEqual([['dismissed']])
    await expect.poll(overlays).toBe(0)
    await open({ order_id: await newOrder(), modal: { backdropclose: true } })
    await page.mouse.click(5, 5)
    await expect.poll(overlays).toBe(0)
    expect((await told()).map(([what]) => what)).toEqual(['dismissed', 'dismissed'])
  })

  it('has the window of a bank opened by the click, and passes on who pays', async () => {
    await open({
      order_id: await newOrder(),
      prefill: { name: 'Asha', email: 'a@example.com', contact: '+919900000000' },
      notes: { visit: 7 },
      theme: { color: '#123456' },
    })
    expect(await frame().getByLabel('Name on the card').inputValue()).toBe('Asha')
    await click('Success, in a window of the bank')
    await expect.poll(told).toMatchObject([['handler', {}]])
    expect([...simulator.state().payments.values()]).toMatchObject([
      { email: 'a@example.com', contact: '+919900000000', notes: { visit: '7' } },
    ])
  })

  it('loses the network: the money is taken, and the handler never hears', async () => {
    const order_id = await newOrder()
    await open({ order_id })
    await click('Pay, and lose the network')
    await frame().getByText('Nobody heard how it went').waitFor()
    expect(simulator.state().orders.get(order_id)?.status).toBe('paid')
    await click('Close')
    await expect.poll(told).toEqual([['dismissed']])
  })

  it('closes with a payment that the bank takes later', async () => {
    const order_id = await newOrder()
    await open({ order_id })
    await click('Close, authorised late')
    await expect.poll(told).toEqual([['dismissed']])
    await simulator.advance(20 * 60_000)
    expect(simulator.state().orders.get(order_id)?.status).toBe('paid')
  })

  it('pays twice, of which one goes back', async () => {
    const order_id = await newOrder()
    await open({ order_id })
    await click('Pay twice, in two tabs')
    await expect.poll(told).toMatchObject([['handler', {}]])
    await simulator.advance(120_000)
    expect([...simulator.state().payments.values()].map(({ status }) => status)).toEqual(['refunded', 'captured'])
  })

  it('waits for a silent bank, and says when there is no answer', async () => {
    await open({ order_id: await newOrder() })
    await click('Bank silent for 10 minutes')
    await frame().getByText('Waiting for the bank').waitFor()
    await simulator.advance(600_000)
    await frame().getByText('The bank did not answer').waitFor()
    expect(await told()).toEqual([])
  })

  it('sends the page to the callback by POST, with a payment or with an error', async () => {
    const order_id = await newOrder()
    await open({ order_id, callback_url: `${shopUrl}/back`, redirect: true })
    await click('Success')
    await page.getByText('Back by POST').waitFor()
    const paymentId = callback?.get('razorpay_payment_id') ?? ''
    expect(Object.fromEntries(callback ?? [])).toEqual({
      razorpay_payment_id: paymentId,
      razorpay_order_id: order_id,
      razorpay_signature: signCheckout({ orderId: order_id, paymentId }, KEY.secret),
    })
    await page.goto(shopUrl)
    await open({ order_id: await newOrder(), callback_url: `${shopUrl}/back`, redirect: true })
    await click('Fail')
    await page.getByText('Back by POST').waitFor()
    expect(Object.fromEntries(callback ?? [])).toEqual({
      'error[code]': 'GATEWAY_ERROR',
      'error[description]': expect.stringContaining('declined'),
    })
  })

  it.each([
    [{ key: 'rzp_test_simNONE' }, 'The api key provided is invalid'],
    [{ order_id: 'order_00000000000000' }, 'The id provided does not exist'],
    [{ amount: 100 }, 'Your payment amount is different from your order amount.'],
  ])('says what is wrong with %j', async (wrong, description) => {
    const options = { order_id: await newOrder(), ...wrong }
    await page.evaluate((given) => (globalThis as unknown as { open_(options: object): void }).open_(given), options)
    await expect.poll(told).toMatchObject([['failed', { description }]])
  })

  it('is not made without a key', async () => {
    const made = page.evaluate(
      () => new (globalThis as unknown as { Razorpay: new (options: object) => unknown }).Razorpay({}),
    )
    await expect(made).rejects.toThrow('No key passed')
  })
})

describe('a checkout that is opened again as soon as it is dismissed', () => {
  it('stays open', async () => {
    const order_id = await newOrder()
    await open({ order_id })
    await page.evaluate((id) => {
      const { told, open_ } = globalThis as unknown as {
        told: { push(...entries: unknown[]): number }
        open_(options: object): void
      }
      const push = told.push.bind(told)
      told.push = (...entries) => {
        told.push = push
        open_({ order_id: id })
        return push(...entries)
      }
    }, order_id)
    await click('Close')
    await expect.poll(told).toHaveLength(1)
    await click('Success')
    await expect.poll(async () => (await told()).map(([what]) => what)).toEqual(['dismissed', 'handler'])
  })
})

describe('what the pages ask', () => {
  it('is refused to other origins, and without sense', async () => {
    const ask = (body: string, headers = {}) =>
      fetch(`${simulator.url}/checkout/attempts`, { method: 'POST', body, headers })
    expect((await ask('{}', { origin: shopUrl })).status).toBe(403)
    expect((await ask('nonsense')).status).toBe(400)
    expect((await ask('{"outcome":7}')).status).toBe(400)
    const answer = async (body: object) =>
      (await (await ask(JSON.stringify(body))).json()) as { error: { description: string } }
    expect((await answer({ key: 'x' })).error.description).toBe('The api key provided is invalid')
    expect((await answer({ key: KEY.id, amount: 100, outcome: 'maybe' })).error.description).toBe(
      'There is no outcome maybe.',
    )
    for (const path of ['/checkout/payments/pay_x', '/checkout/links/plink_x', '/checkout/nothing'])
      expect((await fetch(simulator.url + path)).status).toBe(404)
  })
})

describe('the page of a link', () => {
  it('takes a payment and leads to the callback by GET, signed', async () => {
    const link = await api('/payment_links', {
      amount: 49_900,
      reference_id: 'ref-1',
      description: 'Annual filing',
      callback_url: `${shopUrl}/back`,
      callback_method: 'get',
    })
    await page.goto(link.short_url)
    await page.getByRole('heading', { name: 'Annual filing' }).waitFor()
    await page.getByRole('button', { name: 'Fail', exact: true }).click()
    await page.getByText('You may try again').waitFor()
    await page.getByRole('button', { name: 'Pay by card' }).click()
    await page.getByText('Back by GET').waitFor()
    const paymentId = callback?.get('razorpay_payment_id') ?? ''
    expect(Object.fromEntries(callback ?? [])).toEqual({
      razorpay_payment_id: paymentId,
      razorpay_payment_link_id: link.id,
      razorpay_payment_link_reference_id: 'ref-1',
      razorpay_payment_link_status: 'paid',
      razorpay_signature: signLinkCallback(
        { linkId: link.id, referenceId: 'ref-1', status: 'paid', paymentId },
        KEY.secret,
      ),
    })
  })

  it('takes a part, and says when there is nothing more to pay', async () => {
    const link = await api('/payment_links', { amount: 1_000, accept_partial: true })
    await page.goto(link.short_url)
    await page.getByLabel('Amount in minor units').fill('400')
    await page.getByRole('button', { name: 'Pay by card' }).click()
    await page.getByText('Paid. Thank you.').waitFor()
    expect(simulator.state().links.get(link.id)).toMatchObject({ status: 'partially_paid', amountPaid: 400 })
    await page.reload()
    await page.getByText('₹6.00').waitFor()
    await page.getByRole('button', { name: 'Success' }).click()
    await page.getByText('Paid. Thank you.').waitFor()
    await page.reload()
    await page.getByText('This payment link is paid.').waitFor()
    await page.goto(`${simulator.url}/l/plink_00000000000000`)
    await page.getByText('There is no such payment link.').waitFor()
  })
})
