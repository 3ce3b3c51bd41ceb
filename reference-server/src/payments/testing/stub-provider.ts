import type {
  PaymentProvider,
  ProviderLink,
  ProviderOrder,
  ProviderPayment,
  ProviderRefund,
  ProviderResult,
} from '../provider/payment-provider.js'

/** A provider whose books a test writes. What is not in them does not exist. */
export interface StubProvider extends PaymentProvider {
  readonly orders: ProviderOrder[]
  readonly links: ProviderLink[]
  readonly payments: ProviderPayment[]
  readonly refunds: ProviderRefund[]
  /** Names of the calls, in their order. */
  readonly calls: string[]
  /** What the next calls of this name do: nothing and no answer, or all but the answer. */
  breakNext(call: string, how: 'before' | 'after' | 'refuse'): void
  /** Somebody pays, or tries to. */
  pay(orderId: string, changes?: Partial<ProviderPayment>): ProviderPayment
}

const NONE = {
  ok: false,
  error: { kind: 'api', status: 400, code: 'BAD_REQUEST_ERROR', description: 'The id provided does not exist' },
} as const

/** A provider in memory, for tests of what asks it. */
export function createStubProvider(): StubProvider {
  const orders: ProviderOrder[] = []
  const links: ProviderLink[] = []
  const payments: ProviderPayment[] = []
  const refunds: ProviderRefund[] = []
  const calls: string[] = []
  const broken: { call: string; how: 'before' | 'after' | 'refuse' }[] = []
  const answer = async <Value>(call: string, run: () => Value | undefined): Promise<ProviderResult<Value>> => {
    calls.push(call)
    const index = broken.findIndex((fault) => fault.call === call)
    const fault = index < 0 ? undefined : broken.splice(index, 1)[0]
    if (fault?.how === 'refuse')
      return { ok: false, error: { kind: 'api', status: 400, code: 'BAD_REQUEST_ERROR', description: 'No.' } }
    const value = fault?.how === 'before' ? undefined : run()
    if (fault) return { ok: false, error: { kind: 'timeout', message: 'No answer in time.' } }
    return value === undefined ? NONE : { ok: true, value }
  }
  const next = (prefix: string, all: readonly unknown[]) => `${prefix}_${String(all.length + 1).padStart(14, '0')}`
  const find = <Item extends { id: string }>(items: readonly Item[], id: string) => items.find((item) => item.id === id)
  return {
    ...{ name: 'stub', mode: 'test', orders, links, payments, refunds, calls },
    breakNext: (call, how) => void broken.push({ call, how }),
    pay(orderId, changes = {}) {
      const order = find(orders, orderId)
      if (!order) throw new Error(`no order ${orderId}`)
      const payment: ProviderPayment = {
        ...{ id: next('pay', payments), orderId, amount: order.amount, status: 'captured', captured: true },
        ...{ amountRefunded: 0n, method: 'upi', failure: null, createdAt: new Date('2026-01-01T00:01:00.000Z') },
        ...changes,
      }
      payments.push(payment)
      return payment
    },
    ensureOrder: ({ receipt, amount }, mayExist) =>
      answer('ensureOrder', () => {
        const known = mayExist ? orders.find((order) => order.receipt === receipt) : undefined
        if (known) return known
        const order = { id: next('order', orders), receipt, amount, amountPaid: 0n, status: 'created' as const }
        orders.push(order)
        return order
      }),
    ensureLink: ({ referenceId, amount }, mayExist) =>
      answer('ensureLink', () => {
        const known = mayExist ? links.find((link) => link.referenceId === referenceId) : undefined
        if (known) return known
        const order = { id: next('order', orders), receipt: null, amount, amountPaid: 0n, status: 'created' as const }
        orders.push(order)
        const id = next('plink', links)
        const url = `https://pay.test/${id}`
        const link = { id, referenceId, orderId: order.id, amount, amountPaid: 0n, status: 'created' as const, url }
        links.push(link)
        return link
      }),
    fetchOrder: (id) => answer('fetchOrder', () => find(orders, id)),
    fetchLink: (id) => answer('fetchLink', () => find(links, id)),
    cancelLink: (id) =>
      answer('cancelLink', () => {
        const link = find(links, id)
        if (link?.status === 'created') link.status = 'cancelled'
        return link
      }),
    fetchPayment: (id) => answer('fetchPayment', () => find(payments, id)),
    listOrderPayments: (orderId) =>
      answer('listOrderPayments', () => payments.filter((payment) => payment.orderId === orderId)),
    listPayments: ({ from, to, count, skip }) =>
      answer('listPayments', () =>
        payments.filter(({ createdAt }) => createdAt >= from && createdAt <= to).slice(skip, skip + count),
      ),
    capture: (paymentId) =>
      answer('capture', () => {
        const payment = find(payments, paymentId)
        if (payment?.status === 'authorized') Object.assign(payment, { status: 'captured', captured: true })
        return payment
      }),
    refund: ({ paymentId, amount, key }) =>
      answer('refund', () => {
        const id = `rfnd_${key}`
        const known = find(refunds, id)
        if (known) return known
        const refund: ProviderRefund = { id, paymentId, amount, status: 'processed' }
        refunds.push(refund)
        const payment = find(payments, paymentId)
        if (payment) payment.amountRefunded += amount.minor
        return refund
      }),
    listRefunds: (paymentId) => answer('listRefunds', () => refunds.filter((refund) => refund.paymentId === paymentId)),
    isGenuineClaim: ({ signature }) => signature === 'genuine',
  }
}
