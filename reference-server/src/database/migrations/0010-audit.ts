import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Who did what. Entries are only ever added (threat 39): nobody may change one, and each holds the hash of all before it,
 * so that one that was changed beside us is found. `content` is `json` and not `jsonb`, which would write its text anew.
 * No foreign key: the trail of an organization outlives it.
 */
const STATEMENTS = [
  `create table audit_entries (
    organization_id uuid not null,
    seq integer not null,
    content json not null,
    hash bytea not null,
    primary key (organization_id, seq)
  )`,
  `create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'entries of % are only ever added', tg_table_name using errcode = 'insufficient_privilege';
  end $$`,
  `create trigger only_added before update or delete on audit_entries for each row execute function refuse_change()`,
  `create trigger only_added_whole before truncate on audit_entries for each statement execute function refuse_change()`,
  ...protect('audit_entries', 'organization_id', 'select, insert'),
]

/** The audit trail. */
export const audit: Migration = { up: (query) => runStatements(query, STATEMENTS) }
