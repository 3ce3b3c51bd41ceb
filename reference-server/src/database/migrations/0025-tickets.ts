import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * What a team works with beside conversations. Tickets are numbered by a row of their organization that a transaction holds
 * until it ends: a number is taken with its ticket, or not at all.
 *
 * A ticket outlives its conversation, its makers and who works on it. `title` is null where an erasure has taken the words.
 */
const STATEMENTS = [
  `create table ticket_numbers (
    organization_id uuid not null references organizations on delete cascade,
    last integer not null,
    primary key (organization_id)
  )`,

  `create table tickets (
    organization_id uuid not null references organizations on delete cascade,
    number integer not null check (number > 0),
    id uuid not null,
    title text,
    description text not null,
    status text not null check (status in ('open', 'pending', 'solved', 'closed')),
    priority smallint not null default 0 check (priority between -1 and 2),
    assignee_id uuid,
    conversation_id uuid,
    source text not null check (source in ('manual', 'escalation')),
    created_by uuid,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    solved_at timestamptz(3),
    primary key (organization_id, number),
    unique (id, organization_id),
    foreign key (organization_id, assignee_id) references members on delete set null (assignee_id),
    foreign key (organization_id, conversation_id) references conversations on delete set null (conversation_id),
    foreign key (organization_id, created_by) references members on delete set null (created_by)
  )`,
  'create index on tickets (status, organization_id, number)',
  'create index on tickets (assignee_id, organization_id, number) where assignee_id is not null',
  'create index on tickets (conversation_id, organization_id, number) where conversation_id is not null',
  'create index on tickets (created_by) where created_by is not null',

  `create table canned_replies (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    shortcut text not null,
    title text not null,
    text text not null,
    department_id uuid,
    language text,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    created_by uuid,
    primary key (organization_id, id),
    foreign key (organization_id, department_id) references departments on delete set null (department_id),
    foreign key (organization_id, created_by) references members on delete set null (created_by)
  )`,
  "create unique index on canned_replies (shortcut, organization_id, coalesce(language, ''))",
  'create index on canned_replies (department_id) where department_id is not null',
  'create index on canned_replies (created_by) where created_by is not null',

  `create table macros (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    name text not null,
    actions jsonb not null default '[]',
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    created_by uuid,
    primary key (organization_id, id),
    unique (name, organization_id),
    foreign key (organization_id, created_by) references members on delete set null (created_by)
  )`,
  'create index on macros (created_by) where created_by is not null',

  // Runs that have come to their end, for a while: whoever repeats one is told what became of it.
  `create table macro_runs (
    organization_id uuid not null,
    conversation_id uuid not null,
    run_id uuid not null,
    stopped_at jsonb,
    ran_at timestamptz(3) not null,
    primary key (organization_id, conversation_id, run_id),
    foreign key (organization_id, conversation_id) references conversations on delete cascade
  )`,

  ...['ticket_numbers', 'tickets', 'canned_replies', 'macros', 'macro_runs'].flatMap((table) => protect(table)),
]

/** Tickets, canned replies and macros. */
export const tickets: Migration = { up: (query) => runStatements(query, STATEMENTS) }
