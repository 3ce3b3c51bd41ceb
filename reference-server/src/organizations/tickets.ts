import { ChatError, type TicketResponse } from '@chatdesk/protocol'
import type { Database } from '../database/index.js'
import { createSecret, hashSecret } from '../platform/secrets.js'
import { homeOf, type MemberActor } from './actor.js'
import { findMemberBySession } from './member-sessions.js'

/** S3, in milliseconds. */
const TICKET_MS = 30_000

/** Issues a ticket that opens one connection from the same origin (S3, threat 15). */
export async function issueTicket(
  database: Database,
  actor: MemberActor,
  origin: string | undefined,
  now: Date,
): Promise<TicketResponse> {
  const ticket = createSecret('ct')
  const expiresAt = new Date(now.getTime() + TICKET_MS)
  await database.system.deleteFrom('connection_tickets').where('expires_at', '<', now).execute()
  await database
    .of(homeOf(actor))
    .insertInto('connection_tickets')
    .values({
      organization_id: homeOf(actor),
      ticket_hash: hashSecret(ticket),
      member_session_id: actor.memberSessionId,
      origin: origin ?? null,
      expires_at: expiresAt,
    })
    .execute()
  return { ticket, expiresAt: expiresAt.toISOString() }
}

/** Uses a ticket up and answers with its member. The origin of the connection must be the one that fetched it (S7). */
export async function redeemTicket(
  database: Database,
  ticket: string,
  origin: string | undefined,
  now: Date,
): Promise<MemberActor> {
  const row = await database.system
    .deleteFrom('connection_tickets')
    .where('ticket_hash', '=', hashSecret(ticket))
    .returning(['organization_id', 'member_session_id', 'origin', 'expires_at'])
    .executeTakeFirst()
  if (!row || row.expires_at <= now) throw new ChatError('UNAUTHENTICATED', 'The ticket is used or expired.')
  if (row.origin !== (origin ?? null)) throw new ChatError('FORBIDDEN_ORIGIN', 'This origin may not connect.')
  const session = { organizationId: row.organization_id, memberSessionId: row.member_session_id }
  const actor = await findMemberBySession(database, session, now)
  if (!actor) throw new ChatError('UNAUTHENTICATED', 'The sign-in has ended.')
  return actor
}
