import { describe } from './attempts.js'
import { addDelivery, forgeEvent, release } from './deliveries.js'
import { type Draft, nextId } from './draft.js'
import type { ControlInput } from './inputs.js'
import { authorize, captureAuthorized, fail, mayBeAuthorized } from './payments.js'
import { failRefund, processRefund } from './refunds.js'
import { defaultAccountId } from './state.js'
import type { WebhookRecord } from './webhook-records.js'

/** A control that cannot be done. Thrown inside of the core alone. */
export class ControlRefusal extends Error {}

type Of<Type extends ControlInput['type']> = Extract<ControlInput, { type: Type }>

/** Does what somebody outside of the API wants, and says what came of it. */
export function control(draft: Draft, input: ControlInput): unknown {
  switch (input.type) {
    case 'payment.move':
      return movePayment(draft, input)
    case 'refund.move':
      return moveRefund(draft, input)
    case 'fault.add': {
      const fault = { ...input.fault, id: nextId(draft, 'fault'), left: input.fault.times ?? null }
      draft.faults.set(fault.id, fault)
      return fault
    }
    case 'fault.remove':
      if (input.id === undefined) draft.faults.clear()
      else if (!draft.faults.delete(input.id)) throw new ControlRefusal(`There is no fault ${input.id}.`)
      return null
    case 'webhook.add':
      return addWebhook(draft, input)
    case 'webhook.change':
      return changeWebhook(draft, input)
    case 'webhook.remove':
      if (!draft.webhooks.delete(input.id)) throw new ControlRefusal(`There is no webhook ${input.id}.`)
      return null
    case 'delivery.release':
      return { released: release(draft, input.webhookId) }
    case 'delivery.replay':
      return replay(draft, input)
    case 'event.forge':
      return forgeEvent(draft, input.accountId ?? defaultAccountId(draft.seed), input.name, input.body)
    case 'settings.change':
      draft.settings = { ...draft.settings, ...input.settings }
      return draft.settings
  }
}

function movePayment(draft: Draft, { paymentId, to, reason }: Of<'payment.move'>): unknown {
  const payment = draft.payments.get(paymentId)
  if (!payment) throw new ControlRefusal(`There is no payment ${paymentId}.`)
  if (to === 'authorized') {
    if (!mayBeAuthorized(draft, payment))
      throw new ControlRefusal(`A payment that is ${payment.status} cannot be authorized, or it is too late.`)
    authorize(draft, payment)
  } else if (to === 'captured') {
    const order = payment.orderId === null ? undefined : draft.orders.get(payment.orderId)
    if (payment.status !== 'authorized' || !order)
      throw new ControlRefusal(`A payment that is ${payment.status}, or without an order, cannot be captured.`)
    captureAuthorized(draft, payment, order)
  } else {
    if (payment.status !== 'created') throw new ControlRefusal(`A payment that is ${payment.status} cannot fail.`)
    fail(draft, payment, reason ?? 'payment_failed')
  }
  return describe(draft, paymentId)
}

function moveRefund(draft: Draft, { refundId, to }: Of<'refund.move'>): unknown {
  const refund = draft.refunds.get(refundId)
  if (refund?.status !== 'pending') throw new ControlRefusal(`There is no pending refund ${refundId}.`)
  if (to === 'failed' && refund.automatic)
    throw new ControlRefusal('A refund of what was never captured does not fail: the money is not the merchant’s.')
  if (to === 'failed') failRefund(draft, refund)
  else processRefund(draft, refund)
  return draft.refunds.get(refundId)
}

/** Razorpay takes public addresses only; the simulator takes those of this machine only. */
function checkUrl(url: string): void {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host) || !url.startsWith('http:'))
    throw new ControlRefusal(`${url} is no address of this machine: the simulator sends nothing elsewhere.`)
}

function addWebhook(draft: Draft, input: Of<'webhook.add'>): WebhookRecord {
  checkUrl(input.url)
  const webhook: WebhookRecord = {
    id: nextId(draft, 'webhook'),
    accountId: input.accountId ?? defaultAccountId(draft.seed),
    url: input.url,
    secret: input.secret,
    events: input.events ?? null,
    active: true,
    disabledAt: null,
    order: input.order ?? 'fifo',
  }
  draft.webhooks.set(webhook.id, webhook)
  return webhook
}

function changeWebhook(draft: Draft, { type: _type, ...changes }: Of<'webhook.change'>): WebhookRecord {
  const webhook = draft.webhooks.get(changes.id)
  if (!webhook) throw new ControlRefusal(`There is no webhook ${changes.id}.`)
  if (changes.url !== undefined) checkUrl(changes.url)
  const changed = { ...webhook, ...changes, ...(changes.active ? { disabledAt: null } : {}) }
  draft.webhooks.set(webhook.id, changed)
  return changed
}

/** Sends an event once more, as Razorpay's support does; under a new id only a forger would. */
function replay(draft: Draft, { eventId, webhookId, underNewId }: Of<'delivery.replay'>): unknown {
  const event = draft.events.get(eventId)
  if (!event) throw new ControlRefusal(`There is no event ${eventId}.`)
  const headerEventId = underNewId ? nextId(draft, 'event') : event.id
  return [...draft.webhooks.values()]
    .filter(({ id, accountId }) => accountId === event.accountId && (webhookId === undefined || id === webhookId))
    .map((webhook) => addDelivery(draft, event, webhook, { status: 'waiting', headerEventId }))
}
