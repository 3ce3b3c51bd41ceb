import { randomBytes } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database, Tables } from '../../database/index.js'
import type { Sealer } from '../../platform/sealed.js'
import { modeOf } from '../provider/razorpay/create-razorpay-provider.js'
import { apiSecret } from '../provider/secrets.js'
import type { AccountId } from './account-id.js'

/** How long an old webhook secret is taken: support replays what is up to 15 days old, signed as it was then. */
const PREVIOUS_SECRET_MS = 15 * 24 * 3_600_000

/** A row of `payment_accounts`. */
export type PaymentAccount = Selectable<Tables['payment_accounts']>

/** What somebody in charge says of their account at Razorpay. */
export interface AccountKeys {
  keyId: string
  keySecret: string
}

/** Where a secret of an account stands: its key's, or that of its webhooks, which stays at its place when another one follows it. */
const placeOf = ({ organizationId, accountId }: AccountId, field: 'key_secret' | 'webhook_secret') => ({
  organizationId,
  field: `payment_accounts.${field}/${accountId}`,
})

/**
 * Connects an organization with its account, or gives the account another key of the same mode. With a key of the other mode a new
 * account begins, and the one before is only still told of what it had; unless that key was connected before: then its account goes on,
 * since two of one would each take the other's payments for strays. The webhook secret is ours, and in this answer alone.
 */
export async function connectAccount(
  transaction: Transaction<Tables>,
  { sealer, generateId, isSimulated = false }: { sealer: Sealer; generateId: () => string; isSimulated?: boolean },
  { organizationId, keyId, keySecret, now }: AccountKeys & { organizationId: string; now: Date },
): Promise<{ account: PaymentAccount; webhookSecret: string | undefined }> {
  const mode = modeOf(keyId)
  // It would stand there as live, and take nothing.
  if (mode === 'live' && isSimulated)
    throw new ChatError('VALIDATION_FAILED', 'keyId: this server speaks to a simulator, and takes no live key.', {
      field: 'keyId',
    })
  apiSecret(keySecret)
  const enabled = await findAccount(transaction, organizationId, true)
  const ofRow = (accountId: string) => ({ organizationId, accountId })
  const former = await transaction
    .selectFrom('payment_accounts')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('key_id', '=', keyId)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  const goesOn = former ?? (enabled?.mode === mode ? enabled : undefined)
  if (goesOn?.id !== enabled?.id)
    await transaction
      .updateTable('payment_accounts')
      .set({ enabled: false })
      .where('organization_id', '=', organizationId)
      .execute()
  if (goesOn) {
    const account = await transaction
      .updateTable('payment_accounts')
      .set({
        ...{ key_id: keyId, enabled: true },
        sealed_key_secret: sealer.seal(keySecret, placeOf(ofRow(goesOn.id), 'key_secret')),
      })
      .where('organization_id', '=', organizationId)
      .where('id', '=', goesOn.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    return { account, webhookSecret: undefined }
  }
  const id = generateId()
  const webhookSecret = createWebhookSecret()
  const account = await transaction
    .insertInto('payment_accounts')
    .values({
      ...{ organization_id: organizationId, id, provider: 'razorpay', mode, key_id: keyId, provider_account_id: null },
      sealed_key_secret: sealer.seal(keySecret, placeOf(ofRow(id), 'key_secret')),
      endpoint_id: randomBytes(16).toString('base64url'),
      sealed_webhook_secret: sealer.seal(webhookSecret, placeOf(ofRow(id), 'webhook_secret')),
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { account, webhookSecret }
}

/**
 * Ends that money is asked for with an account. It stays for what was asked for with it: that is still followed, and may go back.
 * Throws `NOT_FOUND` where none is connected.
 */
export async function disconnectAccount(
  transaction: Transaction<Tables>,
  organizationId: string,
): Promise<PaymentAccount> {
  const account = await findAccount(transaction, organizationId, true)
  if (!account) throw new ChatError('NOT_FOUND', 'No payment account.')
  await transaction
    .updateTable('payment_accounts')
    .set({ enabled: false })
    .where('organization_id', '=', organizationId)
    .where('id', '=', account.id)
    .execute()
  return account
}

/** The account that an organization takes money with, or has. */
export async function findAccount(
  query: Kysely<Tables>,
  organizationId: string,
  hold = false,
): Promise<PaymentAccount | undefined> {
  const found = query
    .selectFrom('payment_accounts')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('enabled', '=', true)
  return (hold ? found.forUpdate() : found).executeTakeFirst()
}

/** Whether an organization takes money at all. */
export async function hasPaymentAccount(database: Database, organizationId: string): Promise<boolean> {
  return (await findAccount(database.of(organizationId), organizationId)) !== undefined
}

/** Gives an account another webhook secret; what was sent before is still signed with the old one. */
export async function rotateWebhookSecret(
  transaction: Transaction<Tables>,
  sealer: Sealer,
  { organizationId, now }: { organizationId: string; now: Date },
): Promise<{ account: PaymentAccount; webhookSecret: string }> {
  const account = await findAccount(transaction, organizationId, true)
  if (!account) throw new ChatError('NOT_FOUND', 'No payment account.')
  const webhookSecret = createWebhookSecret()
  const which = { organizationId, accountId: account.id }
  await transaction
    .updateTable('payment_accounts')
    .set({
      sealed_webhook_secret: sealer.seal(webhookSecret, placeOf(which, 'webhook_secret')),
      sealed_previous_webhook_secret: account.sealed_webhook_secret,
      previous_webhook_secret_until: new Date(now.getTime() + PREVIOUS_SECRET_MS),
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', account.id)
    .execute()
  return { account, webhookSecret }
}

/** The secret of an account's key. */
export function openKeySecret(sealer: Sealer, { organization_id: organizationId, id, ...row }: PaymentAccount): string {
  return sealer.open(row.sealed_key_secret, placeOf({ organizationId, accountId: id }, 'key_secret'))
}

/** What webhooks of an account may be signed with now. */
export function openWebhookSecrets(sealer: Sealer, account: PaymentAccount, now: Date): string[] {
  const { organization_id: organizationId, id: accountId } = account
  const { sealed_previous_webhook_secret: previous, previous_webhook_secret_until: until } = account
  const open = (sealed: string) => sealer.open(sealed, placeOf({ organizationId, accountId }, 'webhook_secret'))
  const own = open(account.sealed_webhook_secret)
  if (previous === null || until === null || until <= now) return [own]
  return [own, open(previous)]
}

const createWebhookSecret = () => randomBytes(32).toString('base64url')
