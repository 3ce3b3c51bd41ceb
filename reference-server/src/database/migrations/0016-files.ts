import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Files: what is being uploaded, and what stands in messages. The bytes are in the file storage, under random names. `part` is
 * null until the upload is ready; `storage_key` is that of the whole file then, and the beginning of its chunks' until then.
 */
const TABLES = [
  `create table files (
    organization_id uuid not null,
    id uuid not null,
    session_id uuid,
    member_id uuid,
    upload_id text not null,
    name text not null,
    declared_type text not null,
    size_bytes integer not null check (size_bytes > 0),
    received_bytes integer not null default 0 check (received_bytes between 0 and size_bytes),
    chunk_bytes integer not null check (chunk_bytes > 0),
    storage_key text not null,
    part jsonb,
    conversation_id uuid,
    created_at timestamptz(3) not null,
    look_at timestamptz(3),
    primary key (organization_id, id),
    foreign key (organization_id, session_id) references visitor_sessions on delete set null (session_id),
    foreign key (organization_id, member_id) references members on delete set null (member_id),
    foreign key (organization_id, conversation_id) references conversations on delete cascade
  )`,
  'create unique index on files (session_id, upload_id, organization_id) where session_id is not null',
  'create unique index on files (member_id, upload_id, organization_id) where member_id is not null',
  'create index on files (conversation_id) where conversation_id is not null',
  // Whether anybody's message holds it is looked at when its author can no longer be about to send it.
  'create index on files (look_at) where look_at is not null',

  // Objects that nothing names any more, or will not, unless an upload that is under way says otherwise until `due_at`. Their
  // names begin with their organization, which may be gone.
  `create table file_removals (
    storage_key text primary key,
    due_at timestamptz(3) not null
  )`,
  'create index on file_removals (due_at)',
]

/**
 * Whatever deletes a row, of the cascades as well, has its objects removed: no one who deletes must think of it, or be let near
 * the list.
 */
const REMOVAL = [
  `create function remove_file() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
  begin
    insert into file_removals (storage_key, due_at)
    select case when old.part is null then old.storage_key || '.' || n else old.storage_key end, '-infinity'
    from generate_series(0, case when old.part is null then old.received_bytes / old.chunk_bytes else 0 end) as n
    on conflict (storage_key) do update set due_at = excluded.due_at;
    return null;
  end $$`,
  'create trigger remove_file after delete on files for each row execute function remove_file()',
]

/** What the inbox shows of a message whose first part is a file is its name. */
const PREVIEW = `
do $$
declare
  source text := pg_get_functiondef('append_messages'::regproc);
  changed text := replace(source, $t$p.b #>> '{parts,0,text}'$t$, $t$coalesce(p.b #>> '{parts,0,text}', p.b #>> '{parts,0,name}')$t$);
begin
  if changed = source then raise exception 'append_messages is not as 0002-append made it'; end if;
  execute changed;
end $$`

/** Widgets that are there already take what new ones do. */
const SETTINGS = `
update widgets set settings = settings ||
  '{"attachments": {"kinds": ["image", "pdf", "text", "office"], "maxBytes": 10485760}}'::jsonb
where not settings ? 'attachments'`

/** Files of visitors and members. */
export const files: Migration = {
  up: (query) =>
    runStatements(query, [
      ...TABLES,
      ...REMOVAL,
      PREVIEW,
      SETTINGS,
      ...protect('files'),
      ...protect('file_removals', "split_part(storage_key, '/', 1)::uuid"),
    ]),
}
