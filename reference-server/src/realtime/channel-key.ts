/** A conversation is found under its own organization only. */
export function channelKey({
  organizationId,
  conversationId,
}: {
  organizationId: string
  conversationId: string
}): string {
  return `${organizationId} ${conversationId}`
}
