import type {
  CreateWebhookRequest,
  ListWebhookDeliveriesResponse,
  UpdateWebhookRequest,
  Webhook,
  WebhookDelivery,
  WebhookSecretResponse,
} from '@chatdesk/protocol'
import {
  listWebhookDeliveriesResponse,
  listWebhooksResponse,
  webhookDeliveryResponse,
  webhookResponse,
  webhookSecretResponse,
} from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** Who else is told of what happens. */
export interface WebhooksApi {
  list(): Promise<Webhook[]>
  /** `secret` is told this once. */
  create(input: CreateWebhookRequest): Promise<WebhookSecretResponse>
  update(id: string, changes: UpdateWebhookRequest): Promise<Webhook>
  remove(id: string): Promise<void>
  rotateSecret(id: string): Promise<WebhookSecretResponse>
  ping(id: string): Promise<WebhookDelivery>
  /** The newest first; `cursor` from the page before. */
  deliveries(
    id: string,
    page: { state?: WebhookDelivery['state']; cursor?: string },
  ): Promise<ListWebhookDeliveriesResponse>
  replay(id: string, deliveryId: string): Promise<WebhookDelivery>
}

export function createWebhooksApi({ ask, tell }: AdminCalls): WebhooksApi {
  const of = (id: string) => `chat-widget/webhooks/${id}`
  return {
    list: async () => (await ask(listWebhooksResponse, 'GET', 'chat-widget/webhooks')).webhooks,
    create: (input) => ask(webhookSecretResponse, 'POST', 'chat-widget/webhooks', input),
    update: async (id, changes) => (await ask(webhookResponse, 'PATCH', of(id), changes)).webhook,
    remove: (id) => tell('DELETE', of(id)),
    rotateSecret: (id) => ask(webhookSecretResponse, 'POST', `${of(id)}/rotate-secret`),
    ping: async (id) => (await ask(webhookDeliveryResponse, 'POST', `${of(id)}/ping`)).delivery,
    deliveries: (id, page) => {
      const query = new URLSearchParams({ ...page }).toString()
      return ask(listWebhookDeliveriesResponse, 'GET', `${of(id)}/deliveries${query && `?${query}`}`)
    },
    replay: async (id, deliveryId) =>
      (await ask(webhookDeliveryResponse, 'POST', `${of(id)}/deliveries/${deliveryId}/replay`)).delivery,
  }
}
