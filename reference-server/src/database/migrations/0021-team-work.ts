import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * What a team knows of a conversation that its visitor does not see. None of it is in the log, whose numbers have no holes:
 * what the team alone is told changes the row's `version`. `after_seq` says behind which event a note was written.
 *
 * The queue are the waiting conversations with an unanswered message; it has no column of its own, since one that changes
 * with each message would have to be indexed.
 */
const STATEMENTS = [
  `alter table conversations
    add column priority smallint not null default 0 check (priority between -1 and 2),
    add column snoozed_at timestamptz(3),
    add column snoozed_until timestamptz(3),
    add column notes integer not null default 0,
    add check ((snoozed_at is null) = (snoozed_until is null))`,
  `create index on conversations (organization_id, id) where status = 'waiting'`,

  `create table tags (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    name text not null,
    created_at timestamptz(3) not null,
    created_by uuid,
    primary key (organization_id, id),
    unique (name, organization_id),
    foreign key (organization_id, created_by) references members on delete set null (created_by)
  )`,
  'create index on tags (created_by) where created_by is not null',

  `create table conversation_tags (
    organization_id uuid not null,
    conversation_id uuid not null,
    tag_id uuid not null,
    primary key (organization_id, conversation_id, tag_id),
    foreign key (organization_id, conversation_id) references conversations on delete cascade,
    foreign key (organization_id, tag_id) references tags on delete cascade
  )`,
  'create index on conversation_tags (tag_id)',

  // A note outlives its author, whose name it keeps.
  `create table conversation_notes (
    organization_id uuid not null,
    conversation_id uuid not null,
    id uuid not null,
    member_id uuid,
    member_name text not null,
    text text not null,
    mentions uuid[] not null,
    after_seq integer not null,
    created_at timestamptz(3) not null,
    primary key (organization_id, conversation_id, id),
    foreign key (organization_id, conversation_id) references conversations on delete cascade,
    foreign key (organization_id, member_id) references members on delete set null (member_id)
  )`,
  'create index on conversation_notes (member_id) where member_id is not null',

  ...['tags', 'conversation_tags', 'conversation_notes'].flatMap((table) => protect(table)),
]

/** Priorities, snoozing, tags and notes. */
export const teamWork: Migration = { up: (query) => runStatements(query, STATEMENTS) }
