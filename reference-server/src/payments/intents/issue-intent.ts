import { sql } from 'kysely'
import type { PaymentProvider, ProviderError, ProviderResult } from '../provider/payment-provider.js'
import { applyFacts, type IntentId } from './apply-facts.js'
import type { LookContext } from './look-at-intent.js'
import type { PaymentFact } from './payment-fact.js'

/** How long one process may take for an order or a link before another one tries, in milliseconds: well above a call's time-out. */
const LEASE_MS = 60_000

/** What `issueIntent` needs. */
export interface IssueContext extends LookContext {
  /** Where a link's page leads back to: the server's own address. Null: nowhere. */
  callbackUrl: (which: IntentId) => string | null
}

/** What has come of it. */
export type Issued =
  | { status: 'issued' }
  /** The provider gave no answer: it may have been made, and is looked for with the next try. */
  | { status: 'unknown'; error: ProviderError }
  /** The provider will not: another try would be refused alike. */
  | { status: 'refused'; error: ProviderError }
  /** Somebody else is at it, there is one already, or there is no such intent. */
  | { status: 'nothing' }

interface Claimed {
  accountId: string
  kind: 'order' | 'link'
  tries: number
  purpose: string
  minor: string
  currency: string
  partial: boolean
  expiresAt: Date | null
  conversationId: string | null
}

/**
 * Has the provider make what an intent is paid by, once: whoever begins holds it for a minute, and whoever comes after an answer that
 * never came looks for what may have been made before (bug 22, P9).
 */
export async function issueIntent(context: IssueContext, which: IntentId, signal?: AbortSignal): Promise<Issued> {
  const claimed = await claim(context, which)
  const provider =
    claimed && (await context.providers.of({ organizationId: which.organizationId, accountId: claimed.accountId }))
  if (!claimed || !provider) return { status: 'nothing' }
  const made = await make(provider, { ...context, ...which }, claimed, signal)
  if (made.ok) {
    await applyFacts(context, which, [made.value], 'answer')
    return { status: 'issued' }
  }
  await release(context, which)
  const { error } = made
  const isRefused = error.kind === 'api' && error.status < 500 && error.status !== 429 && error.status !== 409
  return { status: isRefused ? 'refused' : 'unknown', error }
}

async function claim({ database, clock }: IssueContext, { organizationId, intentId }: IntentId) {
  const now = clock()
  const until = new Date(now.getTime() + LEASE_MS)
  const { rows } = await sql<Claimed>`
    update payment_intents i set issue_tries = i.issue_tries + 1, issuing_until = ${until}::timestamptz
    where i.organization_id = ${organizationId}::uuid and i.id = ${intentId}::uuid
      and (i.issuing_until is null or i.issuing_until <= ${now}::timestamptz)
      and i.state in ('creating', 'issued', 'attempted')
      and not exists (select from payment_refs r where r.organization_id = i.organization_id and r.intent_id = i.id
        and r.open and r.kind = i.kind)
    returning i.account_id as "accountId", i.kind, i.issue_tries as tries, i.purpose, i.amount_minor as minor, i.currency,
      i.partial, i.expires_at as "expiresAt", i.conversation_id as "conversationId"`.execute(
    database.of(organizationId),
  )
  return rows[0]
}

async function release({ database }: IssueContext, { organizationId, intentId }: IntentId): Promise<void> {
  await database
    .of(organizationId)
    .updateTable('payment_intents')
    .set({ issuing_until: null })
    .where('organization_id', '=', organizationId)
    .where('id', '=', intentId)
    .execute()
}

async function make(
  provider: PaymentProvider,
  { organizationId, intentId, callbackUrl }: IssueContext & IntentId,
  { kind, tries, purpose, minor, currency, partial, expiresAt, conversationId }: Claimed,
  signal: AbortSignal | undefined,
): Promise<ProviderResult<PaymentFact>> {
  const amount = { minor: BigInt(minor), currency }
  const name = receiptOf(intentId)
  const notes: Record<string, string> = {
    intent: intentId,
    ...(conversationId ? { conversation: conversationId } : {}),
  }
  // The first try of an order may have been followed by a wish for a link, which no try was for: a search costs one call.
  const mayExist = tries > 1
  if (kind === 'order') {
    const order = await provider.ensureOrder({ receipt: name, amount, partial, notes }, mayExist, signal)
    return order.ok ? { ok: true, value: { type: 'issued', kind, providerId: order.value.id } } : order
  }
  const request = {
    referenceId: name,
    amount,
    partial,
    description: purpose,
    expiresAt,
    callbackUrl: callbackUrl({ organizationId, intentId }),
  }
  const link = await provider.ensureLink({ ...request, notes }, mayExist, signal)
  if (!link.ok) return link
  return { ok: true, value: { type: 'issued', kind, providerId: link.value.id, url: link.value.url } }
}

/** What providers know an intent by, in their 40 characters. */
function receiptOf(intentId: string): string {
  return `pi_${intentId.replaceAll('-', '')}`
}
