import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/**
 * When a conversation's `version` last changed, by the database's clock and to the minute: by it a node finds what other
 * nodes have changed (`loadVersions`). No node's clock is in it, and unlike `listed_at` it moves with read marks, which
 * change a row of the inbox but not its place. To the minute for the same reason as `listed_at`: most updates touch no
 * index. A trigger, so that no writer of conversations can forget it.
 */
const STATEMENTS = [
  `alter table conversations add column version_at timestamptz(3) not null default date_trunc('minute', now())`,
  'create index on conversations (version_at, organization_id)',
  `create function set_version_at() returns trigger language plpgsql as $$
  begin
    new.version_at := date_trunc('minute', now());
    return new;
  end $$`,
  `create trigger set_version_at before update on conversations for each row
    when (new.version is distinct from old.version) execute function set_version_at()`,
]

/** What a node needs to find other nodes' changes. */
export const versionAt: Migration = { up: (query) => runStatements(query, STATEMENTS) }
