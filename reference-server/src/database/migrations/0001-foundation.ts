import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/**
 * The first tables. Every row names its organization, and every key has it. Moments have milliseconds, as JavaScript
 * has: a page cursor made from one finds its row again.
 *
 * Of several indexes that begin with the organization a planner without statistics, as PGlite's always is, takes any one
 * for a search that names more, and then reads all that the organization has for each row it looks for. So no table has
 * two of them: other keys begin with what tells most apart.
 */
const STATEMENTS = [
  `create table organizations (
    id uuid primary key,
    name text not null,
    created_at timestamptz(3) not null
  )`,

  `create table members (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    email text not null unique check (email = lower(email)),
    name text not null,
    role text not null check (role in ('super_admin', 'client_admin', 'agent', 'client_user')),
    password_hash text not null,
    created_at timestamptz(3) not null,
    primary key (organization_id, id)
  )`,

  `create table member_sessions (
    organization_id uuid not null,
    id uuid not null,
    member_id uuid not null,
    token_hash bytea not null unique,
    created_at timestamptz(3) not null,
    last_seen_at timestamptz(3) not null,
    primary key (organization_id, id),
    foreign key (organization_id, member_id) references members on delete cascade
  )`,

  // Short-lived and single-use: deleting a row is using it.
  `create table connection_tickets (
    organization_id uuid not null,
    ticket_hash bytea primary key,
    member_session_id uuid not null,
    origin text,
    expires_at timestamptz(3) not null,
    foreign key (organization_id, member_session_id) references member_sessions on delete cascade
  )`,
  'create index on connection_tickets (expires_at)',

  // `settings` is whole and checked, and all of it is public: what a page needs to draw the widget.
  `create table widgets (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    key text not null unique,
    name text not null,
    settings jsonb not null,
    allowed_origins text[] not null,
    allow_missing_origin boolean not null default false,
    created_at timestamptz(3) not null,
    primary key (organization_id, id)
  )`,
  // For CORS preflights, which name no widget.
  'create index on widgets using gin (allowed_origins)',

  `create table visitors (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    token_hash bytea not null unique,
    name text,
    created_at timestamptz(3) not null,
    last_seen_at timestamptz(3) not null,
    primary key (organization_id, id)
  )`,

  `create table visitor_sessions (
    organization_id uuid not null,
    id uuid not null,
    visitor_id uuid not null,
    widget_id uuid not null,
    token_hash bytea not null unique,
    origin text,
    tab_id text,
    page_url text,
    referrer text,
    user_agent text,
    created_at timestamptz(3) not null,
    last_seen_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    primary key (organization_id, id),
    foreign key (organization_id, visitor_id) references visitors on delete cascade,
    foreign key (organization_id, widget_id) references widgets on delete cascade
  )`,

  // Counters and summary facts repeat what the log says, so that the inbox reads one row for each conversation.
  // Every message changes its conversation's row. Of what changes only `listed_at`, which is `updated_at` to the minute,
  // and the rare status and agent are indexed: within a minute no index is touched, and the page's free space takes the
  // new row. A session that has a conversation stays: whoever clears away old ones takes nothing that was said along.
  `create table conversations (
    organization_id uuid not null,
    id uuid not null,
    visitor_id uuid not null,
    session_id uuid not null,
    widget_id uuid not null,
    client_conversation_id text collate "C" not null,
    status text not null check (status in ('open', 'waiting', 'assigned', 'resolved')),
    agent_id uuid,
    head_seq integer not null default 0,
    version integer not null default 1,
    visitor_read_seq integer not null default 0,
    team_read_seq integer not null default 0,
    unread_count integer not null default 0,
    waiting_since timestamptz(3),
    last_message_author jsonb,
    last_message_text text,
    last_message_at timestamptz(3),
    page_url text,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    listed_at timestamptz(3) not null,
    primary key (organization_id, id),
    unique (visitor_id, client_conversation_id, organization_id),
    foreign key (organization_id, session_id) references visitor_sessions,
    foreign key (organization_id, widget_id) references widgets on delete cascade,
    foreign key (organization_id, agent_id) references members on delete set null (agent_id),
    check (visitor_read_seq <= head_seq and team_read_seq <= head_seq)
  ) with (fillfactor = 50)`,
  'create index on conversations (session_id, id)',
  'create index on conversations (agent_id) where agent_id is not null',
  // A widget's conversations, by status or of all four, newest first.
  'create index on conversations (widget_id, status, created_at desc, id desc)',
  // The inbox. Only a query that names its condition, which always holds, can take it: see above. Of a column that never
  // changes: one that does would have every update touch all indexes, as if it were indexed.
  `create index on conversations (organization_id, listed_at desc, id desc) where created_at > '-infinity'`,

  // The log. No foreign keys and no checks: only append_messages and the end of a conversation write here, both with
  // the conversation's row locked, and checking each row would cost as much as writing it. 0014 has a conversation's
  // events go with it. Ids compare as bytes.
  `create table events (
    organization_id uuid not null,
    conversation_id uuid not null,
    seq integer not null,
    id uuid not null,
    type text collate "C" not null,
    author_id uuid not null,
    client_message_id text collate "C",
    body jsonb not null,
    created_at timestamptz(3) not null,
    primary key (conversation_id, seq, organization_id)
  )`,
  // Q3: one author's client message id is used once, in whatever conversation.
  `create unique index events_idempotency on events (author_id, client_message_id, organization_id)
    where client_message_id is not null`,
]

/** The first tables. */
export const foundation: Migration = { up: (query) => runStatements(query, STATEMENTS) }
