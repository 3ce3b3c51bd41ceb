import { type Request, Router } from 'express'
import type { VisitorActor } from '../organizations/actor.js'
import type { MemberGate } from '../organizations/index.js'
import type { Logger } from '../platform/logger.js'
import type { RateLimit } from '../platform/rate-limit.js'
import type { Sealer } from '../platform/sealed.js'
import { createPaymentProviders, type PaymentProviders } from './accounts/payment-providers.js'
import type { WebhookReader } from './inbox/receive-webhook.js'
import { paymentHookRoutes } from './inbox/webhook-routes.js'
import { workInbox } from './inbox/work-inbox.js'
import type { FactsContext, IntentId } from './intents/apply-facts.js'
import { memberPaymentRoutes } from './members/member-routes.js'
import { baseOf } from './provider/razorpay/call-razorpay.js'
import { parseWebhook } from './provider/razorpay/parse-webhook.js'
import { isWebhookSigned } from './provider/razorpay/signatures.js'
import { webhookSecret } from './provider/secrets.js'
import { receiptRoutes } from './receipts/receipt-routes.js'
import { sweepAccounts } from './reconcile/sweep-accounts.js'
import { workChecks } from './reconcile/work-checks.js'
import { workRefunds } from './refunds/work-refunds.js'
import { visitorPaymentRoutes } from './visitors/visitor-routes.js'

/** How money is taken. */
export interface PaymentsOptions {
  /** Another place that speaks as Razorpay does, such as `@chatdesk/razorpay-simulator`; accounts in live mode are refused then. */
  razorpayUrl?: string | undefined
  /** Accounts at another provider. They still stand in the database, for the organizations that have them. */
  providers?: PaymentProviders | undefined
}

/** What payments need of the rest of the server. */
export interface PaymentsContext extends FactsContext {
  sealer: Sealer
  gate: MemberGate
  logger: Logger
  options: PaymentsOptions
  /** Where people reach this server, up to its mount point; undefined: nobody has said it, and links lead nowhere back. */
  publicUrl: URL | undefined
  hooksPerEndpoint: RateLimit
}

/** Payments: routes and sweeps. */
export interface Payments {
  /** `/api/payments`: webhooks of the provider, receipts, and the way back from a link's page. */
  open: Router
  /** Of `/api/chat-widget`. */
  members: Router
  /** Of `/api/widget`. */
  visitors(door: { authenticate: (request: Request) => Promise<VisitorActor>; writesPerSession: RateLimit }): Router
  /** Does what is due: webhooks, refunds, and looks at what nobody has said anything of. Rejects never. */
  sweep(): Promise<void>
}

const READER: WebhookReader = {
  isGenuine: (raw, signature, secrets) => isWebhookSigned(raw, signature, secrets.map(webhookSecret)),
  parse: parseWebhook,
}

/** Wires payments together; holds no rule of its own. */
export function createPayments(context: PaymentsContext): Payments {
  const { providers: own, razorpayUrl } = context.options
  // A server that could not speak to it says so at its start.
  const elsewhere = razorpayUrl === undefined ? undefined : baseOf({ baseUrl: razorpayUrl })
  const providers = own ?? createPaymentProviders({ ...context, razorpayUrl })
  const { publicUrl } = context
  const callbackUrl = ({ organizationId, intentId }: IntentId) =>
    publicUrl
      ? `${publicUrl.href.replace(/\/$/, '')}/api/payments/organizations/${organizationId}/back/${intentId}`
      : null
  const whole = { ...context, providers, reader: READER, callbackUrl }
  const inbox = () => workInbox(whole)
  const refunds = () => workRefunds(whole)
  return {
    open: Router().use(
      paymentHookRoutes({ ...whole, perEndpoint: context.hooksPerEndpoint, work: () => void inbox() }),
      receiptRoutes(whole),
    ),
    members: memberPaymentRoutes({ ...whole, workRefunds: refunds, isSimulated: elsewhere !== undefined }),
    visitors: (door) => {
      const scriptUrl = elsewhere && new URL('/v1/checkout.js', elsewhere).href
      return visitorPaymentRoutes({ ...whole, ...door, scriptUrl })
    },
    async sweep() {
      await inbox()
      await refunds()
      await workChecks(whole)
      await sweepAccounts(whole)
    },
  }
}
