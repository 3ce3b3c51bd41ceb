import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Who takes what waits. An organization without a row assigns by hand, as all did before; a member without one is available,
 * and takes as much as the organization says.
 *
 * `assigned_at` and `handled_at` say how long agents had their conversations lately: since when it is somebody's, and when
 * that was over. Whatever writes a status sets them, so that a trigger does.
 */
const STATEMENTS = [
  `create table routing_settings (
    organization_id uuid primary key references organizations on delete cascade,
    assignment text not null check (assignment in ('manual', 'automatic')),
    capacity integer not null check (capacity > 0),
    reroute_after_seconds integer not null check (reroute_after_seconds > 0)
  )`,
  `create table agent_states (
    organization_id uuid not null,
    member_id uuid not null,
    away_since timestamptz(3),
    capacity integer check (capacity >= 0),
    last_assigned_at timestamptz(3),
    primary key (organization_id, member_id),
    foreign key (organization_id, member_id) references members on delete cascade
  )`,
  `create table department_members (
    organization_id uuid not null,
    department_id uuid not null,
    member_id uuid not null,
    primary key (organization_id, department_id, member_id),
    foreign key (organization_id, department_id) references departments on delete cascade,
    foreign key (organization_id, member_id) references members on delete cascade
  )`,
  'create index on department_members (member_id)',

  `alter table conversations
    add column assigned_at timestamptz(3),
    add column handled_at timestamptz(3)`,
  // What each agent has now, out of years of conversations.
  `create index on conversations (organization_id, agent_id) where status = 'assigned'`,
  'create index on conversations (organization_id, handled_at) where handled_at is not null',
  `create function set_assigned_at() returns trigger language plpgsql as $$
  begin
    if new.status = 'assigned' then
      new.assigned_at := new.updated_at;
      new.handled_at := null;
    elsif new.status = 'resolved' then
      new.handled_at := case when new.assigned_at is not null then new.updated_at end;
    else
      new.assigned_at := null;
      new.handled_at := null;
    end if;
    return new;
  end $$`,
  `create trigger set_assigned_at before update on conversations for each row
    when (old.status is distinct from new.status) execute function set_assigned_at()`,
  `create trigger set_assigned_at_first before insert on conversations for each row
    when (new.status = 'assigned') execute function set_assigned_at()`,

  ...['routing_settings', 'agent_states', 'department_members'].flatMap((table) => protect(table)),
]

/** Automatic assignment: the team's settings, departments and states. */
export const routing: Migration = { up: (query) => runStatements(query, STATEMENTS) }
