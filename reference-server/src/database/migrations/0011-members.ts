import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/** How members come in, get back in, look in elsewhere, and let programs in. Of every secret the hash alone is kept. */
const STATEMENTS = [
  'alter table members add column last_seen_at timestamptz(3)',

  // A visit is the sign-in's own: the credential itself says which organization it reaches.
  `alter table member_sessions
    add column user_agent text,
    add column visit_id uuid,
    add column visited_organization_id uuid references organizations on delete set null,
    add column visit_reason text`,
  'create index on member_sessions (member_id)',
  `create index on member_sessions (visited_organization_id) where visited_organization_id is not null`,

  // What a guest has read in a visit: the trail says each thing once. Swept when it is older than a visit can be.
  `create table visit_reads (
    organization_id uuid not null references organizations on delete cascade,
    visit_id uuid not null,
    target_id uuid not null,
    action text not null,
    read_at timestamptz(3) not null,
    primary key (organization_id, visit_id, target_id, action)
  )`,

  // Its inviter may be a guest, whose key has another organization. An invite ends with its inviter: whoever is removed
  // must not come back by a link that they kept (threat 33).
  `create table invites (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    email text not null check (email = lower(email)),
    role text not null check (role in ('super_admin', 'client_admin', 'agent', 'client_user')),
    token_hash bytea not null unique,
    inviter_organization_id uuid,
    inviter_id uuid,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    primary key (organization_id, id),
    unique (email, organization_id),
    foreign key (inviter_organization_id, inviter_id) references members on delete cascade
  )`,
  'create index on invites (inviter_id)',

  // One for each member: the latest.
  `create table password_resets (
    organization_id uuid not null,
    member_id uuid not null,
    token_hash bytea not null unique,
    expires_at timestamptz(3) not null,
    primary key (organization_id, member_id),
    foreign key (organization_id, member_id) references members on delete cascade
  )`,

  `create table api_tokens (
    organization_id uuid not null,
    id uuid not null,
    member_id uuid not null,
    name text not null,
    token_hash bytea not null unique,
    scopes text[] not null,
    created_at timestamptz(3) not null,
    last_used_at timestamptz(3),
    expires_at timestamptz(3),
    primary key (organization_id, id),
    foreign key (organization_id, member_id) references members on delete cascade
  )`,
  'create index on api_tokens (member_id)',

  // Whether somebody else could look after the server: all that an organization learns of the others.
  `create function has_other_super_admin(member uuid) returns boolean language sql security definer
    set search_path = public as $$
    select exists (select from members where role = 'super_admin' and id <> member)
  $$`,

  ...['visit_reads', 'invites', 'password_resets', 'api_tokens'].flatMap((table) => protect(table)),
]

/** Invites, resets, visits, API tokens. */
export const members: Migration = { up: (query) => runStatements(query, STATEMENTS) }
