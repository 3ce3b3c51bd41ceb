import type { ApiToken, CreateApiTokenRequest, CreateApiTokenResponse } from '@chatdesk/protocol'
import { createApiTokenResponse, listApiTokensResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** What programs sign in with. */
export interface ApiTokensApi {
  list(): Promise<ApiToken[]>
  /** `secret` is told this once. */
  create(input: CreateApiTokenRequest): Promise<CreateApiTokenResponse>
  revoke(id: string): Promise<void>
}

export function createApiTokensApi({ ask, tell }: AdminCalls): ApiTokensApi {
  return {
    list: async () => (await ask(listApiTokensResponse, 'GET', 'chat-widget/api-tokens')).tokens,
    create: (input) => ask(createApiTokenResponse, 'POST', 'chat-widget/api-tokens', input),
    revoke: (id) => tell('DELETE', `chat-widget/api-tokens/${id}`),
  }
}
