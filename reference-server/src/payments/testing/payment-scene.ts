import { randomUUID } from 'node:crypto'
import type { PaymentPart } from '@chatdesk/protocol'
import type { Database } from '../../database/index.js'
import type { VisitorActor } from '../../organizations/actor.js'
import { silentLogger } from '../../platform/logger.js'
import { createSealer } from '../../platform/sealed.js'
import { createTenant, type Tenant } from '../../testing/create-tenant.js'
import { connectAccount } from '../accounts/payment-account.js'
import type { ReceiveContext } from '../inbox/receive-webhook.js'
import type { InboxContext } from '../inbox/work-inbox.js'
import type { IssueContext } from '../intents/issue-intent.js'
import { createStubProvider, type StubProvider } from './stub-provider.js'
import { stubReader } from './stub-reader.js'

/** What a test asks for. */
export interface SceneIntent {
  minor?: number
  partial?: boolean
  kind?: 'order' | 'link'
  expiresAt?: Date
}

/** A conversation in which something is to be paid, at a provider whose books a test writes. */
export interface PaymentScene {
  tenant: Tenant
  provider: StubProvider
  context: IssueContext & InboxContext & ReceiveContext
  organizationId: string
  accountId: string
  /** Where its webhooks go, and what they are signed with. */
  endpointId: string
  webhookSecret: string
  conversationId: string
  visitor: VisitorActor
  addIntent(intent?: SceneIntent): Promise<string>
  intent(id: string): Promise<Record<string, unknown> & { state: string; version: number; url: string | null }>
  /** What the conversation has been told of payments, in its order. */
  told(): PaymentPart[]
}

/** Makes an organization with an account and a conversation. */
export async function createPaymentScene(database: Database): Promise<PaymentScene> {
  const tenant = await createTenant(database)
  const { organizationId } = tenant
  const visitor = await tenant.addVisitor()
  const conversationId = await tenant.addConversation(visitor)
  const provider = createStubProvider()
  const sealer = createSealer(['a secret of the server, long enough for it'])
  const { account, webhookSecret = '' } = await database.transaction(organizationId, (transaction) =>
    connectAccount(
      transaction,
      { sealer, generateId: randomUUID },
      { organizationId, keyId: 'rzp_test_simA', keySecret: 'key-secret', now: tenant.now.value },
    ),
  )
  const accountId = account.id
  const context: PaymentScene['context'] = {
    ...{ database, messages: tenant.messages, clock: () => tenant.now.value, generateId: randomUUID },
    ...{ sealer, reader: stubReader, logger: silentLogger },
    providers: { of: async (which) => (which.accountId === accountId ? provider : undefined) },
    callbackUrl: () => null,
  }
  return {
    ...{ tenant, provider, context, organizationId, accountId, conversationId, visitor },
    ...{ endpointId: account.endpoint_id, webhookSecret },
    async addIntent({ minor = 50_000, partial = false, kind = 'order', expiresAt } = {}) {
      const id = randomUUID()
      const now = tenant.now.value
      await database
        .of(organizationId)
        .insertInto('payment_intents')
        .values({
          ...{ organization_id: organizationId, id, account_id: accountId, conversation_id: conversationId },
          ...{ visitor_id: visitor.visitorId, kind, purpose: 'A chair', amount_minor: `${minor}`, currency: 'INR' },
          ...{ partial, expires_at: expiresAt ?? null, requested_by: null, requested_as: 'api' },
          ...{ created_at: now, updated_at: now },
        })
        .execute()
      return id
    },
    async intent(id) {
      const query = database.of(organizationId).selectFrom('payment_intents').selectAll()
      return query.where('id', '=', id).executeTakeFirstOrThrow()
    },
    told: () =>
      tenant.changes.flatMap(({ events }) =>
        events.flatMap((event) =>
          event.type === 'message.created' ? event.parts.filter((part) => part.type === 'payment') : [],
        ),
      ),
  }
}
