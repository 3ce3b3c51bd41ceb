import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/** What an organization says of its widgets, its departments, and where its widgets were seen. */
const STATEMENTS = [
  `alter table widgets
    add column enabled boolean not null default true,
    add column previous_key text unique,
    add column previous_key_until timestamptz(3),
    add column created_by uuid,
    add column updated_at timestamptz(3) not null default now(),
    add foreign key (organization_id, created_by) references members on delete set null (created_by)`,
  'create index on widgets (created_by) where created_by is not null',

  `create table departments (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    name text not null,
    description text not null,
    created_at timestamptz(3) not null,
    created_by uuid,
    primary key (organization_id, id),
    unique (name, organization_id),
    foreign key (organization_id, created_by) references members on delete set null (created_by)
  )`,

  // `visits` counts minutes in which it was seen.
  `create table installations (
    organization_id uuid not null,
    widget_id uuid not null,
    domain text not null,
    refused boolean not null,
    version text,
    visits integer not null default 1,
    first_seen_at timestamptz(3) not null,
    last_seen_at timestamptz(3) not null,
    primary key (organization_id, widget_id, domain),
    foreign key (organization_id, widget_id) references widgets on delete cascade
  )`,

  ...['departments', 'installations'].flatMap((table) => protect(table)),
]

/** The back office of widgets. */
export const widgets: Migration = { up: (query) => runStatements(query, STATEMENTS) }
