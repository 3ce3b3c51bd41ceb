import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/**
 * The second wall between tenants (threat 25). Whatever concerns one organization runs as `chatdesk_tenant`, a role that
 * owns nothing and bypasses nothing, and sees the rows of the organizations that the transaction names. The role is the
 * whole cluster's: another database of it may have made it already.
 */
const ROLE = [
  `do $$ begin
    if not exists (select from pg_roles where rolname = 'chatdesk_tenant') then
      create role chatdesk_tenant nologin;
    end if;
  exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
      raise exception 'its user may not make roles; let an administrator of it run: create role chatdesk_tenant nologin; grant chatdesk_tenant to %;',
        quote_ident(current_user);
  end $$`,
  // Since Postgres 16 whoever makes a role is a member of it that may not act as it.
  `do $$ begin
    if not pg_has_role(current_user, 'chatdesk_tenant',
      case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end) then
      execute format('grant chatdesk_tenant to %I', current_user);
    end if;
  exception when insufficient_privilege then
    raise exception 'its user may not act as chatdesk_tenant; let an administrator of it run: grant chatdesk_tenant to %;',
      quote_ident(current_user);
  end $$`,
  'grant usage on schema public to chatdesk_tenant',
  `create function chatdesk_organizations() returns uuid[] language sql stable as $$
    select string_to_array(nullif(current_setting('chatdesk.organizations', true), ''), ',')::uuid[]
  $$`,
]

/**
 * Statements that put a table under row-level security; every later migration runs them for the tables that it makes.
 * The function stands in a sub-select, so that it is called once for a statement and not for each row.
 */
export function protect(
  table: string,
  column = 'organization_id',
  rights = 'select, insert, update, delete',
): string[] {
  const condition = `${column} = any ((select chatdesk_organizations())::uuid[])`
  return [
    `alter table ${table} enable row level security`,
    `create policy tenant on ${table} to chatdesk_tenant using (${condition}) with check (${condition})`,
    `grant ${rights} on ${table} to chatdesk_tenant`,
  ]
}

/** Of one organization each; presence is the nodes' own business, and no answer to anybody is made from it alone. */
const TABLES = [
  'members',
  'member_sessions',
  'connection_tickets',
  'widgets',
  'visitors',
  'visitor_sessions',
  'conversations',
  'events',
]

/** The wall between tenants, and the first tables behind it. */
export const rowLevelSecurity: Migration = {
  up: (query) =>
    runStatements(query, [
      ...ROLE,
      ...protect('organizations', 'id', 'select, update'),
      ...TABLES.flatMap((table) => protect(table)),
    ]),
}
