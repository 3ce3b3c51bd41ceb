import { ChatError } from '@chatdesk/protocol'
import type { Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import type { Which } from './team-work-context.js'

/** Keeps a conversation as it is until the transaction ends, and answers with the head of its log; throws `NOT_FOUND`. */
export async function holdConversation(
  transaction: Transaction<Tables>,
  { organizationId, conversationId }: Which,
): Promise<number> {
  const row = await transaction
    .selectFrom('conversations')
    .select('head_seq')
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  return row.head_seq
}
