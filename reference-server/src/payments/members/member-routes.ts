import { ChatError, formatMoney } from '@chatdesk/protocol'
import {
  connectPaymentAccountRequest,
  createPaymentRequest,
  createRefundRequest,
  listPaymentsQuery,
  listPaymentsResponse,
  onePaymentResponse,
  paymentAccountResponse,
  paymentAccountSecretResponse,
  paymentDetailResponse,
  providerPaymentId,
  reconciliationResponse,
  settleOrphanRequest,
  settlePaymentRequest,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/index.js'
import { parseId } from '../../http/input.js'
import { creatorOf, type MemberGate, memberRoute, memberRoutes } from '../../organizations/index.js'
import type { Sealer } from '../../platform/sealed.js'
import { connectAccount, disconnectAccount, findAccount, rotateWebhookSecret } from '../accounts/payment-account.js'
import { type IssueContext, issueIntent } from '../intents/issue-intent.js'
import { lookAtIntent } from '../intents/look-at-intent.js'
import { requestPayment } from '../intents/request-payment.js'
import { requestRefund } from '../refunds/request-refund.js'
import { toAccount } from './account-entity.js'
import { cancelPayment } from './cancel-payment.js'
import { listPayments, loadPayment, loadPaymentDetail } from './read-payments.js'
import { loadReconciliation } from './reconciliation.js'
import { settleOrphan } from './settle-orphan.js'
import { settlePayment } from './settle-payment.js'

const PAGE = 50

/** What the routes need. */
export interface MemberPaymentsContext extends IssueContext {
  gate: MemberGate
  sealer: Sealer
  /** It speaks to a simulator: no live key is taken. */
  isSimulated: boolean
  /** Sends what is to go back soon, instead of with the next sweep. */
  workRefunds: () => Promise<void>
}

/** `/api/chat-widget/payments` and what belongs to it: what a team asks for, checks, calls off and sends back. */
export function memberPaymentRoutes(context: MemberPaymentsContext): Router {
  const { database, clock } = context
  const whichOf = (organizationId: string, params: Record<string, string>) => ({
    ...{ organizationId, intentId: parseId(params.id, 'payment') },
  })
  const one = async (which: { organizationId: string; intentId: string }) => ({
    payment: await loadPayment(database.of(which.organizationId), which),
  })
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/payments',
      action: 'payment.list',
      query: listPaymentsQuery,
      answer: listPaymentsResponse,
      run: ({ actor: { organizationId }, query: { limit = PAGE, ...filter } }) =>
        listPayments(database.of(organizationId), { ...filter, organizationId, limit }),
    }),
    memberRoute({
      method: 'get',
      path: '/payments/reconciliation',
      action: 'payment.list',
      answer: reconciliationResponse,
      run: ({ actor: { organizationId } }) => loadReconciliation(database.of(organizationId), organizationId, clock()),
    }),
    memberRoute({
      method: 'get',
      path: '/payments/:id',
      action: 'payment.list',
      answer: paymentDetailResponse,
      run: ({ actor: { organizationId }, params }) =>
        loadPaymentDetail(database.of(organizationId), whichOf(organizationId, params)),
    }),
    memberRoute({
      method: 'post',
      path: '/conversations/:id/payments',
      action: 'payment.create',
      body: createPaymentRequest,
      answer: onePaymentResponse,
      status: 201,
      async run({ actor, params, body, record }) {
        const { organizationId } = actor
        const { id, purpose, amountMinor, currency, kind = 'order', partial = false, expiresAt = null } = body
        const amount = { minor: BigInt(amountMinor), currency }
        const now = clock()
        if (expiresAt !== null && new Date(expiresAt) <= now)
          throw new ChatError('VALIDATION_FAILED', 'expiresAt: this is over already.', { field: 'expiresAt' })
        const which = { organizationId, intentId: id }
        await database.transaction(organizationId, async (transaction) => {
          const made = await requestPayment(transaction, {
            ...{ organizationId, conversationId: parseId(params.id), id, purpose, amount, kind, partial, now },
            expiresAt: expiresAt === null ? null : new Date(expiresAt),
            ...{ requestedBy: creatorOf(actor), requestedAs: actor.scopes ? 'api' : 'member' },
          })
          if (!made) return
          const changes = { amount: { from: null, to: formatMoney(amount) } }
          await record(transaction, { target: { kind: 'payment', id, name: purpose }, changes })
        })
        const issued = await issueIntent(context, which)
        // Anything else is a sweep's to try again.
        if (issued.status === 'refused') await refuse(context, which, issued.error)
        return one(which)
      },
    }),
    memberRoute({
      method: 'post',
      path: '/payments/:id/check',
      action: 'payment.check',
      answer: onePaymentResponse,
      async run({ actor: { organizationId }, params }) {
        const which = whichOf(organizationId, params)
        await loadPayment(database.of(organizationId), which)
        const looked = await lookAtIntent(context, which)
        if (looked.status === 'unknown') throw new ChatError('UNAVAILABLE', 'The payment provider gives no answer.')
        return one(which)
      },
    }),
    memberRoute({
      method: 'post',
      path: '/payments/:id/cancel',
      action: 'payment.cancel',
      answer: onePaymentResponse,
      async run({ actor: { organizationId }, params, record }) {
        const which = whichOf(organizationId, params)
        await cancelPayment(context, which)
        const { payment } = await one(which)
        const target = { kind: 'payment', id: payment.id, name: payment.purpose }
        await database.transaction(organizationId, (transaction) => record(transaction, { target }))
        return { payment }
      },
    }),
    memberRoute({
      method: 'post',
      path: '/payments/:id/refunds',
      action: 'payment.refund',
      body: createRefundRequest,
      answer: paymentDetailResponse,
      status: 201,
      async run({ actor, params, body: { amountMinor, ...wish }, record }) {
        const { organizationId } = actor
        const which = whichOf(organizationId, params)
        const { purpose, currency } = await loadPayment(database.of(organizationId), which)
        const minor = BigInt(amountMinor)
        await database.transaction(organizationId, async (transaction) => {
          await requestRefund(transaction, { ...which, ...wish, minor, requestedBy: creatorOf(actor), now: clock() })
          const changes = { refund: { from: null, to: formatMoney({ minor, currency }) } }
          const target = { kind: 'payment', id: which.intentId, name: purpose }
          await record(transaction, { target, changes, reason: wish.reason })
        })
        await context.workRefunds()
        return loadPaymentDetail(database.of(organizationId), which)
      },
    }),
    memberRoute({
      method: 'post',
      path: '/payments/:id/settle',
      action: 'payment.settle',
      body: settlePaymentRequest,
      answer: paymentDetailResponse,
      async run({ actor: { organizationId }, params, body: { paymentId, reason }, record }) {
        const which = whichOf(organizationId, params)
        const { purpose } = await loadPayment(database.of(organizationId), which)
        const target = { kind: 'payment', id: which.intentId, name: purpose }
        const changes = { settled: { from: null, to: paymentId } }
        const note = (transaction: Transaction<Tables>) => record(transaction, { target, changes, reason })
        await settlePayment(context, { ...which, paymentId, note })
        return loadPaymentDetail(database.of(organizationId), which)
      },
    }),
    memberRoute({
      method: 'post',
      path: '/payment-orphans/:paymentId/settle',
      action: 'payment.settle',
      body: settleOrphanRequest,
      run({ actor: { organizationId }, params, body: { reason }, record }) {
        const paymentId = parseId(params.paymentId, 'payment', providerPaymentId)
        return database.transaction(organizationId, async (transaction) => {
          const isNew = await settleOrphan(transaction, { organizationId, paymentId, now: clock() })
          if (isNew) await record(transaction, { target: { kind: 'paymentOrphan', id: paymentId }, reason })
        })
      },
    }),
    memberRoute({
      method: 'get',
      path: '/payment-account',
      action: 'paymentAccount.read',
      answer: paymentAccountResponse,
      run: ({ actor: { organizationId } }) =>
        database.transaction(organizationId, async (transaction) => {
          const account = await findAccount(transaction, organizationId)
          return { account: account ? await toAccount(transaction, account) : null }
        }),
    }),
    memberRoute({
      method: 'put',
      path: '/payment-account',
      action: 'paymentAccount.update',
      body: connectPaymentAccountRequest,
      answer: paymentAccountSecretResponse,
      run: ({ actor: { organizationId }, body, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const { account, webhookSecret } = await connectAccount(transaction, context, {
            ...{ organizationId, ...body, now: clock() },
          })
          const changes = { key: { from: null, to: account.key_id } }
          await record(transaction, {
            target: { kind: 'paymentAccount', id: account.id, name: account.provider },
            changes,
          })
          return { account: await toAccount(transaction, account), ...(webhookSecret ? { webhookSecret } : {}) }
        }),
    }),
    memberRoute({
      method: 'delete',
      path: '/payment-account',
      action: 'paymentAccount.update',
      run: ({ actor: { organizationId }, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const account = await disconnectAccount(transaction, organizationId)
          const target = { kind: 'paymentAccount', id: account.id, name: account.provider }
          await record(transaction, { target, changes: { key: { from: account.key_id, to: null } } })
        }),
    }),
    memberRoute({
      method: 'post',
      path: '/payment-account/webhook-secret',
      action: 'paymentAccount.update',
      answer: paymentAccountSecretResponse,
      run: ({ actor: { organizationId }, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const made = await rotateWebhookSecret(transaction, context.sealer, { organizationId, now: clock() })
          const { account, webhookSecret } = made
          const changes = { webhookSecret: { from: 'before', to: 'replaced' } }
          await record(transaction, {
            target: { kind: 'paymentAccount', id: account.id, name: account.provider },
            changes,
          })
          return { account: await toAccount(transaction, account), webhookSecret }
        }),
    }),
  ])
}

/** What the provider will never make is called off, so that nobody waits for it; and whoever asked for it is told why. */
async function refuse(
  context: IssueContext,
  which: { organizationId: string; intentId: string },
  error: { kind: string; description?: string; message?: string },
): Promise<never> {
  await cancelPayment(context, which)
  throw new ChatError('VALIDATION_FAILED', `The payment provider refused this: ${error.description ?? error.message}`)
}
