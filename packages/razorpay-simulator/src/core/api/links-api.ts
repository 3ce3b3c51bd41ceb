import { clearTimer, nextId, putLink, putOrder, setTimer } from '../draft.js'
import type { LinkRecord, Notes } from '../entities.js'
import { cancelLink } from '../links.js'
import { linkView } from '../views.js'
import { type Answer, type Call, find, ownNewestFirst, page } from './call.js'
import {
  type Body,
  checkAmount,
  flag,
  isSent,
  optionalInteger,
  optionalText,
  readNotes,
  refuseUnknown,
  requiredAmount,
  requiredCurrency,
} from './fields.js'
import { badLinkRequest } from './refusal.js'

const MINUTE = 60_000
const SIX_MONTHS = 183 * 24 * 60 * MINUTE
const UPDATABLE = ['accept_partial', 'reference_id', 'expire_by', 'notes', 'reminder_enable']
const FIELDS = [
  ...UPDATABLE,
  'amount',
  'currency',
  'first_min_partial_amount',
  'upi_link',
  'description',
  'customer',
  'notify',
  'callback_url',
  'callback_method',
  'options',
]

/** `POST /payment_links`, with or without a slash at its end. */
export function createLink(call: Call): Answer {
  const { draft, body } = call
  const amount = requiredAmount(body, badLinkRequest)
  const currency = isSent(body, 'currency') ? requiredCurrency(body, badLinkRequest) : 'INR'
  checkAmount(amount, currency, draft.settings.maximumAmount, badLinkRequest)
  refuseUnknown(body, FIELDS, badLinkRequest)
  if (flag(body, 'upi_link', badLinkRequest)) throw badLinkRequest('UPI Payment Links is not supported in Test Mode')
  const acceptPartial = flag(body, 'accept_partial', badLinkRequest)
  const link: LinkRecord = {
    id: '',
    accountId: call.accountId,
    amount,
    amountPaid: 0,
    currency,
    acceptPartial,
    firstMinPartialAmount: readFirstPart(body, acceptPartial, amount),
    description: readText(body, 'description', 2048),
    referenceId: readText(body, 'reference_id', 40),
    customer: readCustomer(body),
    notify: readNotify(body),
    reminderEnable: flag(body, 'reminder_enable', badLinkRequest),
    notes: linkNotes(body),
    ...readCallback(body),
    expireBy: readExpiry(body, draft.now),
    status: 'created',
    orderId: null,
    createdAt: draft.now,
    updatedAt: draft.now,
    cancelledAt: 0,
    expiredAt: 0,
  }
  refuseTakenReference(call, link.referenceId)
  const made = putLink(draft, { ...link, id: nextId(draft, 'link') })
  setTimer(draft, 'link.expire', made.id, made.expireBy)
  return linkView(draft, made)
}

function refuseTakenReference(call: Call, referenceId: string, except?: LinkRecord): void {
  if (referenceId === '') return
  const taken = ownNewestFirst(call, call.draft.links).some(
    (link) => link.referenceId === referenceId && link.id !== except?.id,
  )
  if (taken) throw badLinkRequest('payment link creation with reference ID already attempted')
}

function readText(body: Body, field: string, most: number): string {
  const text = optionalText(body, field, badLinkRequest) ?? ''
  if (text.length > most) throw badLinkRequest(`${field}: the length must be no more than ${most}.`)
  return text
}

function readFirstPart(body: Body, acceptPartial: boolean, amount: number): number {
  const first = optionalInteger(body, 'first_min_partial_amount', badLinkRequest)
  if (first === null) return 0
  if (!acceptPartial) throw badLinkRequest('first_min_partial_amount is/are not required and should not be sent')
  if (first < 1 || first > amount)
    throw badLinkRequest('first_min_partial_amount: must be no more than the amount of the link.')
  return first
}

function readCustomer(body: Body): Readonly<Record<string, string>> {
  if (!isSent(body, 'customer')) return {}
  const customer = asObject(body, 'customer')
  refuseUnknown(customer, ['name', 'email', 'contact'], badLinkRequest)
  const texts = Object.keys(customer).map((field) => [field, optionalText(customer, field, badLinkRequest) ?? ''])
  return Object.fromEntries(texts)
}

function readNotify(body: Body): LinkRecord['notify'] {
  const notify = isSent(body, 'notify') ? asObject(body, 'notify') : {}
  refuseUnknown(notify, ['sms', 'email', 'whatsapp'], badLinkRequest)
  const read = (field: string) => flag(notify, field, badLinkRequest)
  return { email: read('email'), sms: read('sms'), whatsapp: read('whatsapp') }
}

function asObject(body: Body, field: string): Body {
  const value = body[field]
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body
  throw badLinkRequest(`${field}: must be an object.`)
}

function readCallback(body: Body): { callbackUrl: string; callbackMethod: string } {
  const callbackUrl = readText(body, 'callback_url', 2048)
  const callbackMethod = readText(body, 'callback_method', 10)
  if (callbackUrl !== '' && !(URL.canParse(callbackUrl) && /^https?:/i.test(callbackUrl)))
    throw badLinkRequest('callback_url: must be a valid URL.')
  if (callbackUrl !== '' && callbackMethod !== 'get') throw badLinkRequest('callback_method: must be get.')
  if (callbackUrl === '' && callbackMethod !== '') throw badLinkRequest('callback_url: is required.')
  return { callbackUrl, callbackMethod }
}

function readExpiry(body: Body, now: number): number {
  const expireBy = optionalInteger(body, 'expire_by', badLinkRequest)
  if (expireBy === null || expireBy === 0) return now + SIX_MONTHS
  if (expireBy * 1000 < now + 15 * MINUTE)
    throw badLinkRequest('expire_by: timestamp must be atleast 15 minutes in future')
  if (expireBy * 1000 > now + SIX_MONTHS)
    throw badLinkRequest('expire_by: timestamp must be at most 6 months in future')
  return expireBy * 1000
}

function linkNotes(body: Body): Notes {
  return readNotes(body, 255, 'value: the length must not be greater than 255.', badLinkRequest)
}

/** `GET /payment_links`, which is a list of another shape than the others. */
export function listLinks(call: Call): Answer {
  const paymentId = call.query.get('payment_id')
  const referenceId = call.query.get('reference_id')
  const orderId = paymentId === null ? undefined : call.draft.payments.get(paymentId)?.orderId
  const links = ownNewestFirst(call, call.draft.links).filter(
    (link) =>
      (referenceId === null || link.referenceId === referenceId) &&
      (paymentId === null || (link.orderId !== null && link.orderId === orderId)),
  )
  return { payment_links: page(call, links).map((link) => linkView(call.draft, link)) }
}

function findLink(call: Call, id: string): LinkRecord {
  return find(call, call.draft.links, 'link', id)
}

/** `GET /payment_links/:id` */
export function getLink(call: Call, id: string): Answer {
  return linkView(call.draft, findLink(call, id))
}

/** `PATCH /payment_links/:id` */
export function changeLink(call: Call, id: string): Answer {
  const { draft, body } = call
  const link = findLink(call, id)
  refuseUnknown(body, UPDATABLE, badLinkRequest)
  if (link.status !== 'created' && link.status !== 'partially_paid')
    throw badLinkRequest('update can only be made in created or partially paid state')
  const referenceId = isSent(body, 'reference_id') ? readText(body, 'reference_id', 40) : link.referenceId
  refuseTakenReference(call, referenceId, link)
  const expireBy = isSent(body, 'expire_by') ? readExpiry(body, draft.now) : link.expireBy
  const changed = putLink(draft, link, {
    referenceId,
    expireBy,
    notes: isSent(body, 'notes') ? linkNotes(body) : link.notes,
    acceptPartial: isSent(body, 'accept_partial') ? flag(body, 'accept_partial', badLinkRequest) : link.acceptPartial,
    reminderEnable: isSent(body, 'reminder_enable')
      ? flag(body, 'reminder_enable', badLinkRequest)
      : link.reminderEnable,
  })
  const order = link.orderId === null ? undefined : draft.orders.get(link.orderId)
  if (order) putOrder(draft, order, { partialPayment: changed.acceptPartial })
  clearTimer(draft, 'link.expire', link.id)
  setTimer(draft, 'link.expire', link.id, expireBy)
  return linkView(draft, changed)
}

/** `POST /payment_links/:id/cancel` */
export function cancelLinkByCall(call: Call, id: string): Answer {
  const link = findLink(call, id)
  if (link.status === 'paid' || link.status === 'partially_paid')
    throw badLinkRequest('cannot cancel or expire an already paid/partially paid link')
  if (link.status === 'expired') throw badLinkRequest('cannot cancel or expire an expired link')
  if (link.status === 'cancelled') throw badLinkRequest('cannot cancel or expire a cancelled link')
  return linkView(call.draft, cancelLink(call.draft, link))
}

/** `POST /payment_links/:id/notify_by/:medium`: nobody is told, for the simulator sends no messages. */
export function notifyByLink(call: Call, id: string, medium: string): Answer {
  const link = findLink(call, id)
  if (medium !== 'sms' && medium !== 'email') throw badLinkRequest('The selected medium is invalid.')
  const address = medium === 'sms' ? link.customer.contact : link.customer.email
  if (!address) throw badLinkRequest(`The link has no ${medium === 'sms' ? 'contact' : 'email'} to notify.`)
  return { success: true }
}
