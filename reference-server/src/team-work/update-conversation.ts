import { ChatError, type Priority, rankOf } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { holdConversation } from './hold-conversation.js'
import type { TeamWorkContext, Which } from './team-work-context.js'

/** What is absent stays. */
export interface ConversationUpdate {
  priority?: Priority | undefined
  /** All that it shall have. */
  tagIds?: readonly string[] | undefined
  /** Null wakes it. */
  snoozedUntil?: Date | null | undefined
}

/** Changes what the team alone knows of a conversation (C18). */
export async function updateConversation(
  { database, changes, clock }: TeamWorkContext,
  { organizationId, conversationId }: Which,
  { priority, tagIds, snoozedUntil }: ConversationUpdate,
): Promise<void> {
  const now = clock()
  const headSeq = await database.transaction(organizationId, async (transaction) => {
    const held = await holdConversation(transaction, { organizationId, conversationId })
    if (snoozedUntil && snoozedUntil <= now)
      throw new ChatError('VALIDATION_FAILED', 'snoozedUntil: this is past.', { field: 'snoozedUntil' })
    if (tagIds) {
      const wanted = [...new Set(tagIds)]
      const { rows } = await sql<{ known: number }>`
        with removed as (
          delete from conversation_tags where organization_id = ${organizationId}::uuid
            and conversation_id = ${conversationId}::uuid and tag_id <> all (${wanted}::uuid[])
        ), added as (
          insert into conversation_tags (organization_id, conversation_id, tag_id)
          select t.organization_id, ${conversationId}::uuid, t.id from tags t
          where t.organization_id = ${organizationId}::uuid and t.id = any (${wanted}::uuid[])
          on conflict do nothing
        )
        select count(*)::int as known from tags
        where organization_id = ${organizationId}::uuid and id = any (${wanted}::uuid[])`.execute(transaction)
      if (rows[0]?.known !== wanted.length)
        throw new ChatError('VALIDATION_FAILED', 'tagIds: no such tag.', { field: 'tagIds' })
    }
    await transaction
      .updateTable('conversations')
      .set((k) => ({
        version: k('version', '+', 1),
        ...(priority === undefined ? {} : { priority: rankOf(priority) }),
        ...(snoozedUntil === undefined
          ? {}
          : { snoozed_until: snoozedUntil, snoozed_at: snoozedUntil === null ? null : now }),
      }))
      .where('organization_id', '=', organizationId)
      .where('id', '=', conversationId)
      .execute()
    return held
  })
  changes.emit({ organizationId, conversationId, events: [], headSeq })
}
