import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/**
 * Who is connected to which node (P1), for the other nodes. Unlogged: it costs no write-ahead log, and after a crash of the
 * database, which empties it, every node writes its page anew. A place is a conversation, for its visitor, or an
 * organization, for its team; people come and go too fast for foreign keys to either.
 */
const STATEMENTS = [
  'create unlogged table presence_nodes (id uuid primary key, until timestamptz(3) not null)',
  `create unlogged table presence (
    organization_id uuid not null,
    place_id uuid not null,
    person_id uuid not null,
    node_id uuid not null references presence_nodes (id) on delete cascade,
    away boolean not null,
    primary key (organization_id, place_id, person_id, node_id)
  )`,
  'create index on presence (node_id)',
]

/** What nodes tell each other of presence. */
export const presence: Migration = { up: (query) => runStatements(query, STATEMENTS) }
