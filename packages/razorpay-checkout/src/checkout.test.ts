import { createRazorpaySimulator, type RazorpaySimulator, signCheckout } from '@chatdesk/razorpay-simulator'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumLaunchOptions } from '../../../scripts/test-environment/find-chromium.js'
import { createShop, type Shop } from './__fixtures__/create-shop.js'
import type { CheckoutOptions, CheckoutOutcome, ScriptState } from './index.js'

const KEY = { id: 'rzp_test_simSHOP', secret: 'shop-secret' }
let browser: Browser
let simulator: RazorpaySimulator
let shop: Shop
let page: Page

beforeAll(async () => {
  browser = await chromium.launch(chromiumLaunchOptions())
}, 60_000)
afterAll(() => browser.close())

beforeEach(async () => {
  simulator = createRazorpaySimulator({ keys: [KEY] })
  await simulator.start()
  shop = await createShop()
  await visit()
})
afterEach(async () => {
  await page.context().close()
  await simulator.close()
  await shop.close()
})

/** What the page of the shop knows. */
interface ShopPage {
  next: CheckoutOptions
  told: CheckoutOutcome[]
  openedAtOnce: boolean
  Razorpay?: unknown
  razorpay: { loadCheckoutScript(options: object): Promise<ScriptState> }
}
const inPage = <Result, Argument>(run: (shop: ShopPage, argument: Argument) => Result, argument: Argument) =>
  page.evaluate(([code, given]) => new Function(`return (${code})(window, ...arguments)`)(given) as Result, [
    run.toString(),
    argument,
  ] as const)

async function visit(path = '/', options: BrowserContextOptions = {}) {
  if (page) await page.context().close()
  page = await (await browser.newContext(options)).newPage()
  await page.goto(shop.url + path)
}

async function newOrder(): Promise<string> {
  const response = await fetch(`${simulator.url}/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64')}` },
    body: JSON.stringify({ amount: 49_900, currency: 'INR' }),
  })
  return ((await response.json()) as { id: string }).id
}

const src = () => `${simulator.url}/v1/checkout.js`
const load = (more: object = {}) =>
  inPage((shop, options) => shop.razorpay.loadCheckoutScript(options), { src: src(), ...more })
/** The same, but answers to how it ended once that is asked. */
async function loadSoon(more: object) {
  await page.evaluate(
    (options) => {
      const { razorpay } = globalThis as unknown as ShopPage
      Object.assign(globalThis, { loading: razorpay.loadCheckoutScript(options) })
    },
    { src: src(), ...more },
  )
  return () => page.evaluate(() => (globalThis as unknown as { loading: Promise<ScriptState> }).loading)
}
const told = () => page.evaluate(() => (globalThis as unknown as ShopPage).told)
const frame = () => page.frameLocator('.razorpay-checkout-frame')
const press = (name: string) => frame().getByRole('button', { name, exact: true }).click()
const overlays = () => page.locator('.razorpay-container').filter({ visible: true }).count()

/** Presses the button of the page; what it opens is there when this resolves. */
async function open(more: Partial<CheckoutOptions> = {}, button = '#buy') {
  await pressBuy(more, button)
  await frame().locator('#amount').filter({ hasText: '499.00' }).waitFor()
}
async function pressBuy(more: Partial<CheckoutOptions> = {}, button = '#buy') {
  const orderId = more.orderId ?? (await newOrder())
  const next = { keyId: KEY.id, orderId, amountMinor: 49_900, currency: 'INR', name: 'Shop', src: src(), ...more }
  await page.evaluate((options) => {
    ;(globalThis as unknown as ShopPage).next = options
  }, next)
  await page.locator(button).click()
}

describe('the script', () => {
  it('bug 18: comes once, however many ask', async () => {
    const states = await page.evaluate((src) => {
      const { razorpay } = globalThis as unknown as ShopPage
      return Promise.all([razorpay.loadCheckoutScript({ src }), razorpay.loadCheckoutScript({ src })])
    }, src())
    expect(states).toEqual([{ status: 'ready' }, { status: 'ready' }])
    expect(await load()).toEqual({ status: 'ready' })
    expect(await page.locator('script[src*="checkout.js"]').count()).toBe(1)
  })

  it('bug 18: is the page’s own where that has brought it', async () => {
    await page.addScriptTag({ url: src() })
    expect(await load()).toEqual({ status: 'ready' })
    expect(await page.locator('script[src*="checkout.js"]').count()).toBe(1)
  })

  it('bug 18: that cannot be had is said, and may be tried again', async () => {
    await page.route(src(), (route) => route.abort())
    expect(await load()).toEqual({ status: 'blocked', reason: 'network' })
    expect(await page.locator('script[src*="checkout.js"]').count()).toBe(0)
    await page.unroute(src())
    expect(await load()).toEqual({ status: 'ready' })
  })

  it('bug 18: has its time', async () => {
    await page.clock.install({ time: 0 })
    await page.clock.pauseAt(60_000)
    const state = await loadSoon({ src: `${shop.url}/never.js` })
    await expect.poll(() => shop.asked.get('/never.js')).toBe(1)
    await page.clock.fastForward(9_999)
    expect(await page.locator('script[src*="never.js"]').count()).toBe(1)
    await page.clock.fastForward(1)
    expect(await state()).toEqual({ status: 'blocked', reason: 'timeout' })
    expect(await page.locator('script[src*="never.js"]').count()).toBe(0)
  })

  it('bug 18: that leaves no checkout behind is none', async () => {
    expect(await load({ src: `${shop.url}/nothing.js` })).toEqual({ status: 'blocked', reason: 'unusable' })
  })

  it('bug 19: that the page’s policy forbids is said to be forbidden', async () => {
    shop.policy = "script-src 'self' 'unsafe-eval'"
    await visit()
    expect(await load()).toEqual({ status: 'blocked', reason: 'policy' })
  })

  it('bug 19: may come by a nonce', async () => {
    shop.policy = "script-src 'self' 'nonce-n0nce' 'unsafe-eval'"
    await visit()
    expect(await load({ nonce: 'n0nce' })).toEqual({ status: 'ready' })
  })

  it('bug 19: is not hindered by what is forbidden to others', async () => {
    shop.policy = `script-src 'self' 'unsafe-eval' ${simulator.url}`
    await visit()
    await page.route(src(), async (route) => {
      await page.evaluate(() => {
        const other = document.createElement('script')
        other.src = 'https://tracker.example/a.js'
        const heard = new Promise((resolve) => document.addEventListener('securitypolicyviolation', resolve))
        document.head.append(other)
        return heard
      })
      await route.continue()
    })
    expect(await load()).toEqual({ status: 'ready' })
  })

  it('bug 19: that Trusted Types forbid is forbidden', async () => {
    shop.policy = "require-trusted-types-for 'script'"
    await visit()
    const state = await page.evaluate(
      (src) => (globalThis as unknown as ShopPage).razorpay.loadCheckoutScript({ src }),
      src(),
    )
    expect(state).toEqual({ status: 'blocked', reason: 'policy' })
  })
})

describe('the window', () => {
  it('P1: hands over what the provider has signed, which is a claim and no more', async () => {
    const orderId = await newOrder()
    await open({ orderId, description: 'Thing / दो', prefill: { name: 'Asha' }, color: '#123456', language: 'hi' })
    expect(await frame().getByLabel('Name on the card').inputValue()).toBe('Asha')
    await press('Success')
    await expect.poll(told).toHaveLength(1)
    const [outcome] = await told()
    const paymentId = outcome?.status === 'claimed' ? outcome.paymentId : ''
    expect(outcome).toEqual({
      status: 'claimed',
      paymentId: expect.stringMatching(/^pay_/),
      orderId,
      signature: signCheckout({ orderId, paymentId }, KEY.secret),
    })
    expect(simulator.state().payments.get(paymentId)?.description).toBe('Thing / दो')
  })

  it('opens within the press, where the script is there: a bank’s own window is kept shut later', async () => {
    await load()
    await pressBuy()
    expect(await page.evaluate(() => (globalThis as unknown as ShopPage).openedAtOnce)).toBe(true)
    await press('Success, in a window of the bank')
    await expect.poll(told).toMatchObject([{ status: 'claimed' }])
  })

  it('bug 11: that is closed is dismissed, whatever was paid in it', async () => {
    const orderId = await newOrder()
    await open({ orderId })
    await press('Pay, and lose the network')
    await frame().getByText('Nobody heard how it went').waitFor()
    await press('Close')
    await expect.poll(told).toEqual([{ status: 'dismissed' }])
    expect(simulator.state().orders.get(orderId)?.status).toBe('paid')
  })

  it('bug 12: that fails is not over: another try may go well', async () => {
    await open()
    await press('Fail')
    await frame().getByText('You may try again').waitFor()
    expect(await told()).toEqual([])
    await press('Success')
    await expect.poll(told).toMatchObject([{ status: 'claimed' }])
  })

  it('bug 12: that is closed after a failure says which', async () => {
    await open()
    await frame().getByLabel('Card number').fill('4100 2800 0006 0003')
    await press('Pay by card')
    await frame().getByText('You may try again').waitFor()
    await press('Close')
    await expect.poll(told).toEqual([
      {
        status: 'dismissed',
        failure: {
          code: 'GATEWAY_ERROR',
          description: expect.stringContaining('declined'),
          reason: 'card_declined',
          paymentId: expect.stringMatching(/^pay_/),
        },
      },
    ])
  })

  it('that offers no other try is over with its failure', async () => {
    await open({ retry: false })
    await press('Fail')
    await expect.poll(told).toMatchObject([{ status: 'dismissed', failure: { reason: 'card_declined' } }])
    expect(await overlays()).toBe(0)
  })

  it('is one at a time: the same order is the same window, and another one waits', async () => {
    const orderId = await newOrder()
    await open({ orderId })
    const both = await page.evaluate(
      async (other) => {
        const { next } = globalThis as unknown as ShopPage
        const { openCheckout } = (globalThis as unknown as { razorpay: typeof import('./index.js') }).razorpay
        Object.assign(globalThis, { again: openCheckout(next) })
        return openCheckout({ ...next, orderId: other })
      },
      await newOrder(),
    )
    expect(both).toEqual({ status: 'blocked', reason: 'busy' })
    expect(await overlays()).toBe(1)
    await press('Success')
    await expect.poll(told).toMatchObject([{ status: 'claimed', orderId }])
    const again = await page.evaluate(() => (globalThis as unknown as { again: Promise<CheckoutOutcome> }).again)
    expect(again).toEqual((await told())[0])
    // And then another one may open.
    await open()
  })

  it.each([
    ['orderId', ''],
    ['orderId', 'pay_00000000000001'],
    ['orderId', 'order_'],
    ['orderId', 'order_1"'],
    ['keyId', 'shop-secret'],
    ['keyId', 'rzp_test_'],
  ])('bug 13: is not opened with %s %j', async (field, value) => {
    await load()
    await pressBuy({ orderId: 'order_00000000000001', [field]: value })
    await expect.poll(told).toEqual([{ code: 'VALIDATION_FAILED', field }])
    expect(await overlays()).toBe(0)
  })

  it('bug 15: claims nothing for another order than the one that was opened', async () => {
    await page.evaluate(() => {
      const { razorpay_order_id, ...rest } = {
        razorpay_order_id: 'order_ANOTHER0000000',
        razorpay_payment_id: 'pay_00000000000001',
        razorpay_signature: 'f'.repeat(64),
      }
      Object.assign(globalThis, {
        Razorpay: class {
          constructor(private readonly options: { handler(answer: unknown): void }) {}
          on() {}
          open() {
            this.options.handler({ razorpay_order_id, ...rest })
          }
        },
      })
    })
    await pressBuy()
    await expect.poll(told).toEqual([{ status: 'dismissed' }])
  })

  it('bug 18: that its script cannot open is blocked', async () => {
    await page.evaluate(() => {
      Object.assign(globalThis, {
        Razorpay: class {
          constructor() {
            throw new Error('No key passed')
          }
        },
      })
    })
    await pressBuy()
    await expect.poll(told).toEqual([{ status: 'blocked', reason: 'unusable' }])
  })

  it('bug 19: whose frame is forbidden is blocked, and does not stay over the page', async () => {
    shop.policy = `script-src 'self' 'unsafe-eval' ${simulator.url}; frame-src 'none'`
    await visit()
    await pressBuy()
    await expect.poll(told).toEqual([{ status: 'blocked', reason: 'policy' }])
    expect(await overlays()).toBe(0)
    expect(await page.evaluate(() => document.body.style.overflow)).toBe('clip')
  })

  it('is blocked with its script, and the next press tries again', async () => {
    await page.route(src(), (route) => route.abort())
    await pressBuy()
    await expect.poll(told).toEqual([{ status: 'blocked', reason: 'network' }])
    await page.unroute(src())
    await open()
  })
})

describe('bug 20: the page', () => {
  const state = () =>
    page.evaluate(() => ({
      overflow: [document.body.style.overflow, document.documentElement.style.overflow],
      focus: document.activeElement?.shadowRoot?.activeElement?.id ?? document.activeElement?.id,
    }))
  const place = () => page.evaluate(() => [history.state, navigation.currentEntry?.index])

  it.each([
    ['a payment', () => press('Success')],
    ['a way out', () => press('Close')],
    ['Escape', () => page.keyboard.press('Escape')],
    ['the way back', () => page.goBack()],
  ])('is after %s as it was before: it scrolls, has its focus and its place in the history', async (_, leave) => {
    const before = await place()
    for (const [button, focus] of [
      ['#buy', 'buy'],
      ['#pay', 'pay'],
    ] as const) {
      await open({}, button)
      expect((await state()).overflow[0]).toBe('hidden')
      await leave()
      await expect.poll(overlays).toBe(0)
      await expect.poll(state).toEqual({ overflow: ['clip', ''], focus })
      await expect.poll(place).toEqual(before)
    }
    expect(page.url()).toBe(`${shop.url}/`)
  })

  /** A window that forgets to clean up behind itself. */
  const forgetful = (end: string) =>
    page.evaluate((how) => {
      Object.assign(globalThis, {
        Razorpay: class {
          constructor(private readonly options: { handler(answer: object): void; modal: { ondismiss(): void } }) {}
          on() {}
          open() {
            document.body.style.overflow = 'hidden'
            document.documentElement.style.overflow = 'hidden'
            history.pushState({ theirs: true }, '')
            document.body.tabIndex = -1
            ;(document.activeElement as HTMLElement).blur()
            if (how === 'dismiss') setTimeout(() => this.options.modal.ondismiss())
          }
        },
      })
    }, end)

  it('is so as well where the window has forgotten to', async () => {
    const before = await place()
    await forgetful('dismiss')
    await pressBuy()
    await expect.poll(told).toEqual([{ status: 'dismissed' }])
    expect(await state()).toEqual({ overflow: ['clip', ''], focus: 'buy' })
    await expect.poll(place).toEqual(before)
  })

  it('keeps the focus that somebody has taken meanwhile', async () => {
    await page.evaluate(() => {
      const field = document.createElement('input')
      field.id = 'field'
      document.body.append(field)
    })
    await forgetful('never')
    await pressBuy()
    await page.locator('#field').focus()
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
    await expect.poll(told).toHaveLength(1)
    expect((await state()).focus).toBe('field')
  })

  it('that is put away and comes back stands behind no window', async () => {
    await open()
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
    await expect.poll(told).toEqual([{ status: 'dismissed' }])
    expect(await overlays()).toBe(0)
    expect((await state()).overflow).toEqual(['clip', ''])
  })

  it('goes nowhere by itself where it has moved on meanwhile', async () => {
    await page.clock.install()
    await open()
    const went = await page.evaluateHandle(() => {
      history.pushState({ own: true }, '', '?own')
      const keys: string[] = []
      navigation.traverseTo = (key) => {
        keys.push(key)
        return {} as NavigationResult
      }
      return keys
    })
    await press('Close')
    await expect.poll(told).toHaveLength(1)
    await page.clock.runFor(2_000)
    expect(await went.jsonValue()).toEqual([])
    expect(page.url()).toBe(`${shop.url}/?own`)
  })
})

describe('a page in a frame', () => {
  const inner = () => page.frames()[1] as NonNullable<ReturnType<Page['frames']>[number]>
  const around = (origin: string) => `/around?src=${encodeURIComponent(`${origin}/`)}`

  it('of the same site opens the window over the uppermost page', async () => {
    await visit(around(shop.url))
    await inner().waitForSelector('#buy')
    const next = { keyId: KEY.id, orderId: await newOrder(), amountMinor: 49_900, currency: 'INR', name: 'Shop' }
    await inner().evaluate((options) => Object.assign(globalThis, { next: options }), { ...next, src: src() })
    await inner().locator('#buy').click()
    await press('Success')
    await expect
      .poll(() => inner().evaluate(() => (globalThis as unknown as ShopPage).told))
      .toMatchObject([{ status: 'claimed' }])
  })

  it('of another site is blocked', async () => {
    await visit(around(shop.url.replace('127.0.0.1', 'localhost')))
    await inner().waitForSelector('#buy')
    const state = await inner().evaluate(
      (src) => (globalThis as unknown as ShopPage).razorpay.loadCheckoutScript({ src }),
      src(),
    )
    expect(state).toEqual({ status: 'blocked', reason: 'framed' })
  })
})

describe('bug 25: a browser that calls no handlers', () => {
  const userAgent =
    'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Instagram 337'

  it('is blocked without an address to come back to', async () => {
    await visit('/', { userAgent })
    await pressBuy()
    await expect.poll(told).toEqual([{ status: 'blocked', reason: 'in-app' }])
    expect(await page.locator('script[src*="checkout.js"]').count()).toBe(0)
  })

  it('is brought back by the address, with a payment or a failure', async () => {
    await visit('/', { userAgent })
    const orderId = await newOrder()
    await open({ orderId, callbackUrl: `${shop.url}/back?payment=7` })
    await press('Success')
    await page.getByText('Back').waitFor()
    const paymentId = shop.posted[0]?.get('razorpay_payment_id') ?? ''
    expect(shop.posted[0]?.get('razorpay_signature')).toBe(signCheckout({ orderId, paymentId }, KEY.secret))
    await page.goto(shop.url)
    await open({ callbackUrl: `${shop.url}/back` })
    await press('Fail')
    await page.getByText('Back').waitFor()
    expect(shop.posted[1]?.get('error[code]')).toBe('GATEWAY_ERROR')
  })

  it('of others the address is not used', async () => {
    await open({ callbackUrl: `${shop.url}/back` })
    await press('Success')
    await expect.poll(told).toMatchObject([{ status: 'claimed' }])
    expect(shop.posted).toEqual([])
  })
})
