import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * What an organization's files take up, so that beginning one adds up nothing. Each counts with 64 KiB at least: the smallest is
 * a row and an object as well. A trigger, so that nobody who deletes must think of it. What is freed is written down beside it,
 * and taken off with the next file: a widget may be deleted for minutes, for which nobody else could begin an upload, and each of
 * its files would go through all rows that the ones before have left of the organization.
 */
const STATEMENTS = [
  'alter table organizations add column file_bytes bigint not null default 0',
  `create table freed_file_bytes (
    organization_id uuid not null references organizations on delete cascade,
    bytes bigint not null
  )`,
  'create index on freed_file_bytes (organization_id)',
  ...protect('freed_file_bytes', 'organization_id', 'select'),
  `create function count_file() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
  begin
    if tg_op = 'INSERT' then
      with freed as (delete from freed_file_bytes where organization_id = new.organization_id returning bytes)
      update organizations set file_bytes = file_bytes + greatest(new.size_bytes, 65536)
        - coalesce((select sum(bytes) from freed), 0) where id = new.organization_id;
    else
      insert into freed_file_bytes (organization_id, bytes)
      select id, greatest(old.size_bytes, 65536) from organizations where id = old.organization_id;
    end if;
    return null;
  end $$`,
  'create trigger count_file after insert or delete on files for each row execute function count_file()',
  // Behind the trigger, which waits for the files that are on their way.
  `update organizations o set file_bytes = f.bytes
    from (select organization_id, sum(greatest(size_bytes, 65536)) as bytes from files group by organization_id) f
    where f.organization_id = o.id`,
]

/** A running sum of each organization's files. */
export const fileSums: Migration = { up: (query) => runStatements(query, STATEMENTS) }
