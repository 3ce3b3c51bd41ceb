import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * What models make of the chunks' meaning: a row is a vector, or the wish for one, which `next_at` says when to try. Both go with
 * their chunk, which every change of an entry makes anew; so a row's id stands for the very words that were embedded.
 * Several models may have theirs side by side while nodes of two configurations run.
 */
const VECTORS = [
  `create table knowledge_vectors (
    organization_id uuid not null,
    widget_id uuid not null,
    entry_id uuid not null,
    place smallint not null,
    model text not null,
    id bigint generated always as identity,
    vector bytea,
    attempts smallint not null default 0,
    next_at timestamptz(3),
    begun_at timestamptz(3) not null,
    primary key (organization_id, entry_id, place, model),
    foreign key (organization_id, entry_id, place) references knowledge_chunks on delete cascade,
    check ((vector is null) = (next_at is not null))
  )`,
  // Numbers like these cannot be made smaller.
  'alter table knowledge_vectors alter column vector set storage external',
  'create unique index on knowledge_vectors (id)',
  'create index on knowledge_vectors (entry_id, place)',
  'create index on knowledge_vectors (widget_id, model, id)',
  'create index on knowledge_vectors (next_at) where next_at is not null',
]

/** What texts cost that a model makes vectors of counts like answers. */
const USAGE = [
  `alter table assistant_usage drop constraint assistant_usage_outcome_check,
    add constraint assistant_usage_outcome_check
      check (outcome in ('reserved', 'answered', 'downgraded', 'unfinished', 'failed', 'stopped', 'embedded'))`,
]

/** Knowledge that is found by what it means. */
export const embeddings: Migration = {
  up: (query) => runStatements(query, [...VECTORS, ...protect('knowledge_vectors'), ...USAGE]),
}
