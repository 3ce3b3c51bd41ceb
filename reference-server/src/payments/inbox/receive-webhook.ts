import { createHash } from 'node:crypto'
import type { Database } from '../../database/index.js'
import type { Sealer } from '../../platform/sealed.js'
import { openWebhookSecrets, type PaymentAccount } from '../accounts/payment-account.js'
import type { WebhookEvent } from '../provider/payment-provider.js'

/** What a provider knows of its own webhooks. */
export interface WebhookReader {
  /** Whether one of these secrets has signed just these bytes. A malformed signature has not. */
  isGenuine(raw: Buffer, signature: string, secrets: readonly string[]): boolean
  /** Undefined: it is no event, whoever has signed it. */
  parse(raw: Buffer): WebhookEvent | undefined
}

/** What `receiveWebhook` needs. */
export interface ReceiveContext {
  database: Database
  sealer: Sealer
  clock: () => Date
  reader: WebhookReader
}

/** A webhook as it came in. */
export interface ReceivedWebhook {
  /** Of the address that it was sent to. */
  endpointId: string
  raw: Buffer
  signature: string | undefined
  /** Not signed: whoever sends an old body again may give it another one. */
  eventId: string | undefined
}

/** What is to be answered. */
export type Reception =
  /** It is kept, and worked on in its time; or it was before. */
  | 'taken'
  /** No such address, or nobody of it has signed this: the two are never told apart. */
  | 'refused'

const MAX_ID = 128

/**
 * Checks who has signed a webhook and keeps it as it came, before anything is made of it: the answer has to be there within five
 * seconds, and after a 2xx it is never lost (P5). The same again, by its id or by its body, is kept once (threat 78).
 */
export async function receiveWebhook(context: ReceiveContext, received: ReceivedWebhook): Promise<Reception> {
  const { database, sealer, clock, reader } = context
  const { endpointId, raw, signature, eventId } = received
  // Whose it is says the address, which nobody can guess.
  const account = await database.system
    .selectFrom('payment_accounts')
    .selectAll()
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst()
  if (!account || signature === undefined) return 'refused'
  const now = clock()
  if (!reader.isGenuine(raw, signature, openWebhookSecrets(sealer, account, now))) return 'refused'
  await keep(database, account, { raw, eventId, event: reader.parse(raw), now })
  return 'taken'
}

async function keep(
  database: Database,
  { organization_id, id: account_id }: PaymentAccount,
  {
    raw,
    eventId,
    event,
    now,
  }: { raw: Buffer; eventId: string | undefined; event: WebhookEvent | undefined; now: Date },
): Promise<void> {
  const hash = createHash('sha256').update(raw).digest()
  const isId = eventId !== undefined && eventId !== '' && eventId.length <= MAX_ID
  await database
    .of(organization_id)
    .insertInto('payment_webhooks')
    .values({
      ...{ organization_id, account_id, event_id: isId ? eventId : hash.toString('hex'), body_hash: hash, raw },
      ...{ name: event?.name ?? 'unknown', received_at: now, next_at: event ? now : null },
      outcome: event ? null : 'unreadable',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
