import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/**
 * Gives what a visitor said of themselves and did, and files that stand in no message yet, to the session that goes on; what that
 * one has said already stands.
 */
export async function takeFactsAlong(
  transaction: Transaction<Tables>,
  of: { organizationId: string; fromSessionId: string; toSessionId: string },
): Promise<void> {
  const { organizationId, fromSessionId, toSessionId } = of
  await sql`
    update visitor_sessions t set traits = case when f.traits is null then t.traits
      else f.traits || coalesce(t.traits, '{}') end, form = coalesce(t.form, f.form), locale = coalesce(t.locale, f.locale),
      department_id = coalesce(t.department_id, f.department_id)
    from visitor_sessions f
    where t.organization_id = ${organizationId}::uuid and t.id = ${toSessionId}::uuid
      and f.organization_id = t.organization_id and f.id = ${fromSessionId}::uuid`.execute(transaction)
  await sql`
    update visitor_events set session_id = ${toSessionId}::uuid
    where organization_id = ${organizationId}::uuid and session_id = ${fromSessionId}::uuid`.execute(transaction)
  await sql`
    update files f set session_id = ${toSessionId}::uuid
    where f.organization_id = ${organizationId}::uuid and f.session_id = ${fromSessionId}::uuid and f.conversation_id is null
      and not exists (select from files o where o.session_id = ${toSessionId}::uuid and o.upload_id = f.upload_id
        and o.organization_id = f.organization_id)`.execute(transaction)
}
