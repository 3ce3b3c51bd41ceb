import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { createSecret, hashSecret } from '../platform/secrets.js'
import { forgetBrowsers } from '../push/index.js'

/**
 * Ends what this browser holds of a visitor: every session of the login, or of the visitor of whom nothing is proved (S15).
 * Nothing is deleted. The tabs hear it at their next heartbeat, and from the `init` that follows.
 */
export async function signOut(
  { database, clock }: { database: Database; clock: () => Date },
  { organizationId, sessionId }: VisitorActor,
): Promise<void> {
  await database.transaction(organizationId, async (transaction) => {
    const { rows } = await sql<{ visitor_id: string; login_id: string | null }>`
      update visitor_sessions o set signed_out = true, token_ends_at = ${clock()}::timestamptz
      from visitor_sessions s
      where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid
        and o.organization_id = s.organization_id and o.visitor_id = s.visitor_id
        and o.login_id is not distinct from s.login_id
      returning o.visitor_id, o.login_id`.execute(transaction)
    const [first] = rows
    if (!first) return
    await forgetBrowsers(transaction, { organizationId, visitorId: first.visitor_id, loginId: first.login_id })
    // No token that a browser has kept brings them back.
    const fresh = { token_hash: hashSecret(createSecret('vt')) }
    const table = first.login_id === null ? 'visitors' : 'visitor_logins'
    await transaction
      .updateTable(table)
      .set(fresh)
      .where('organization_id', '=', organizationId)
      .where('id', '=', first.login_id ?? first.visitor_id)
      .execute()
  })
}
