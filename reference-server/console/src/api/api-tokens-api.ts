import type { AdminCall } from './admin-call.js'
import type { ApiToken } from './contract.js'

/** What programs sign in with. */
export interface ApiTokensApi {
  list(): Promise<ApiToken[]>
  /** `secret` is told this once. */
  create(input: {
    name: string
    scopes: string[]
    expiresInDays?: number
  }): Promise<{ token: ApiToken; secret: string }>
  revoke(id: string): Promise<void>
}

export function createApiTokensApi(call: AdminCall): ApiTokensApi {
  return {
    list: async () => (await call<{ tokens: ApiToken[] }>('GET', 'chat-widget/api-tokens')).tokens,
    create: (input) => call('POST', 'chat-widget/api-tokens', input),
    revoke: async (id) => void (await call('DELETE', `chat-widget/api-tokens/${id}`)),
  }
}
