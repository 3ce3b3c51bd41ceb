import { ChatError, type Note } from '@chatdesk/protocol'
import { type Selectable, sql } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { MemberActor } from '../organizations/actor.js'
import { holdConversation } from './hold-conversation.js'
import type { TeamWorkContext, Which } from './team-work-context.js'

/** What the team has written in a conversation, the oldest first. */
export async function listNotes(database: Database, { organizationId, conversationId }: Which): Promise<Note[]> {
  const query = database.of(organizationId)
  const conversation = await query
    .selectFrom('conversations')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .executeTakeFirst()
  if (!conversation) throw new ChatError('NOT_FOUND', 'No such conversation.')
  const rows = await query
    .selectFrom('conversation_notes')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('conversation_id', '=', conversationId)
    .orderBy('after_seq')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(noteOf)
}

/** Writes a note, of which only the team is told (C18); the same id again gives the note that stands. */
export async function createNote(
  { database, changes, clock, notices }: TeamWorkContext,
  { organizationId, conversationId }: Which,
  author: Pick<MemberActor, 'memberId' | 'name'>,
  input: { id: string; text: string; mentions: readonly string[] },
): Promise<Note> {
  const mentions = [...new Set(input.mentions)]
  const { note, headSeq } = await database.transaction(organizationId, async (transaction) => {
    const { rows } = await sql<{ known: number }>`
      select count(*)::int as known from members
      where organization_id = ${organizationId}::uuid and id = any (${mentions}::uuid[])`.execute(transaction)
    if (rows[0]?.known !== mentions.length)
      throw new ChatError('VALIDATION_FAILED', 'mentions: no such member.', { field: 'mentions' })
    const headSeq = await holdConversation(transaction, { organizationId, conversationId })
    const written = await transaction
      .insertInto('conversation_notes')
      .values({
        organization_id: organizationId,
        conversation_id: conversationId,
        id: input.id,
        member_id: author.memberId,
        member_name: author.name,
        text: input.text,
        mentions,
        after_seq: headSeq,
        created_at: clock(),
      })
      .onConflict((conflict) => conflict.columns(['organization_id', 'conversation_id', 'id']).doNothing())
      .returningAll()
      .executeTakeFirst()
    if (written) {
      await countNotes(transaction, { organizationId, conversationId }, 1)
      const { memberId: id, name } = author
      const { text } = input
      await notices.noteMentions(transaction, {
        organizationId,
        conversationId,
        headSeq,
        author: { id, name },
        text,
        mentions,
      })
      return { note: noteOf(written), headSeq }
    }
    const standing = await transaction
      .selectFrom('conversation_notes')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('conversation_id', '=', conversationId)
      .where('id', '=', input.id)
      .executeTakeFirstOrThrow()
    if (standing.member_id !== author.memberId || standing.text !== input.text)
      throw new ChatError('ID_REUSED', 'This id was used for another note.', { field: 'id' })
    return { note: noteOf(standing), headSeq }
  })
  changes.emit({ organizationId, conversationId, events: [], headSeq })
  return note
}

/** Takes away a note of one's own; of somebody else's it is `FORBIDDEN`. */
export async function deleteNote(
  { database, changes }: TeamWorkContext,
  { organizationId, conversationId }: Which,
  { memberId, noteId }: { memberId: string; noteId: string },
): Promise<void> {
  const headSeq = await database.transaction(organizationId, async (transaction) => {
    const note = await transaction
      .selectFrom('conversation_notes')
      .select('member_id')
      .where('organization_id', '=', organizationId)
      .where('conversation_id', '=', conversationId)
      .where('id', '=', noteId)
      .forUpdate()
      .executeTakeFirst()
    if (!note) throw new ChatError('NOT_FOUND', 'No such note.')
    if (note.member_id !== memberId) throw new ChatError('FORBIDDEN', 'Only its author takes a note away.')
    await transaction
      .deleteFrom('conversation_notes')
      .where('organization_id', '=', organizationId)
      .where('conversation_id', '=', conversationId)
      .where('id', '=', noteId)
      .execute()
    return countNotes(transaction, { organizationId, conversationId }, -1)
  })
  changes.emit({ organizationId, conversationId, events: [], headSeq })
}

/** Answers with the head of the log. */
async function countNotes(
  transaction: ReturnType<Database['of']>,
  { organizationId, conversationId }: Which,
  more: 1 | -1,
): Promise<number> {
  const row = await transaction
    .updateTable('conversations')
    .set((k) => ({ notes: k('notes', '+', more), version: k('version', '+', 1) }))
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .returning('head_seq')
    .executeTakeFirstOrThrow()
  return row.head_seq
}

function noteOf(row: Selectable<Tables['conversation_notes']>): Note {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    author: { id: row.member_id, name: row.member_name },
    text: row.text,
    mentions: row.mentions,
    afterSeq: row.after_seq,
    createdAt: row.created_at.toISOString(),
  }
}
