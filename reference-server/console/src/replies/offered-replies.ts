import type { CannedReply } from '@chatdesk/protocol'

/** As many as one sees at once. */
const MOST = 8

/** For whom a reply is looked for, and by what. */
export interface ReplyWish {
  query: string
  /** The visitor's, as their browser names it; null: unknown. */
  language: string | null
  /** Of the conversation. */
  departmentId: string | null
}

/**
 * The replies that fit what is typed: of each shortcut one, in the visitor's language where there is a variant in it; those
 * whose shortcut begins so before those whose title has it, and the department's own before others.
 */
export function offeredReplies(replies: readonly CannedReply[], wish: ReplyWish): CannedReply[] {
  const wanted = wish.query.normalize('NFC').toLowerCase()
  const best = new Map<string, CannedReply>()
  for (const reply of replies) {
    const other = best.get(reply.shortcut)
    if (!other || languageRank(reply, wish) < languageRank(other, wish)) best.set(reply.shortcut, reply)
  }
  const rank = (reply: CannedReply) => matchRank(reply, wanted) * 2 + departmentRank(reply, wish)
  return [...best.values()]
    .filter((reply) => matchRank(reply, wanted) < NO_MATCH)
    .sort((a, b) => rank(a) - rank(b) || a.shortcut.localeCompare(b.shortcut))
    .slice(0, MOST)
}

const NO_MATCH = 3

function matchRank({ shortcut, title }: CannedReply, wanted: string): number {
  if (shortcut.startsWith(wanted)) return 0
  if (title.toLowerCase().startsWith(wanted)) return 1
  return title.toLowerCase().includes(wanted) ? 2 : NO_MATCH
}

/** The visitor's language, then it without its country, then what is for every language, then any. */
function languageRank({ language }: CannedReply, { language: wanted }: ReplyWish): number {
  const [own, theirs] = [language?.toLowerCase(), wanted?.toLowerCase()]
  if (own !== undefined && own === theirs) return 0
  if (own !== undefined && own === theirs?.split('-')[0]) return 1
  return own === undefined ? 2 : 3
}

function departmentRank({ departmentId }: CannedReply, wish: ReplyWish): number {
  return departmentId === null || departmentId === wish.departmentId ? 0 : 1
}
