import type { ConversationSummary, NotificationSettings } from '@chatdesk/protocol'

/** Something that a member wants to hear of. */
export interface Notice {
  conversationId: string
  /** Who it is about. */
  title: string
  body: string
}

/**
 * What changed rows say to this member: that a conversation waits for somebody, that one is theirs now, or that the visitor of one
 * of theirs has written. Each of them once: it is the change that tells.
 */
export function noticesOf(
  before: readonly ConversationSummary[],
  after: readonly ConversationSummary[],
  settings: Pick<NotificationSettings, 'newConversation' | 'newMessage'>,
  selfId: string,
): Notice[] {
  const known = new Map(before.map((row) => [row.id, row]))
  const newest = before.reduce((latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest), '')
  return after.flatMap((row) => {
    const old = known.get(row.id)
    // Older rows come in when the list is scrolled down, and are no news.
    const isNews = old ? old !== row : row.updatedAt > newest
    const body = isNews ? changeOf(old, row, settings, selfId) : undefined
    return body === undefined ? [] : [{ conversationId: row.id, title: row.visitor.name, body }]
  })
}

function changeOf(
  old: ConversationSummary | undefined,
  row: ConversationSummary,
  { newConversation, newMessage }: Pick<NotificationSettings, 'newConversation' | 'newMessage'>,
  selfId: string,
): string | undefined {
  const words = row.lastMessage?.author.kind === 'visitor' ? row.lastMessage.text : undefined
  if (row.agent === null) {
    const beginsToWait = row.status === 'waiting' && row.waitingSince !== null && (old?.waitingSince ?? null) === null
    return beginsToWait && newConversation === 'all' ? (words ?? 'Waits for an answer') : undefined
  }
  if (row.agent.id !== selfId || row.status === 'resolved') return undefined
  if (old && old.agent?.id !== selfId) return newConversation === 'none' ? undefined : 'The conversation is yours now'
  const hasWritten = row.unread > (old?.unread ?? 0)
  return hasWritten && newMessage === 'mine' ? words : undefined
}
