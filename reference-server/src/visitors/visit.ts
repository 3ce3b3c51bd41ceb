import type { InitRequest } from '@chatdesk/protocol'
import type { ConversationsContext } from '../conversations/index.js'
import type { VerifyUserContext } from '../identity-keys/index.js'
import { hashDeviceHint } from '../platform/secrets.js'
import type { InstallationLog, ServerOffers, Widget } from '../widgets/index.js'
import { type RequestFacts, visitorContext } from './visitor-context.js'

/** What the use cases of this folder need. */
export interface VisitorsContext extends ConversationsContext, ServerOffers {
  identity: VerifyUserContext
  installations: InstallationLog
}

/** One `POST /api/widget/init`. */
export interface Visit {
  widget: Widget
  request: InitRequest
  facts: RequestFacts
  now: Date
  /** Of the session, from now on. */
  expiresAt: Date
}

/** What an `init` has found or made. */
export interface Issued {
  organizationId: string
  visitorId: string
  /** Null where the browser brought another, or none: the server knows hashes alone, and replaces no visitor's token (S4). */
  visitorToken: string | null
  sessionId: string
  token: string
  /** Of the token; null: with the session. */
  endsAt: Date | null
  created: boolean
}

/** What every init brings up to date in its session. */
export function freshFacts({ widget, request, facts, now, expiresAt }: Visit) {
  const { page, deviceHint } = request
  return {
    last_seen_at: now,
    expires_at: expiresAt,
    ...(page?.url === undefined ? {} : { page_url: page.url }),
    ...(page?.referrer === undefined ? {} : { referrer: page.referrer }),
    ...(deviceHint === undefined ? {} : { device_hint: hashDeviceHint(widget.organizationId, deviceHint) }),
    ...saidTraits(request),
    ...visitorContext(facts),
  }
}

/** Claims (threat 9). The hash beside an id proves the id alone, so what stands with it is one of them. */
function saidTraits({ traits, user }: InitRequest): { traits?: string } {
  const { name, email } = user && 'id' in user ? user : {}
  const said = { ...traits, ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) }
  return Object.keys(said).length > 0 ? { traits: JSON.stringify(said) } : {}
}
