import { ChatError } from '@chatdesk/protocol'
import { holdConversation } from './hold-conversation.js'
import type { TeamWorkContext, Which } from './team-work-context.js'

/** Adds one tag to a conversation, or takes it off (C18), whatever others do with its other tags at the same time. */
export async function changeTag(
  { database, changes }: Pick<TeamWorkContext, 'database' | 'changes'>,
  { organizationId, conversationId }: Which,
  { tagId, on }: { tagId: string; on: boolean },
): Promise<void> {
  const headSeq = await database.transaction(organizationId, async (transaction) => {
    const held = await holdConversation(transaction, { organizationId, conversationId })
    const tag = await transaction
      .selectFrom('tags')
      .select('id')
      .where('organization_id', '=', organizationId)
      .where('id', '=', tagId)
      .forKeyShare()
      .executeTakeFirst()
    if (!tag) throw new ChatError('VALIDATION_FAILED', 'tagId: no such tag.', { field: 'tagId' })
    const link = { organization_id: organizationId, conversation_id: conversationId, tag_id: tagId }
    if (on)
      await transaction
        .insertInto('conversation_tags')
        .values(link)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    else
      await transaction
        .deleteFrom('conversation_tags')
        .where('organization_id', '=', organizationId)
        .where('conversation_id', '=', conversationId)
        .where('tag_id', '=', tagId)
        .execute()
    await transaction
      .updateTable('conversations')
      .set((k) => ({ version: k('version', '+', 1) }))
      .where('organization_id', '=', organizationId)
      .where('id', '=', conversationId)
      .execute()
    return held
  })
  changes.emit({ organizationId, conversationId, events: [], headSeq })
}
