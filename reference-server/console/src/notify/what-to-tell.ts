import type { ConversationSummary, NotificationSettings } from '@chatdesk/protocol'

/** Something that a member wants to hear of. */
export interface Notice {
  conversationId: string
  /** Who it is about. */
  title: string
  body: string
  /** A note names the member. */
  isMention: boolean
  /** The assistant has called the member to it: told in quiet hours too. */
  isUrgent: boolean
}

/** Which of a member's settings say what they hear of. */
type Wanted = Pick<NotificationSettings, 'newConversation' | 'newMessage' | 'mention' | 'urgent'>

/**
 * What changed rows say to this member: that they are called to a conversation at once, that a note names them, that a conversation
 * waits for somebody, that one is theirs now, that the visitor of one of theirs has written, or what has become of a payment there or
 * where nobody has it (P6). Each of them once: it is the change that tells.
 */
export function noticesOf(
  before: readonly ConversationSummary[],
  after: readonly ConversationSummary[],
  settings: Wanted,
  selfId: string,
): Notice[] {
  const known = new Map(before.map((row) => [row.id, row]))
  const newest = before.reduce((latest, { updatedAt }) => (updatedAt > latest ? updatedAt : latest), '')
  return after.flatMap((row) => {
    const old = known.get(row.id)
    // Older rows come in when the list is scrolled down, and are no news.
    const isNews = old ? old !== row : row.updatedAt > newest
    const isMention = settings.mention && isNamed(old, row, selfId, newest)
    const isUrgent = settings.urgent && isPaged(old, row, selfId, newest)
    const body = isUrgent
      ? 'Urgent: needs somebody at once'
      : isMention
        ? 'A note names you'
        : isNews
          ? changeOf(old, row, settings, selfId)
          : undefined
    return body === undefined ? [] : [{ conversationId: row.id, title: row.visitor.name, body, isMention, isUrgent }]
  })
}

/** Once for each hand-off, however often the row changes behind it. */
function isPaged(
  old: ConversationSummary | undefined,
  { paged }: ConversationSummary,
  selfId: string,
  newest: string,
): boolean {
  if (!paged?.memberIds.includes(selfId)) return false
  return paged.at > (old ? (old.paged?.at ?? '') : newest)
}

/** A note changes nothing of a row's age, so it is the note's own that tells; one that is taken away makes the last one older. */
function isNamed(
  old: ConversationSummary | undefined,
  row: ConversationSummary,
  selfId: string,
  newest: string,
): boolean {
  if (old === row) return false
  const at = namedAt(row, selfId)
  return at !== undefined && at > (old ? (namedAt(old, selfId) ?? '') : newest)
}

function namedAt({ mentioned }: ConversationSummary, selfId: string): string | undefined {
  return mentioned?.find(({ memberId }) => memberId === selfId)?.at
}

function changeOf(
  old: ConversationSummary | undefined,
  row: ConversationSummary,
  settings: Wanted,
  selfId: string,
): string | undefined {
  if (hasPaymentNews(old, row)) return paymentOf(row, settings, selfId)
  const words = row.lastMessage?.author.kind === 'visitor' ? row.lastMessage.text : undefined
  if (row.agent === null) {
    const beginsToWait = row.status === 'waiting' && row.waitingSince !== null && (old?.waitingSince ?? null) === null
    return beginsToWait && settings.newConversation === 'all' ? (words ?? 'Waits for an answer') : undefined
  }
  if (row.agent.id !== selfId || row.status === 'resolved') return undefined
  if (old && old.agent?.id !== selfId)
    return settings.newConversation === 'none' ? undefined : 'The conversation is yours now'
  const hasWritten = row.unread > (old?.unread ?? 0)
  return hasWritten && settings.newMessage === 'mine' ? words : undefined
}

function hasPaymentNews(old: ConversationSummary | undefined, { lastMessage }: ConversationSummary): boolean {
  return lastMessage?.ofPayment === true && lastMessage.createdAt > (old?.lastMessage?.createdAt ?? '')
}

/** Money matters in a resolved conversation too. */
function paymentOf(
  { agent, lastMessage }: ConversationSummary,
  { newConversation, newMessage }: Wanted,
  selfId: string,
): string | undefined {
  const isWanted = agent === null ? newConversation === 'all' : agent.id === selfId && newMessage === 'mine'
  return isWanted ? lastMessage?.text : undefined
}
