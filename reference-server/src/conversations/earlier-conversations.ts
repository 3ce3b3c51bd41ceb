import { ChatError } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import { decodeCursor } from '../platform/page-cursor.js'
import { type BegunPage, pageByBegin } from './begun-pages.js'
import { readSummaries } from './inbox.js'

/** Before which conversation. */
export interface EarlierRequest {
  organizationId: string
  conversationId: string
  limit: number
  cursor?: string | undefined
}

/** What the visitor of a conversation began before it in this organization, on any widget, the latest first. */
export async function loadEarlierConversations(database: Database, request: EarlierRequest): Promise<BegunPage> {
  const { organizationId, conversationId, limit, cursor } = request
  const query = database.of(organizationId)
  const conversation = await query
    .selectFrom('conversations')
    .select(['id', 'visitor_id', 'created_at'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .executeTakeFirst()
  if (!conversation) throw new ChatError('NOT_FOUND', 'No such conversation.')
  const before = cursor === undefined ? { at: conversation.created_at, id: conversation.id } : decodeCursor(cursor)
  // The ids alone first: what a row shows is joined for a page of them only.
  const condition = sql<boolean>`k.organization_id = ${organizationId}::uuid and k.id = any (array(
    select c.id from conversations c
    where c.organization_id = ${organizationId}::uuid and c.visitor_id = ${conversation.visitor_id}::uuid
      and c.id <> ${conversationId}::uuid and (c.created_at, c.id) < (${before.at}::timestamptz, ${before.id}::uuid)
    order by c.created_at desc, c.id desc limit ${limit + 1}::int))`
  return pageByBegin(await readSummaries(query, condition, limit + 1), limit)
}
