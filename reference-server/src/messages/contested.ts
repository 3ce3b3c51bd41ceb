import type { MessageDraft } from './append.js'

/**
 * Of a batch those drafts about which nobody can say yet whether they are overtaken (C19): before them in the same conversation
 * stands a colleague's, of which the log will know by the next batch. What comes behind them there waits as well: none overtakes
 * another of its author (Q7). The first of a conversation never waits.
 */
export function findContested(drafts: readonly MessageDraft[]): ReadonlySet<number> {
  const contested = new Set<number>()
  const held = new Set<string>()
  /** By conversation, who of the team speaks in this batch. */
  const speakers = new Map<string, Set<string>>()
  for (const [index, { organizationId, conversationId, author, seenSeq }] of drafts.entries()) {
    const key = `${organizationId} ${conversationId}`
    const team = speakers.get(key) ?? new Set()
    const isContested = seenSeq !== undefined && [...team].some((id) => id !== author.id)
    if (isContested) held.add(key)
    if (held.has(key)) contested.add(index)
    else if (author.kind === 'agent') speakers.set(key, team.add(author.id))
  }
  return contested
}
