import type { MemberPushPayload, PushPayload } from '@chatdesk/protocol'
import { requestPublic } from '../platform/public-request.js'
import type { ServerKey } from './server-key.js'
import type { OpenSubscription } from './subscriptions.js'
import { generateRequestDetails } from './web-push.js'

/** What became of a push: it is with the service · the browser takes none any more · it will never be taken · not now. */
export type PushOutcome = 'sent' | 'gone' | 'refused' | 'later'

/** Which browser. */
export type PushTarget = OpenSubscription

/** A push service may keep it for a browser that is off for a day. */
const KEPT_SECONDS = 24 * 3600
const TIMEOUT_MS = 10_000

/** Hands a notification to a browser's push service, encrypted for the browser. */
export async function sendPush(
  target: PushTarget,
  payload: PushPayload | MemberPushPayload,
  options: { topic: string; identity: ServerKey & { subject: string }; allowPrivate: boolean; signal: AbortSignal },
): Promise<PushOutcome> {
  const { topic, identity, allowPrivate, signal } = options
  let details: ReturnType<typeof generateRequestDetails>
  try {
    const vapidDetails = identity
    details = generateRequestDetails(target, JSON.stringify(payload), { vapidDetails, topic, TTL: KEPT_SECONDS })
  } catch {
    // Keys that are none: no browser has made them.
    return 'gone'
  }
  const { method, headers, body } = details
  const answer = await requestPublic(target.endpoint, {
    ...{ method, headers, body: body ?? undefined, allowPrivate },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  })
  answer.destroy()
  return outcomeOf(answer.statusCode ?? 0)
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'sent'
  if (status === 404 || status === 410) return 'gone'
  return status === 429 || status >= 500 ? 'later' : 'refused'
}
