/** Names an account at a provider. */
export interface AccountId {
  organizationId: string
  accountId: string
}
