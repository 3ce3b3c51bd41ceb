import { clearTimer, type Draft, nextDraw, nextId, type PendingEvent, setTimer } from './draft.js'
import type { WebhookFault } from './faults.js'
import type { DeliveryResultInput } from './inputs.js'
import { serialise } from './serialise.js'
import { sign } from './signatures.js'
import { strikes } from './take-fault.js'
import type {
  DeliveryDamage,
  DeliveryOrder,
  DeliveryRecord,
  EventName,
  EventRecord,
  WebhookRecord,
} from './webhook-records.js'

/** Writes the events of a step down and makes a delivery of each for every endpoint that listens. */
export function publishEvents(draft: Draft): void {
  const events = draft.pendingEvents.splice(0).map((pending) => record(draft, pending))
  for (const webhook of draft.webhooks.values()) {
    const heard = events.filter((event) => webhook.active && listens(webhook, event))
    for (const event of inOrder(draft, heard, webhook.order)) address(draft, event, webhook)
  }
}

function record(draft: Draft, { accountId, name, contains, payload, createdAt }: PendingEvent): EventRecord {
  const envelope = { entity: 'event', account_id: accountId, event: name, contains, payload, created_at: createdAt }
  return writeDown(draft, accountId, name, envelope)
}

function writeDown(draft: Draft, accountId: string, name: EventName, body: unknown): EventRecord {
  const { bodyStyle } = draft.settings
  const style = bodyStyle === 'mixed' ? (nextDraw(draft) < 0.5 ? 'php' : 'compact') : bodyStyle
  const event: EventRecord = {
    id: nextId(draft, 'event'),
    accountId,
    name,
    body: serialise(body, style),
    createdAt: draft.now,
  }
  draft.events.set(event.id, event)
  return event
}

/** Writes down what never happened, or not so, and sends it as if it had. */
export function forgeEvent(draft: Draft, accountId: string, name: EventName, body: unknown): EventRecord {
  const event = writeDown(draft, accountId, name, body)
  for (const webhook of draft.webhooks.values())
    if (webhook.active && listens(webhook, event)) address(draft, event, webhook)
  return event
}

function listens(webhook: WebhookRecord, event: EventRecord): boolean {
  return webhook.accountId === event.accountId && (webhook.events === null || webhook.events.includes(event.name))
}

/** A list as an endpoint is to hear of it; shuffled by the seed. */
function inOrder<T>(draft: Draft, list: readonly T[], order: DeliveryOrder): T[] {
  if (order === 'fifo') return [...list]
  if (order === 'reverse') return [...list].reverse()
  const shuffled = [...list]
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(nextDraw(draft) * (last + 1))
    ;[shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T]
  }
  return shuffled
}

/** Makes the deliveries of one event to one endpoint: one, but for the faults. */
function address(draft: Draft, event: EventRecord, webhook: WebhookRecord): void {
  const faults = [...draft.faults.values()].filter(
    (fault): fault is typeof fault & WebhookFault =>
      fault.on === 'webhook' &&
      (fault.webhookId === undefined || fault.webhookId === webhook.id) &&
      (fault.event === undefined || fault.event === event.name) &&
      strikes(draft, fault),
  )
  const struck = (kind: WebhookFault['kind']) => faults.find((fault) => fault.kind === kind)
  const duplicate = struck('duplicate')
  const copies = 1 + (duplicate ? (duplicate.copies ?? 1) : 0)
  const damage: DeliveryDamage = {
    ...(struck('corrupt_signature') ? { corruptSignature: true } : {}),
    ...(struck('wrong_secret') ? { wrongSecret: true } : {}),
    ...(struck('truncate_body') ? { truncateBody: true } : {}),
  }
  const status = struck('drop') ? 'dropped' : struck('hold') ? 'held' : 'waiting'
  for (let copy = 0; copy < copies; copy++)
    addDelivery(draft, event, webhook, { status, damage, delay: struck('delay')?.ms ?? 0 })
}

/** Writes a delivery down, and when it is due. */
export function addDelivery(
  draft: Draft,
  event: EventRecord,
  webhook: WebhookRecord,
  how: { status: 'waiting' | 'held' | 'dropped'; damage?: DeliveryDamage; delay?: number; headerEventId?: string },
): DeliveryRecord {
  const id = nextId(draft, 'delivery')
  const dueAt = how.status === 'waiting' ? draft.now + (how.delay ?? 0) : null
  const delivery: DeliveryRecord = {
    id,
    eventId: event.id,
    headerEventId: how.headerEventId ?? event.id,
    event: event.name,
    webhookId: webhook.id,
    secret: webhook.secret,
    status: how.status,
    damage: how.damage ?? {},
    attempts: [],
    createdAt: draft.now,
    dueAt,
  }
  draft.deliveries.set(id, delivery)
  if (dueAt !== null) setTimer(draft, 'delivery.send', id, dueAt)
  return delivery
}

/** Lets go of what was held, in the order of each endpoint. */
export function release(draft: Draft, webhookId?: string): number {
  let released = 0
  for (const webhook of draft.webhooks.values()) {
    if (webhookId !== undefined && webhook.id !== webhookId) continue
    const held = [...draft.deliveries.values()].filter((it) => it.status === 'held' && it.webhookId === webhook.id)
    for (const delivery of inOrder(draft, held, webhook.order)) {
      draft.deliveries.set(delivery.id, { ...delivery, status: 'waiting', dueAt: draft.now })
      setTimer(draft, 'delivery.send', delivery.id, draft.now)
      released++
    }
  }
  return released
}

/** A delivery is due: has it sent, signed with the secret of its time. */
export function send(draft: Draft, delivery: DeliveryRecord): void {
  const webhook = draft.webhooks.get(delivery.webhookId)
  const event = draft.events.get(delivery.eventId)
  if (!webhook?.active || !event) {
    draft.deliveries.set(delivery.id, { ...delivery, status: 'abandoned', dueAt: null })
    return
  }
  draft.deliveries.set(delivery.id, { ...delivery, status: 'in_flight', dueAt: null })
  const { corruptSignature, wrongSecret, truncateBody } = delivery.damage
  const signature = delivery.secret === null ? null : sign(event.body, wrongSecret ? 'not the secret' : delivery.secret)
  draft.effects.push({
    type: 'deliver',
    deliveryId: delivery.id,
    webhookId: webhook.id,
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Razorpay-Webhook/v1',
      'x-razorpay-event-id': delivery.headerEventId,
      ...(signature === null ? {} : { 'x-razorpay-signature': corruptSignature ? corrupted(signature) : signature }),
    },
    body: truncateBody ? event.body.slice(0, Math.floor(event.body.length / 2)) : event.body,
  })
}

/** Another signature, in its first digit. */
function corrupted(signature: string): string {
  return (signature.startsWith('0') ? '1' : '0') + signature.slice(1)
}

/** What came of a try: done, or again later, or, 24 hours after the event, never again. */
export function receiveResult(draft: Draft, { deliveryId, status, error }: DeliveryResultInput): void {
  const delivery = draft.deliveries.get(deliveryId)
  if (delivery?.status !== 'in_flight') return
  const attempts = [...delivery.attempts, { at: draft.now, status, error }]
  const taken = status !== null && status >= 200 && status < 300
  if (taken) {
    draft.deliveries.set(delivery.id, { ...delivery, status: 'delivered', attempts })
    return
  }
  const wait = draft.settings.retryAfter[attempts.length - 1]
  const giveUpAt = delivery.createdAt + draft.settings.giveUpAfter
  const again = wait !== undefined && draft.now + wait < giveUpAt
  const dueAt = again ? draft.now + wait : Math.max(giveUpAt, draft.now)
  draft.deliveries.set(delivery.id, { ...delivery, status: 'waiting', attempts, dueAt: again ? dueAt : null })
  setTimer(draft, again ? 'delivery.send' : 'delivery.give-up', delivery.id, dueAt)
}

/** Nobody took a delivery for too long: its endpoint is disabled, and hears of nothing until it is switched on again. */
export function giveUp(draft: Draft, delivery: DeliveryRecord): void {
  draft.deliveries.set(delivery.id, { ...delivery, status: 'abandoned', dueAt: null })
  const webhook = draft.webhooks.get(delivery.webhookId)
  if (!webhook?.active) return
  draft.webhooks.set(webhook.id, { ...webhook, active: false, disabledAt: draft.now })
  draft.alerts = [
    ...draft.alerts,
    {
      at: draft.now,
      webhookId: webhook.id,
      deliveryId: delivery.id,
      text: `The webhook ${webhook.url} was disabled: it took no delivery of ${delivery.event} for 24 hours.`,
    },
  ]
  for (const other of draft.deliveries.values()) {
    if (other.webhookId !== webhook.id || other.status !== 'waiting') continue
    clearTimer(draft, 'delivery.send', other.id)
    clearTimer(draft, 'delivery.give-up', other.id)
    draft.deliveries.set(other.id, { ...other, status: 'abandoned', dueAt: null })
  }
}
