import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRazorpaySimulator, type RazorpaySimulator, virtualClock } from '@chatdesk/razorpay-simulator'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiveWebhook } from '../src/payments/inbox/receive-webhook.js'
import { workInbox } from '../src/payments/inbox/work-inbox.js'
import { issueIntent } from '../src/payments/intents/issue-intent.js'
import { statusOf } from '../src/payments/intents/payment-state.js'
import { cancelPayment } from '../src/payments/members/cancel-payment.js'
import type { PaymentProvider } from '../src/payments/provider/payment-provider.js'
import { createRazorpayProvider } from '../src/payments/provider/razorpay/create-razorpay-provider.js'
import { parseWebhook } from '../src/payments/provider/razorpay/parse-webhook.js'
import { isWebhookSigned } from '../src/payments/provider/razorpay/signatures.js'
import { apiSecret, webhookSecret } from '../src/payments/provider/secrets.js'
import { sweepAccounts } from '../src/payments/reconcile/sweep-accounts.js'
import { workChecks } from '../src/payments/reconcile/work-checks.js'
import { requestRefund } from '../src/payments/refunds/request-refund.js'
import { workRefunds } from '../src/payments/refunds/work-refunds.js'
import { createPaymentScene, type PaymentScene } from '../src/payments/testing/payment-scene.js'
import { askProvider, takeClaim } from '../src/payments/visitors/ask-provider.js'
import { openCheckout } from '../src/payments/visitors/open-checkout.js'
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database.js'

/** `CHATDESK_PAYMENT_SCHEDULES=5000 CHATDESK_PAYMENT_SEED=1 npx vitest run --project server reference-server/test/payment-schedules.test.ts` */
const COUNT = Number(process.env.CHATDESK_PAYMENT_SCHEDULES ?? 30)
const FIRST = Number(process.env.CHATDESK_PAYMENT_SEED ?? Math.floor(Math.random() * 2 ** 30))

/** Of these each slice has its own database and simulator, so that a long run needs no more memory than a short one. */
const SLICE = 100
const SLICES = Array.from({ length: Math.ceil(COUNT / SLICE) }, (_, index) => ({
  first: FIRST + index * SLICE,
  count: Math.min(SLICE, COUNT - index * SLICE),
}))

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const AMOUNT = 50_000
const KEY = { id: 'rzp_test_simA', secret: 'the secret of the schedules' }

let test: TestDatabase
let simulator: RazorpaySimulator
let hooks: Server
let hooksUrl: string
let take:
  | ((request: { raw: Buffer; signature: string | undefined; eventId: string | undefined }) => Promise<number>)
  | undefined

/** Small, fast and repeatable: the same seed gives the same run. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Run {
  scene: PaymentScene
  random: () => number
  intents: string[]
  /** Whether the process is being killed in the midst of things. */
  storm: boolean
}

/** A process that dies before a call, or once the call has done its work. */
function mortal(provider: PaymentProvider, run: Run): PaymentProvider {
  return new Proxy(provider, {
    get(target, name) {
      const value = target[name as keyof PaymentProvider]
      if (typeof value !== 'function' || name === 'isGenuineClaim') return value
      return async (...parameters: unknown[]) => {
        const fate = run.storm ? run.random() : 1
        if (fate < 0.05) throw new Error('killed before')
        const answer = await (value as (...all: unknown[]) => Promise<unknown>)(...parameters)
        if (fate < 0.1) throw new Error('killed behind')
        return answer
      }
    },
  })
}

async function begin(seed: number): Promise<Run> {
  // The sweeps are of all organizations: what the schedules before have left is none of this one's.
  const { system } = test.database
  await system.updateTable('payment_intents').set({ next_check_at: null }).execute()
  await system.updateTable('payment_webhooks').set({ next_at: null }).execute()
  await system.updateTable('payment_refunds').set({ next_at: null }).execute()
  await system
    .updateTable('payment_accounts')
    .set({ swept_to: new Date('2999-01-01') })
    .execute()
  const scene = await createPaymentScene(test.database)
  scene.tenant.now.value = new Date(simulator.now())
  const random = randomOf(seed)
  simulator.reset(`${seed}`)
  const run: Run = { scene, random, intents: [], storm: true }
  const provider = mortal(
    createRazorpayProvider({
      ...{ keyId: KEY.id, keySecret: apiSecret(KEY.secret), baseUrl: simulator.url, fetch },
      ...{ random: () => 0, wait: async () => {} },
    }),
    run,
  )
  Object.assign(scene.context, {
    clock: () => new Date(simulator.now()),
    providers: { of: async () => provider },
    reader: {
      isGenuine: (raw: Buffer, signature: string, secrets: readonly string[]) =>
        isWebhookSigned(raw, signature, secrets.map(webhookSecret)),
      parse: parseWebhook,
    },
  } satisfies Partial<PaymentScene['context']>)
  const orders = ['fifo', 'reverse', 'shuffle'] as const
  const order = orders[Math.floor(random() * orders.length)]
  simulator.control({ type: 'webhook.add', url: hooksUrl, secret: scene.webhookSecret, ...(order ? { order } : {}) })
  take = async (received) => {
    if (run.storm && random() < 0.1) return 500
    const reception = await receiveWebhook(scene.context, { ...received, endpointId: scene.endpointId })
    return reception === 'taken' ? 200 : 401
  }
  return run
}

const pick = <Item>(random: () => number, items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item

const offersOf = async ({ scene }: Run, intentId: string) =>
  test.database
    .of(scene.organizationId)
    .selectFrom('payment_refs')
    .selectAll()
    .where('organization_id', '=', scene.organizationId)
    .where('intent_id', '=', intentId)
    .execute()

/** Everything that may happen, each as likely as its place says. */
const STEPS: readonly ((run: Run) => Promise<unknown>)[] = [
  // Somebody asks for money.
  async ({ scene, intents }) => {
    if (intents.length === 3) return
    const intentId = await scene.addIntent({ minor: AMOUNT, kind: intents.length === 1 ? 'link' : 'order' })
    const first = new Date(simulator.now() + MINUTE)
    const query = test.database.of(scene.organizationId).updateTable('payment_intents')
    await query.set({ next_check_at: first }).where('id', '=', intentId).execute()
    intents.push(intentId)
    await issueIntent(scene.context, { organizationId: scene.organizationId, intentId })
  },
  // Somebody pays, or tries to; several times over, in several tabs.
  ...Array.from({ length: 3 }, () => async (run: Run) => {
    const { scene, random, intents } = run
    const intentId = pick(random, intents)
    const offer = intentId && pick(random, await offersOf(run, intentId))
    if (!offer) return
    const outcome = pick(random, [
      { kind: 'success' },
      { kind: 'success' },
      { kind: 'failure', reason: 'card_declined' },
      { kind: 'silent' },
      { kind: 'silent', authorizedAfter: Math.floor(random() * 2 * DAY) },
    ] as const)
    const at = offer.kind === 'link' ? { linkId: offer.provider_id } : { orderId: offer.provider_id }
    const attempt = simulator.attempt({ ...at, outcome })
    if (!attempt.ok || attempt.signature === null || random() < 0.5) return
    await takeClaim(scene.context, scene.visitor, {
      intentId,
      paymentId: attempt.paymentId,
      signature: attempt.signature,
    })
  }),
  async ({ scene, random, intents }) => {
    const intentId = pick(random, intents)
    if (intentId)
      await takeClaim(scene.context, scene.visitor, {
        intentId,
        paymentId: 'pay_forged00000000',
        signature: 'f'.repeat(64),
      })
  },
  async ({ scene, random, intents }) => {
    const intentId = pick(random, intents)
    if (intentId) await askProvider(scene.context, scene.visitor, intentId)
  },
  async ({ scene, random, intents }) => {
    const intentId = pick(random, intents)
    if (intentId) await openCheckout(scene.context, scene.visitor, { intentId, blocked: random() < 0.3 })
  },
  async ({ scene, random, intents }) => {
    const intentId = pick(random, intents)
    if (intentId && random() < 0.3)
      await cancelPayment(scene.context, { organizationId: scene.organizationId, intentId })
  },
  async ({ scene, random, intents }) => {
    const intentId = pick(random, intents)
    const payment = pick(random, [...simulator.state().payments.values()])
    if (!intentId || !payment) return
    await test.database.transaction(scene.organizationId, (transaction) =>
      requestRefund(transaction, {
        ...{ organizationId: scene.organizationId, intentId, id: randomUUID(), paymentId: payment.id, reason: 'r' },
        ...{ minor: BigInt(pick(random, [10_000, AMOUNT])), requestedBy: null, now: new Date(simulator.now()) },
      }),
    )
  },
  // What goes wrong with webhooks, and with calls.
  async ({ random }) => {
    const kind = pick(random, [
      'drop',
      'duplicate',
      'delay',
      'corrupt_signature',
      'wrong_secret',
      'truncate_body',
    ] as const)
    simulator.control({ type: 'fault.add', fault: { on: 'webhook', kind, times: 2, ms: 90 * MINUTE } })
  },
  async ({ random }) => {
    const kind = pick(random, ['rate_limit', 'html_error', 'reset_before', 'reset_after', 'truncated_answer'] as const)
    simulator.control({ type: 'fault.add', fault: { on: 'rest', kind, times: 1 + Math.floor(random() * 4) } })
  },
  async ({ random }) => simulator.advance(pick(random, [1_000, 30_000, 12 * MINUTE, 3 * 60 * MINUTE])),
  ...[workInbox, workRefunds, workChecks].map(
    (work) =>
      ({ scene }: Run) =>
        work(scene.context),
  ),
]

/** The storm is over: everything is asked again in its time, for more than a week. */
async function calm(run: Run): Promise<void> {
  run.storm = false
  const { scene } = run
  simulator.control({ type: 'fault.remove' })
  for (const ms of [2 * MINUTE, 20 * MINUTE, 2 * 60 * MINUTE, ...Array.from({ length: 9 }, () => DAY)]) {
    await simulator.advance(ms)
    for (let round = 0; round < 2; round++)
      for (const work of [workInbox, workChecks, workRefunds, sweepAccounts]) await work(scene.context)
    // Refunds take a moment.
    await simulator.advance(5_000)
  }
  for (const work of [workInbox, workChecks, workRefunds]) await work(scene.context)
}

/** Compares what is known with what is true. */
async function judge(run: Run): Promise<void> {
  const { scene, intents } = run
  const query = test.database.of(scene.organizationId)
  const receipts: number[] = []
  for (const intentId of intents) {
    const intent = await scene.intent(intentId)
    const orders = new Set((await offersOf(run, intentId)).map(({ provider_id: id }) => id))
    const payments = [...simulator.state().payments.values()].filter(
      ({ orderId }) => orderId !== null && orders.has(orderId),
    )
    const taken = payments.filter(({ captured }) => captured)
    const refunded = taken.reduce((sum, payment) => sum + payment.amountRefunded, 0)
    const said = { intentId, intent, payments }
    // Nothing is paid that is not, and nothing is not paid that is.
    expect(intent.paid_minor, JSON.stringify(said)).toBe(`${taken.length > 0 ? AMOUNT : 0}`)
    expect(intent.fulfilled_at !== null, JSON.stringify(said)).toBe(taken.length > 0)
    // One receipt for each that was paid, and no other.
    expect(intent.receipt_number !== null, JSON.stringify(said)).toBe(taken.length > 0)
    if (intent.receipt_number !== null) receipts.push(Number(intent.receipt_number))
    // What came in twice has gone back, and no more than came in.
    expect(refunded - Number(intent.refunded_minor), JSON.stringify(said)).toBe(Math.max(0, taken.length - 1) * AMOUNT)
    expect(['overpaid', 'mismatch', 'disputed', 'authorized', 'creating'], JSON.stringify(said)).not.toContain(
      intent.state,
    )
    const { rows: ledger } = await sql<{ account: string; sum: string }>`select account, sum(amount_minor)::text as sum
      from payment_ledger where organization_id = ${scene.organizationId}::uuid and intent_id = ${intentId}::uuid group by 1`.execute(
      query,
    )
    const sumOf = (account: string) => Number(ledger.find((line) => line.account === account)?.sum ?? 0)
    expect(sumOf('provider')).toBe(taken.length * AMOUNT - refunded)
    expect(sumOf('provider') + sumOf('sales')).toBe(0)
    // Each change was told once, in its order, and the last is what stands.
    const told = scene.told().filter((part) => part.intentId === intentId)
    expect(told.map(({ version }) => version)).toEqual(Array.from({ length: intent.version }, (_, index) => index + 1))
    const view = {
      state: intent.state as Parameters<typeof statusOf>[0]['state'],
      paid: BigInt(intent.paid_minor as string),
      refunded: BigInt(intent.refunded_minor as string),
    }
    // What was called off before it was ever offered, nobody hears of.
    if (intent.version === 0) expect(intent.state).toBe('cancelled')
    else expect(told.at(-1)?.status).toBe(statusOf(view))
  }
  expect(receipts.sort((one, other) => one - other)).toEqual(receipts.map((_, index) => index + 1))
  const orphans = query.selectFrom('payment_orphans').selectAll().where('settled_at', 'is', null)
  expect(await orphans.execute()).toEqual([])
}

async function open(): Promise<void> {
  test = await createTestDatabase('PGlite')
  simulator = createRazorpaySimulator({ clock: virtualClock(Date.UTC(2026, 0, 1)), keys: [KEY] })
  await simulator.start()
  hooks = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const header = (name: string) => request.headers[name] as string | undefined
    const received = {
      raw: Buffer.concat(chunks),
      signature: header('x-razorpay-signature'),
      eventId: header('x-razorpay-event-id'),
    }
    response.writeHead((await take?.(received).catch(() => 503)) ?? 503).end()
  })
  await new Promise<void>((resolve) => hooks.listen(0, '127.0.0.1', resolve))
  hooksUrl = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/`
}

async function close(): Promise<void> {
  await simulator.close()
  hooks.closeAllConnections()
  hooks.close()
  await test.drop()
}

describe.each(SLICES)('payments, schedules from seed $first', ({ first, count }) => {
  beforeAll(open)
  afterAll(close)

  it(
    `P1 to P13: whatever happens on the way, all agree with what is true in the end (${count} schedules)`,
    async () => {
      for (let seed = first; seed < first + count; seed++) {
        const run = await begin(seed)
        await STEPS[0]?.(run)?.catch(() => {})
        const steps = 8 + Math.floor(run.random() * 16)
        for (let step = 0; step < steps; step++) {
          // What is refused, or killed, is over; what it has begun is not.
          await pick(run.random, STEPS)(run).catch(() => {})
        }
        await calm(run)
        try {
          await judge(run)
        } catch (error) {
          throw new Error(`schedule ${seed}: ${(error as Error).message}`, { cause: error })
        }
      }
    },
    Math.max(120_000, count * 4_000),
  )
})
