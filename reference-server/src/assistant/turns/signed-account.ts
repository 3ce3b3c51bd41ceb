import type { VisitorAccount } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import type { Which } from './load-turn.js'

/** What the site has signed of a conversation's visitor (S16); nothing, where no token has proved who speaks there. */
export async function loadSignedAccount(
  query: Kysely<Tables>,
  { organizationId, conversationId }: Which,
): Promise<VisitorAccount> {
  const { rows } = await sql<{ account: VisitorAccount | null }>`
    select v.account from conversations k
    join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id and s.proof = 'jwt'
    join visitors v on v.organization_id = s.organization_id and v.id = s.visitor_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(query)
  return rows[0]?.account ?? {}
}
