import { randomUUID } from 'node:crypto'
import type { Checkout, Payment, PaymentAccount, VisitorPayment } from '@chatdesk/protocol'
import { createRazorpaySimulator, type RazorpaySimulator, virtualClock } from '@chatdesk/razorpay-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTestServer,
  type TestMember,
  type TestServer,
  type TestVisitor,
} from '../src/testing/create-test-server.js'
import { TEST_DATABASES } from '../src/testing/test-database.js'

const KEY = { id: 'rzp_test_simA', secret: 'the key secret of these tests' }

describe.each(TEST_DATABASES)('paying in a conversation on %s', (kind) => {
  let server: TestServer
  let simulator: RazorpaySimulator
  let admin: TestMember
  let agent: TestMember
  let visitor: TestVisitor
  let conversationId: string
  let secret: string
  beforeAll(async () => {
    // Ids of orders tell the two databases apart.
    simulator = createRazorpaySimulator({ clock: virtualClock(Date.now()), keys: [KEY], seed: kind })
    server = await createTestServer({ kind, payments: { razorpayUrl: await simulator.start() } })
    admin = await server.signIn('client_admin')
    agent = await server.signIn('agent')
    visitor = await server.initVisitor()
    const begun = await server.post('/api/widget/conversations', {}, bearer(visitor))
    conversationId = ((await begun.json()) as { conversation: { id: string } }).conversation.id
    expect(await mayAsk()).toBe(false)
    const connected = await put('/payment-account', { keyId: KEY.id, keySecret: KEY.secret })
    expect(connected.status).toBe(200)
    expect(await mayAsk()).toBe(true)
    const { account, webhookSecret } = (await connected.json()) as { account: PaymentAccount; webhookSecret: string }
    secret = webhookSecret
    simulator.control({ type: 'webhook.add', url: `${server.url}${account.webhookPath}`, secret: webhookSecret })
  })
  afterAll(async () => {
    await simulator.close()
    await server.close()
  })

  /** Whether the widget is told that its visitors may be asked for money. */
  const mayAsk = async () => {
    const answer = await server.get('/api/chat-widget/public/widget/wk_demo/config')
    return ((await answer.json()) as { widget: { payments: boolean } }).widget.payments
  }
  const bearer = ({ token }: TestVisitor) => ({ authorization: `Bearer ${token}` })
  const put = (path: string, body: unknown, member = admin) =>
    fetch(`${server.url}/api/chat-widget${path}`, {
      method: 'PUT',
      headers: { origin: server.origin, 'content-type': 'application/json', ...member.headers },
      body: JSON.stringify(body),
    })
  const json = async <Body>(answer: Response | Promise<Response>, status = 200): Promise<Body> => {
    const { status: was } = await answer
    const text = await (await answer).text()
    expect(`${was} ${text}`).toMatch(new RegExp(`^${status} `))
    return JSON.parse(text) as Body
  }
  const member = (path: string, body?: unknown, who = agent) =>
    server.post(`/api/chat-widget${path}`, body, who.headers)
  const ask = async (more: object = {}, who = agent) => {
    const body = { id: randomUUID(), purpose: 'A chair', amountMinor: 50_000, currency: 'INR', ...more }
    return (await json<{ payment: Payment }>(member(`/conversations/${conversationId}/payments`, body, who), 201))
      .payment
  }
  const widget = (path: string, body: unknown = {}, who = visitor) =>
    server.post(`/api/widget/payments${path}`, body, bearer(who))
  const mine = async (id: string) => {
    const { payments } = await json<{ payments: VisitorPayment[] }>(server.get('/api/widget/payments', bearer(visitor)))
    return payments.find((payment) => payment.id === id)
  }
  const load = async (id: string) =>
    json<{
      payment: Payment
      captures: { paymentId: string; refundableMinor: number }[]
      strange: { paymentId: string }[]
      refunds: { state: string }[]
    }>(server.get(`/api/chat-widget/payments/${id}`, admin.headers))
  /** Lets the simulator send what it has to, and waits until the server has taken it in. */
  const deliver = async (id: string, status: string, later = 1_000) => {
    await simulator.advance(later)
    await simulator.idle()
    await expect.poll(async () => (await mine(id))?.status, { timeout: 15_000 }).toBe(status)
  }
  const checkout = async (id: string, body = {}) => json<Checkout>(widget(`/${id}/checkout`, body))
  const orderOf = async (id: string) => {
    const opened = await checkout(id)
    if (opened.kind !== 'order') throw new Error(`not an order: ${opened.kind}`)
    return opened.orderId
  }

  it('[M1] [M4] P1, P3, P6: is asked for, paid, told by a webhook, and stands in the conversation', async () => {
    const { id, state } = await ask()
    expect(state).toBe('issued')
    const opened = await checkout(id)
    if (opened.kind !== 'order') throw new Error(`not an order: ${opened.kind}`)
    const { orderId, scriptUrl } = opened
    expect((await fetch(`${scriptUrl}`)).status).toBe(200)
    simulator.attempt({ orderId })
    await deliver(id, 'paid')
    const { messages } = await json<{
      messages: {
        parts: { type: string; status?: string; receipt?: { number: number; path: string } }[]
        author: { kind: string }
      }[]
    }>(server.get(`/api/widget/conversations/${conversationId}/messages`, bearer(visitor)))
    const told = messages.filter(({ parts }) => parts[0]?.type === 'payment')
    expect(told.map(({ parts, author }) => [author.kind, parts[0]?.status])).toEqual([
      ['system', 'awaiting_payment'],
      ['system', 'paid'],
    ])
    const receipt = told[1]?.parts[0]?.receipt
    expect(receipt).toMatchObject({ number: expect.any(Number) })
    expect(await mine(id)).toMatchObject({ receipt })
    expect(await (await fetch(`${server.url}${receipt?.path}`)).text()).toContain('A chair')
    expect(await checkout(id)).toMatchObject({ kind: 'closed', payment: { status: 'paid' } })
  })

  it('the same request again is the same payment; another one under its id is refused', async () => {
    const { id } = await ask()
    expect((await ask({ id })).id).toBe(id)
    const body = { id, purpose: 'A chair', amountMinor: 50_001, currency: 'INR' }
    await json(member(`/conversations/${conversationId}/payments`, body), 409)
  })

  it('[M3] threat 75: a page that claims to have paid has not, and a genuine claim is checked at once', async () => {
    const { id } = await ask()
    const orderId = await orderOf(id)
    const forged = { paymentId: 'pay_00000000000000', signature: '0'.repeat(64) }
    expect(await json(widget(`/${id}/claim`, forged))).toMatchObject({
      payment: { status: 'awaiting_payment', version: 1 },
    })
    await server.post(
      `/api/widget/conversations/${conversationId}/messages`,
      { clientMessageId: 'said-0000000000000001', parts: [{ type: 'text', text: 'payment successful' }] },
      bearer(visitor),
    )
    const claimed = simulator.attempt({ orderId })
    const { entries } = await json<{ entries: { reason?: string; target: { id: string } }[] }>(
      server.get('/api/chat-widget/audit', admin.headers),
    )
    expect(entries.filter(({ reason, target }) => target.id === id && reason?.includes('not signed'))).toHaveLength(1)
    // One second behind the look that the forged claim has caused.
    await expect
      .poll(
        async () => (await json<{ payment: VisitorPayment }>(widget(`/${id}/claim`, signedBy(claimed)))).payment.status,
        {
          ...{ timeout: 5_000, interval: 500 },
        },
      )
      .toBe('paid')
  })

  it('P7: goes back to whoever has paid, by whoever is in charge only', async () => {
    const { id } = await ask()
    simulator.attempt({ orderId: await orderOf(id) })
    await deliver(id, 'paid')
    const [capture] = (await load(id)).captures
    expect(capture).toMatchObject({ refundableMinor: 50_000 })
    const wish = { id: randomUUID(), paymentId: capture?.paymentId, amountMinor: 20_000, reason: 'A scratch' }
    await json(member(`/payments/${id}/refunds`, wish), 403)
    await json(member(`/payments/${id}/refunds`, wish, admin), 201)
    await json(member(`/payments/${id}/refunds`, wish, admin), 201)
    await deliver(id, 'partially_refunded', 10 * 60_000)
    expect(await load(id)).toMatchObject({
      ...{ payment: { refundedMinor: 20_000 }, captures: [{ refundableMinor: 30_000 }], refunds: [{ state: 'sent' }] },
    })
    await json(member(`/payments/${id}/refunds`, { ...wish, id: randomUUID(), amountMinor: 30_001 }, admin), 422)
  })

  it('[M4] takes no live key beside a simulator', async () => {
    const refused = await put('/payment-account', { keyId: 'rzp_live_AAAAAAAAAAAAAA', keySecret: 'secret' })
    expect(await json(refused, 422)).toMatchObject({ error: { field: 'keyId' } })
    const { account } = await json<{ account: PaymentAccount }>(
      server.get('/api/chat-widget/payment-account', admin.headers),
    )
    expect(account).toMatchObject({ mode: 'test', keyId: KEY.id })
  })

  it('P12: what fits nothing is dealt with by whoever is in charge only, and the trail says why', async () => {
    const { id } = await ask()
    const { organization_id, account_id } = await server.database.system
      .selectFrom('payment_intents')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const strays = `pay_stray${kind}`
    const amount = { minor: '1', currency: 'INR' }
    const fact = { type: 'captured' as const, paymentId: 'pay_short', amount, method: 'upi', at: '2026-01-01' }
    await server.database.system
      .insertInto('payment_facts')
      .values({
        ...{ organization_id, intent_id: id, key: 'captured:pay_short', source: 'fetch', at: new Date() },
        body: JSON.stringify(fact),
      })
      .execute()
    await server.database.system
      .insertInto('payment_orphans')
      .values({
        ...{ organization_id, account_id, payment_id: strays, reason: 'It was paid without an order.' },
        ...{ amount_minor: '700', currency: 'INR', found_at: new Date() },
      })
      .execute()
    const wish = { paymentId: 'pay_short', reason: ' Paid back\tin cash ' }
    const [ofPayment, ofOrphan] = [`/payments/${id}/settle`, `/payment-orphans/${strays}/settle`]
    await json(member(ofPayment, wish), 403)
    await json(member(ofOrphan, { reason: 'Kept' }), 403)
    for (const reason of [undefined, ' ', 'x'.repeat(501)]) {
      await json(member(ofPayment, { ...wish, reason }, admin), 422)
      await json(member(ofOrphan, { reason }, admin), 422)
    }
    await json(member(ofPayment, { ...wish, paymentId: 'pay_none' }, admin), 404)
    await json(member('/payment-orphans/pay_none/settle', { reason: 'Kept' }, admin), 404)
    expect((await load(id)).strange).toMatchObject([{ paymentId: 'pay_short', amountMinor: 1, captured: true }])
    for (let time = 0; time < 2; time++) {
      expect(await json(member(ofPayment, wish, admin))).toMatchObject({ strange: [], payment: { state: 'issued' } })
      expect((await member(ofOrphan, { reason: 'x'.repeat(500) }, admin)).status).toBe(204)
    }
    const { entries } = await json<{ entries: { action: string; target: object; reason?: string }[] }>(
      server.get('/api/chat-widget/audit', admin.headers),
    )
    expect(entries.filter(({ action }) => action === 'payment.settle')).toMatchObject([
      { target: { kind: 'paymentOrphan', id: strays }, reason: 'x'.repeat(500) },
      { target: { kind: 'payment', id }, reason: 'Paid back in cash', changes: { settled: { to: 'pay_short' } } },
    ])
  })

  it('a link is paid at its own page, and is called off while nobody has', async () => {
    const { id, url } = await ask({ kind: 'link' })
    expect(url).toContain(simulator.url)
    expect(await checkout(id)).toEqual({ kind: 'link', url })
    const called = await ask({ kind: 'link' })
    expect(await json(member(`/payments/${called.id}/cancel`))).toMatchObject({ payment: { state: 'cancelled' } })
    simulator.attempt({ linkId: (url as string).split('/').at(-1) as string })
    await deliver(id, 'paid')
    await json(member(`/payments/${id}/cancel`), 422)
  })

  it('a page that blocks the window gets a link', async () => {
    const { id } = await ask()
    await orderOf(id)
    expect(await checkout(id, { blocked: true })).toMatchObject({
      kind: 'link',
      url: expect.stringContaining(simulator.url),
    })
  })

  it('says why the provider refuses, and leaves nothing open', async () => {
    const body = { id: randomUUID(), purpose: 'A chair', amountMinor: 99, currency: 'INR' }
    const answer = await json<{ error: { message: string } }>(
      member(`/conversations/${conversationId}/payments`, body),
      422,
    )
    expect(answer.error.message).toContain('The amount must be at least INR 1.00')
    expect((await load(body.id)).payment.state).toBe('cancelled')
    // Nobody tells a visitor that what they were never asked for is called off.
    expect(await mine(body.id)).toBeUndefined()
    const log = await server.get(`/api/widget/conversations/${conversationId}/messages`, bearer(visitor))
    expect(await log.text()).not.toContain(body.id)
  })

  it('P14: no secret of the account is in an answer, and none is in the database as it is', async () => {
    const told = await (await server.get('/api/chat-widget/payment-account', admin.headers)).text()
    expect(told).toContain(KEY.id)
    const rows = await server.database.system.selectFrom('payment_accounts').selectAll().execute()
    const audit = await (await server.get('/api/chat-widget/audit', admin.headers)).text()
    for (const text of [told, JSON.stringify(rows), audit]) {
      expect(text).not.toContain(KEY.secret)
      expect(text).not.toContain(secret)
    }
  })

  it('threat 81: a webhook that is too large, or is none of ours, is turned away cheaply', async () => {
    const account = await json<{ account: PaymentAccount }>(
      server.get('/api/chat-widget/payment-account', admin.headers),
    )
    const path = account.account.webhookPath
    const send = (body: string, headers = {}) => fetch(`${server.url}${path}`, { method: 'POST', body, headers })
    expect((await send('{}')).status).toBe(401)
    expect((await send('{}', { 'x-razorpay-signature': 'no' })).status).toBe(401)
    expect((await send('x'.repeat(256 * 1024 + 1))).status).toBe(413)
    const nowhere = `${server.url}${path.replace(/[^/]+$/, 'A'.repeat(22))}`
    expect((await fetch(nowhere, { method: 'POST', body: '{}' })).status).toBe(401)
  })

  it('has nothing to show to another visitor', async () => {
    const { id } = await ask()
    const stranger = await server.initVisitor()
    for (const path of ['checkout', 'check']) await json(widget(`/${id}/${path}`, {}, stranger), 404)
    await json(widget(`/${id}/claim`, { paymentId: 'pay_1', signature: 's' }, stranger), 404)
    expect(await json(server.get('/api/widget/payments', bearer(stranger)))).toEqual({ payments: [] })
  })

  it('is found after the server was away, though every webhook is lost', async () => {
    const { id } = await ask()
    const orderId = await orderOf(id)
    simulator.control({ type: 'fault.add', fault: { on: 'webhook', kind: 'drop' } })
    await server.restart()
    simulator.attempt({ orderId })
    await simulator.advance(1_000)
    await server.database.system
      .updateTable('payment_intents')
      .set({ next_check_at: new Date() })
      .where('id', '=', id)
      .execute()
    await expect.poll(async () => (await mine(id))?.status, { timeout: 15_000 }).toBe('paid')
  })
})

/** What the window of the simulator hands to a page. */
function signedBy(attempt: ReturnType<RazorpaySimulator['attempt']>): { paymentId: string; signature: string } {
  if (!attempt.ok || attempt.signature === null) throw new Error('nothing was signed')
  return { paymentId: attempt.paymentId, signature: attempt.signature }
}
