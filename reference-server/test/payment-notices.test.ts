import { randomUUID } from 'node:crypto'
import type { Checkout, MemberPushPayload, Payment, PaymentAccount, PushPayload } from '@chatdesk/protocol'
import { DEFAULT_NOTIFICATIONS } from '@chatdesk/protocol/schemas'
import { createRazorpaySimulator, type RazorpaySimulator, virtualClock } from '@chatdesk/razorpay-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPushService, type TestPushService } from '../src/push/testing/push-service.js'
import { createTestServer, TEST_DATABASES, type TestMember, type TestServer } from '../src/testing/index.js'

const KEY = { id: 'rzp_test_simA', secret: 'the key secret of these tests' }

describe.each(TEST_DATABASES)('what both sides hear of a payment on %s', (kind) => {
  let server: TestServer
  let service: TestPushService
  let simulator: RazorpaySimulator
  let admin: TestMember
  beforeAll(async () => {
    service = await startPushService()
    simulator = createRazorpaySimulator({ clock: virtualClock(Date.now()), keys: [KEY], seed: `notices ${kind}` })
    server = await createTestServer({
      ...{ kind, allowPrivatePush: true, payments: { razorpayUrl: await simulator.start() } },
    })
    admin = await server.signIn('client_admin')
    const answer = await send('PUT', '/chat-widget/payment-account', { keyId: KEY.id, keySecret: KEY.secret })
    const { account, webhookSecret } = (await answer.json()) as { account: PaymentAccount; webhookSecret: string }
    simulator.control({ type: 'webhook.add', url: `${server.url}${account.webhookPath}`, secret: webhookSecret })
  })
  afterAll(async () => {
    await server.close()
    await simulator.close()
    await service.close()
  })

  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = admin.headers) =>
    fetch(`${server.url}/api${path}`, {
      method,
      headers: { origin: server.origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const read = (path: string) =>
    service.received
      .filter((push) => push.path === path)
      .map((push) => JSON.parse(service.decrypt(push)) as PushPayload | MemberPushPayload)
  const bodies = (path: string) => read(path).map(({ body }) => body)

  it('[O2] P6: tells the visitor and whoever is not there that it was asked for, has failed and was paid, each once', async () => {
    const visitor = await server.initVisitor()
    const headers = { authorization: `Bearer ${visitor.token}` }
    const begun = await server.post('/api/widget/conversations', {}, headers)
    const { id: conversationId } = ((await begun.json()) as { conversation: { id: string } }).conversation
    await send('PUT', '/chat-widget/notifications', { ...DEFAULT_NOTIFICATIONS, push: true })
    const subscribed = [
      await send('PUT', '/chat-widget/notifications/browser', service.subscription('/team')),
      await send('PUT', '/widget/push', { ...service.subscription('/visitor'), label: 'Neue Nachricht' }, headers),
    ]
    expect(subscribed.map(({ status }) => status)).toEqual([204, 204])

    const request = { id: randomUUID(), purpose: 'A chair', amountMinor: 50_000, currency: 'INR' }
    const asked = await send('POST', `/chat-widget/conversations/${conversationId}/payments`, request)
    const { payment } = (await asked.json()) as { payment: Payment }
    await expect.poll(() => bodies('/visitor'), { timeout: 20_000 }).toEqual(['Neue Nachricht'])

    const opened = await send('POST', `/widget/payments/${payment.id}/checkout`, {}, headers)
    const { orderId } = (await opened.json()) as Checkout & { kind: 'order' }
    const deliver = async () => {
      await simulator.advance(1_000)
      await simulator.idle()
    }
    simulator.attempt({ orderId, outcome: { kind: 'failure', reason: 'card_declined' } })
    await deliver()
    const failed = expect.stringMatching(/^Payment failed: A chair/)
    await expect.poll(() => bodies('/team'), { timeout: 20_000 }).toEqual([failed])
    simulator.attempt({ orderId })
    await deliver()
    await expect
      .poll(() => bodies('/team'), { timeout: 20_000 })
      .toEqual([failed, expect.stringMatching(/^Payment received: A chair/)])
    await expect.poll(() => bodies('/visitor'), { timeout: 20_000 }).toHaveLength(3)
    expect(read('/team').at(-1)).toMatchObject({ conversationId })
  }, 90_000)
})
