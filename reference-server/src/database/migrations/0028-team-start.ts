import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/**
 * Which member has begun a conversation, and under which id of theirs, so that a repeat begins no second one. Visitors are
 * listed by when they were seen last; the condition always holds, as that of the inbox's index does, and keeps the index for
 * queries that name it.
 */
const STATEMENTS = [
  `alter table conversations
    add column started_by uuid,
    add column start_id text collate "C",
    add foreign key (organization_id, started_by) references members on delete set null (started_by)`,
  'create unique index on conversations (started_by, start_id) where started_by is not null',
  // For the nodes that look for what another one has begun, for the team or for the site.
  'create index on conversations (created_at) where start_id is not null',
  `create index on visitors (organization_id, last_seen_at desc, id desc) where created_at > '-infinity'`,
]

/** Conversations that the team begins. */
export const teamStart: Migration = { up: (query) => runStatements(query, STATEMENTS) }
