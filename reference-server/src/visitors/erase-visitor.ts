import { ChatError, type ErasureReceipt } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { recordAct } from '../audit/index.js'
import type { Database } from '../database/index.js'
import type { ChangeFeed } from '../messages/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { forgetBrowsers } from '../push/index.js'
import { forgetTicketWords } from '../tickets/index.js'
import { scopeOf } from './visitor-scope.js'

/** What it needs. */
export interface EraseVisitorContext {
  database: Database
  clock: () => Date
  generateId: () => string
  changes: ChangeFeed
}

/**
 * Deletes what this session may read of its visitor: conversations with all that hangs on them, files that were never sent,
 * sessions, and the visitor, once nothing else is theirs, with what the site has signed of them in any case (W8). Of a ticket about it the number stays, and no word (D3). What an organization has made of it, a lead for one, is its own. The trail keeps that it
 * was done, and of whom no more than the id.
 */
export async function eraseVisitor(
  { database, clock, generateId, changes }: EraseVisitorContext,
  actor: VisitorActor,
): Promise<ErasureReceipt> {
  const { organizationId, visitorId } = actor
  const now = clock()
  const receiptId = generateId()
  const { receipt, erased } = await database.transaction(organizationId, async (transaction) => {
    // Whatever is started in one of them meanwhile is there before, or finds no session.
    await sql`select from visitor_sessions where organization_id = ${organizationId}::uuid
      and visitor_id = ${visitorId}::uuid order by id for update`.execute(transaction)
    const { sessionIds, conversationIds } = await scopeOf(transaction, actor)
    if (sessionIds.length === 0) throw new ChatError('UNAUTHENTICATED', 'The session has ended.')
    await forgetTicketWords(transaction, { organizationId, conversationIds })
    await sql`delete from conversations
      where organization_id = ${organizationId}::uuid and id = any (${conversationIds}::uuid[])`.execute(transaction)
    await sql`delete from files where organization_id = ${organizationId}::uuid
      and session_id = any (${sessionIds}::uuid[]) and conversation_id is null`.execute(transaction)
    const ended = await sql<{ visitor_id: string }>`delete from visitor_sessions
      where organization_id = ${organizationId}::uuid and id = any (${sessionIds}::uuid[]) returning visitor_id`.execute(
      transaction,
    )
    const visitorIds = ended.rows.map((row) => row.visitor_id)
    await forgetBrowsers(transaction, { organizationId, visitorId, loginId: null, all: true })
    const { rows } = await sql<{ id: string }>`delete from visitors v where v.organization_id = ${organizationId}::uuid
      and v.id = any (${visitorIds}::uuid[]) and not exists (select from visitor_sessions s
        where s.organization_id = v.organization_id and s.visitor_id = v.id) returning v.id`.execute(transaction)
    // What is left of them, in other sessions, comes to light again with the next token.
    await sql`update visitors set account = null where organization_id = ${organizationId}::uuid
      and id = any (${visitorIds}::uuid[]) and account is not null`.execute(transaction)
    const counts = { sessions: sessionIds.length, conversations: conversationIds.length }
    await recordAct(
      transaction,
      organizationId,
      {
        actor: null,
        address: null,
        action: 'visitor.erase',
        target: { kind: 'visitor', id: visitorId },
        changes: { receipt: { from: null, to: receiptId }, erased: { from: counts, to: null } },
        reason: 'The visitor has asked for it.',
      },
      now,
    )
    const complete = rows.some(({ id }) => id === visitorId)
    return { receipt: { receiptId, erasedAt: now.toISOString(), ...counts, complete }, erased: conversationIds }
  })
  // Whoever has them before their eyes hears of it (I2).
  for (const conversationId of erased) changes.emit({ organizationId, conversationId, events: [], headSeq: 0 })
  return receipt
}
