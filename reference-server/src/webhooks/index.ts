export { EXPIRING_WEBHOOKS } from './expiring.js'
export { webhookRoutes } from './routes.js'
export { createWebhookQueue } from './webhook-queue.js'
