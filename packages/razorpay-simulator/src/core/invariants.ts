import type { OrderRecord, PaymentRecord } from './entities.js'
import type { SimulatorState } from './state.js'

/** What holds after every step, as a list of what does not: empty when all is well. */
export function brokenInvariants(state: SimulatorState): string[] {
  return [
    ...[...state.orders.values()].flatMap((order) => orderFaults(state, order)),
    ...[...state.payments.values()].flatMap((payment) => paymentFaults(state, payment)),
    ...linkFaults(state),
    ...deliveryFaults(state),
  ]
}

function orderFaults(state: SimulatorState, order: OrderRecord): string[] {
  const payments = [...state.payments.values()].filter(({ orderId }) => orderId === order.id)
  const captured = payments.filter((payment) => payment.captured)
  const sum = captured.reduce((total, { amount }) => total + amount, 0)
  return [
    ...(sum === order.amountPaid ? [] : [`${order.id}: ${order.amountPaid} paid, ${sum} captured`]),
    ...(order.amountPaid <= order.amount ? [] : [`${order.id}: more paid than asked for`]),
    ...((order.status === 'paid') === (order.amountPaid === order.amount)
      ? []
      : [`${order.id}: ${order.status} with ${order.amountPaid} of ${order.amount}`]),
    ...(order.partialPayment || captured.length <= 1 ? [] : [`${order.id}: ${captured.length} captured payments`]),
    ...(payments.filter(({ status }) => status === 'authorized').length <= 1
      ? []
      : [`${order.id}: more than one payment waits for its capture`]),
    ...(payments.length === order.attempts
      ? []
      : [`${order.id}: ${payments.length} payments, ${order.attempts} attempts`]),
    ...((order.status === 'created') === (order.attempts === 0) ? [] : [`${order.id}: ${order.status} after attempts`]),
  ]
}

function paymentFaults(state: SimulatorState, payment: PaymentRecord): string[] {
  const refunds = [...state.refunds.values()].filter(
    ({ paymentId, status }) => paymentId === payment.id && status !== 'failed',
  )
  const refunded = refunds.reduce((total, { amount }) => total + amount, 0)
  const returned = refunds.some(({ automatic }) => automatic)
  const captured = payment.captured ? payment.amount : 0
  return [
    ...(refunded === payment.amountRefunded ? [] : [`${payment.id}: refunds do not add up`]),
    ...(refunded <= (returned ? payment.amount : captured) ? [] : [`${payment.id}: more refunded than captured`]),
    ...(payment.captured && returned ? [`${payment.id}: captured and returned`] : []),
    ...((payment.status === 'refunded') === (payment.amountRefunded === payment.amount)
      ? []
      : [`${payment.id}: ${payment.status} with ${payment.amountRefunded} refunded`]),
    ...(payment.status === 'captured' && !payment.captured ? [`${payment.id}: captured, and not`] : []),
    ...((payment.failure !== null) === (payment.status === 'failed')
      ? []
      : [`${payment.id}: ${payment.status} with a reason`]),
  ]
}

function linkFaults(state: SimulatorState): string[] {
  return [...state.links.values()].flatMap((link) => {
    const order = link.orderId === null ? undefined : state.orders.get(link.orderId)
    const paid = order?.amountPaid ?? 0
    const ended = link.status === 'cancelled' || link.status === 'expired'
    const expected = paid === 0 ? 'created' : paid === link.amount ? 'paid' : 'partially_paid'
    return [
      ...(link.amountPaid === paid ? [] : [`${link.id}: ${link.amountPaid} paid, its order says ${paid}`]),
      ...(ended || link.status === expected ? [] : [`${link.id}: ${link.status} with ${paid} of ${link.amount}`]),
    ]
  })
}

function deliveryFaults(state: SimulatorState): string[] {
  return [...state.deliveries.values()].flatMap((delivery) => [
    ...(delivery.status === 'waiting' && !hasTimer(state, delivery.id) ? [`${delivery.id}: waits for nothing`] : []),
    ...(state.events.has(delivery.eventId) ? [] : [`${delivery.id}: of no event`]),
  ])
}

function hasTimer(state: SimulatorState, id: string): boolean {
  return state.timers.has(`delivery.send ${id}`) || state.timers.has(`delivery.give-up ${id}`)
}
