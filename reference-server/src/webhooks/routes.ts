import {
  createWebhookRequest,
  listWebhookDeliveriesQuery,
  listWebhookDeliveriesResponse,
  listWebhooksResponse,
  updateWebhookRequest,
  webhookDeliveryResponse,
  webhookResponse,
  webhookSecretResponse,
} from '@chatdesk/protocol/schemas'
import type { Router } from 'express'
import type { Database } from '../database/index.js'
import { parseId } from '../http/input.js'
import { type MemberGate, memberRoute, memberRoutes } from '../organizations/index.js'
import { addPing, listDeliveries, replayDelivery } from './deliveries.js'
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  rotateSecret,
  updateWebhook,
  type WebhookRules,
  type WhichWebhook,
} from './webhooks.js'

/** What the routes need. */
export interface WebhookRoutesContext extends WebhookRules {
  database: Database
  clock: () => Date
  generateId: () => string
  gate: MemberGate
}

const PAGE = 50

/** `/api/chat-widget/webhooks`: who is told of what happens, and what became of it. */
export function webhookRoutes(context: WebhookRoutesContext): Router {
  const { database, clock, generateId } = context
  const whichOf = (organizationId: string, params: Record<string, string>): WhichWebhook => ({
    organizationId,
    webhookId: parseId(params.id, 'webhook'),
  })
  return memberRoutes(context, [
    memberRoute({
      method: 'get',
      path: '/webhooks',
      action: 'webhook.list',
      answer: listWebhooksResponse,
      run: async ({ actor: { organizationId } }) => ({
        webhooks: await listWebhooks(database.of(organizationId), organizationId, clock()),
      }),
    }),
    memberRoute({
      method: 'post',
      path: '/webhooks',
      action: 'webhook.create',
      body: createWebhookRequest,
      answer: webhookSecretResponse,
      status: 201,
      run: ({ actor: { organizationId }, body: { url, events }, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const whose = { organizationId, id: generateId(), now: clock() }
          const made = await createWebhook(transaction, context, { ...whose, url, events })
          await record(transaction, {
            target: targetOf(made.webhook),
            changes: { events: { from: null, to: made.webhook.events } },
          })
          return made
        }),
    }),
    memberRoute({
      method: 'patch',
      path: '/webhooks/:id',
      action: 'webhook.update',
      body: updateWebhookRequest,
      answer: webhookResponse,
      run: ({ actor: { organizationId }, params, body, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = whichOf(organizationId, params)
          const { before, after } = await updateWebhook(transaction, context, which, body, clock())
          const changes = {
            ...(before.url === after.url ? {} : { url: { from: hostOf(before.url), to: hostOf(after.url) } }),
            ...(before.events.join() === after.events.join()
              ? {}
              : { events: { from: before.events, to: after.events } }),
            ...(before.enabled === after.enabled ? {} : { enabled: { from: before.enabled, to: after.enabled } }),
          }
          if (Object.keys(changes).length > 0) await record(transaction, { target: targetOf(after), changes })
          return { webhook: after }
        }),
    }),
    memberRoute({
      method: 'delete',
      path: '/webhooks/:id',
      action: 'webhook.delete',
      run: ({ actor: { organizationId }, params, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const which = whichOf(organizationId, params)
          const { url } = await deleteWebhook(transaction, which)
          await record(transaction, { target: targetOf({ id: which.webhookId, url }) })
        }),
    }),
    memberRoute({
      method: 'post',
      path: '/webhooks/:id/rotate-secret',
      action: 'webhook.rotateSecret',
      answer: webhookSecretResponse,
      run: ({ actor: { organizationId }, params, record }) =>
        database.transaction(organizationId, async (transaction) => {
          const made = await rotateSecret(transaction, context, whichOf(organizationId, params), clock())
          await record(transaction, { target: targetOf(made.webhook) })
          return made
        }),
    }),
    memberRoute({
      method: 'post',
      path: '/webhooks/:id/ping',
      action: 'webhook.ping',
      answer: webhookDeliveryResponse,
      run: async ({ actor: { organizationId }, params }) => ({
        delivery: await database.transaction(organizationId, (transaction) =>
          addPing(transaction, { ...whichOf(organizationId, params), id: generateId(), now: clock() }),
        ),
      }),
    }),
    memberRoute({
      method: 'get',
      path: '/webhooks/:id/deliveries',
      action: 'webhook.read',
      query: listWebhookDeliveriesQuery,
      answer: listWebhookDeliveriesResponse,
      run: async ({ actor: { organizationId }, params, query: { limit = PAGE, ...rest } }) =>
        listDeliveries(database.of(organizationId), whichOf(organizationId, params), { ...rest, limit }),
    }),
    memberRoute({
      method: 'post',
      path: '/webhooks/:id/deliveries/:deliveryId/replay',
      action: 'webhook.replay',
      answer: webhookDeliveryResponse,
      run: async ({ actor: { organizationId }, params }) => ({
        delivery: await database.transaction(organizationId, (transaction) => {
          const deliveryId = parseId(params.deliveryId, 'delivery')
          return replayDelivery(transaction, { ...whichOf(organizationId, params), deliveryId, now: clock() })
        }),
      }),
    }),
  ])
}

/** In the trail a webhook is its host: the rest of an address may be a secret of its receiver's. */
const hostOf = (url: string) => new URL(url).host

const targetOf = ({ id, url }: { id: string; url: string }) => ({ kind: 'webhook', id, name: hostOf(url) })
