import { createHmac } from 'node:crypto'
import type { WebhookReader } from '../inbox/receive-webhook.js'
import type { WebhookEvent } from '../provider/payment-provider.js'

/** Signs what a test sends, as `stubReader` reads it. */
export function signStub(raw: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(raw).digest('hex')
}

/** An event as a test sends it. */
export function stubEvent(event: Partial<Omit<WebhookEvent, 'createdAt'>> & { createdAt?: string }): Buffer {
  const ids = { orderIds: [], linkIds: [], paymentIds: [], refundIds: [] }
  const whole = {
    name: 'payment.captured',
    accountId: 'acc_1',
    createdAt: '2026-01-01T00:00:00.000Z',
    ...ids,
    dispute: null,
    ...event,
  }
  return Buffer.from(JSON.stringify(whole, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
}

/** Reads what `stubEvent` has written. */
export const stubReader: WebhookReader = {
  isGenuine: (raw, signature, secrets) => secrets.some((secret) => signStub(raw, secret) === signature),
  parse(raw) {
    try {
      const event = JSON.parse(raw.toString())
      const dispute = event.dispute && {
        ...event.dispute,
        amount: { ...event.dispute.amount, minor: BigInt(event.dispute.amount.minor) },
      }
      return { ...event, dispute, createdAt: new Date(event.createdAt) }
    } catch {
      return undefined
    }
  },
}
