import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * What models have been asked, and what it has cost: a row is written before each answer, with what it may cost at most, and
 * settled behind it. One that was never settled counts as it was reserved. It holds no word of anybody's, and outlives its
 * conversation.
 */
const USAGE = [
  `create table assistant_usage (
    organization_id uuid not null references organizations on delete cascade,
    day text not null,
    id uuid not null,
    conversation_id uuid,
    provider text not null,
    model text not null,
    prompt_tokens integer not null check (prompt_tokens >= 0),
    completion_tokens integer not null check (completion_tokens >= 0),
    estimated boolean not null,
    outcome text not null
      check (outcome in ('reserved', 'answered', 'downgraded', 'unfinished', 'failed', 'stopped')),
    code text,
    first_token_ms integer,
    latency_ms integer,
    begun_at timestamptz(3) not null,
    primary key (organization_id, day, id),
    foreign key (organization_id, conversation_id) references conversations on delete set null (conversation_id)
  )`,
  'create index on assistant_usage (conversation_id)',
]

/** What the assistant's models cost. */
export const assistantUsage: Migration = {
  up: (query) => runStatements(query, [...USAGE, ...protect('assistant_usage')]),
}
