import type { Webhook, WebhookDelivery, WebhookEventType } from '@chatdesk/protocol'

/** What a webhook can be told of, in the order of a conversation. */
export const EVENT_NAMES: Record<WebhookEventType, string> = {
  'conversation.started': 'A conversation begins',
  'message.created': 'A message is written',
  'conversation.assigned': 'An agent takes a conversation',
  'conversation.waiting': 'A conversation goes back to the queue',
  'conversation.resolved': 'A conversation is ended',
  'conversation.reopened': 'A conversation is opened again',
  'conversation.rated': 'A visitor rates a conversation',
}

const ERRORS: Record<NonNullable<WebhookDelivery['error']>, string> = {
  unreachable: 'Not reachable',
  timeout: 'No answer within 15 seconds',
  address: 'Not an address of the public Internet',
  redirect: 'Points elsewhere, and is not followed',
  status: 'Refused',
  secret: 'Its secret cannot be opened on this server',
}

/** One word of how a webhook does, and its tone. */
export function healthOf({ enabled, disabledReason, failingSince }: Webhook) {
  if (!enabled) return { word: 'Off', tone: disabledReason === null ? 'quiet' : 'bad' } as const
  return failingSince === null ? ({ word: 'On', tone: 'good' } as const) : ({ word: 'Failing', tone: 'late' } as const)
}

/** Why the server has switched a webhook off, and what to do; null: it has not. */
export function disabledText({ disabledReason }: Webhook): string | null {
  if (disabledReason === null) return null
  const why =
    disabledReason === 'gone' ? 'Its address answered that it is gone (410).' : 'Nothing has reached it for too long.'
  return `${why} It was switched off. Put its receiver right, then switch it on again.`
}

/** One word of where a delivery stands, and its tone. */
export const DELIVERY_STATES = {
  delivered: { word: 'Delivered', tone: 'good' },
  pending: { word: 'Pending', tone: 'late' },
  failed: { word: 'Given up', tone: 'bad' },
} as const

/** What came of the last attempt, in a line. */
export function outcomeText({ attempts, status, error, durationMs }: WebhookDelivery): string {
  if (attempts === 0) return 'Not sent yet'
  const answer = status === null ? '' : `Answer ${status}`
  const what = [error === null ? '' : ERRORS[error], answer].filter((part) => part !== '').join(' · ')
  const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  return `${what} · ${times}${durationMs === null ? '' : ` · ${durationMs} ms`}`
}

/** The host of an address, by which people tell webhooks apart. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
