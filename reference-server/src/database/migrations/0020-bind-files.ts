import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/**
 * A file is one of a conversation once a message of it is in the log, in the same transaction: what is refused binds nothing. A
 * trigger, so that it costs messages without files nothing but a look.
 */
const STATEMENTS = [
  `create function bind_files() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
  begin
    update files f set conversation_id = new.conversation_id
    from jsonb_array_elements(new.body -> 'parts') as part
    where f.organization_id = new.organization_id and part ->> 'type' = 'file' and f.id = (part ->> 'fileId')::uuid
      and f.conversation_id is null;
    return null;
  end $$`,
  `create trigger bind_files after insert on events for each row
    when (new.body @> '{"parts": [{"type": "file"}]}') execute function bind_files()`,
]

/** Binds files to conversations where messages are written. */
export const bindFiles: Migration = { up: (query) => runStatements(query, STATEMENTS) }
