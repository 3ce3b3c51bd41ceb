import { ChatError } from '@chatdesk/protocol'

/** Secret of an API key: it signs what the provider hands to pages. */
export type ApiSecret = string & { readonly kind: unique symbol }
/** Secret of a webhook: it signs what the provider sends. Never the same as a key's (bug 2). */
export type WebhookSecret = string & { readonly of: unique symbol }

/** Throws `VALIDATION_FAILED` for one that is empty: everything would be signed with it (bug 5). */
export function apiSecret(text: string): ApiSecret {
  if (text.trim() === '') throw new ChatError('VALIDATION_FAILED', 'A key has a secret.', { field: 'keySecret' })
  return text as ApiSecret
}

/** Throws `VALIDATION_FAILED` for one that is empty (bug 5). */
export function webhookSecret(text: string): WebhookSecret {
  if (text.trim() === '')
    throw new ChatError('VALIDATION_FAILED', 'A webhook has a secret.', { field: 'webhookSecret' })
  return text as WebhookSecret
}
