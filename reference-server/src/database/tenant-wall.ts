import { ChatError } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from './create-database.js'

/** Tables whose rows no answer is made of: which node holds which connection. */
export const OF_NO_TENANT = ['presence']

interface Findings {
  superuser: boolean
  bypasses: boolean
  owned: string[] | null
  open: string[] | null
}

/**
 * Rejects with one sentence unless row-level security really binds what runs for one organization (threat 26): asked of the
 * database, as the role that it would run as, since who may what is decided there and not by us.
 */
export async function requireTenantWall(database: Database): Promise<void> {
  const flaw = await findFlaw(database)
  if (flaw) throw new ChatError('UNAVAILABLE', `The database does not keep organizations apart: ${flaw}`)
}

async function findFlaw(database: Database): Promise<string | undefined> {
  let findings: Findings | undefined
  try {
    const { rows } = await sql<Findings>`
      with tenant_tables as (
        select c.oid, c.relname, c.relowner from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> all (${OF_NO_TENANT}::text[])
          and (c.relname = 'organizations' or exists (
            select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped))
      )
      select r.rolsuper as superuser, r.rolbypassrls as bypasses,
        (select array_agg(t.relname::text order by t.relname) from tenant_tables t
          where pg_has_role(current_user, t.relowner, 'usage')) as owned,
        (select array_agg(t.relname::text order by t.relname) from tenant_tables t
          where not row_security_active(t.oid)) as open
      from pg_roles r where r.rolname = current_user`.execute(database.of())
    findings = rows[0]
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    // Whatever else it is, it is no answer to this question.
    if (code !== '42501' && code !== '22023') throw error
    return `its user may not act as the role chatdesk_tenant (${message}); grant it to that user`
  }
  if (findings?.superuser) return 'the role chatdesk_tenant is a superuser; alter role chatdesk_tenant nosuperuser'
  if (findings?.bypasses)
    return 'the role chatdesk_tenant bypasses row-level security; alter role chatdesk_tenant nobypassrls'
  if (findings?.owned) return `the role chatdesk_tenant owns ${findings.owned.join(', ')}; give them to another role`
  if (findings?.open) return `row-level security does not hold for ${findings.open.join(', ')}; enable it`
  return undefined
}
