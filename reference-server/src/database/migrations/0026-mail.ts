import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Mails on their way, what members want to hear of, and who wants no more mail. A job is written with what causes it, and goes
 * with what it tells of. What it says is sealed wherever the server has a secret: there are links in it that let somebody in.
 *
 * `missed_since` is the wait (`waiting_since`) of which members were told, `reply_mailed_seq` the message up to which the
 * visitor was. Neither is indexed: they change beside columns that change with each message.
 */
const STATEMENTS = [
  `create table mail_jobs (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    kind text not null check (kind in ('invite', 'reset', 'transcript', 'missed', 'assigned', 'mentioned', 'reply')),
    member_id uuid,
    conversation_id uuid,
    seq integer,
    content text not null,
    attempts integer not null default 0,
    created_at timestamptz(3) not null,
    due_at timestamptz(3) not null,
    give_up_at timestamptz(3) not null,
    primary key (organization_id, id),
    foreign key (organization_id, member_id) references members on delete cascade,
    foreign key (organization_id, conversation_id) references conversations on delete cascade
  )`,
  'create index on mail_jobs (due_at)',
  'create index on mail_jobs (member_id) where member_id is not null',
  'create index on mail_jobs (conversation_id) where conversation_id is not null',

  `create table member_notifications (
    organization_id uuid not null,
    member_id uuid not null,
    settings jsonb not null,
    primary key (organization_id, member_id),
    foreign key (organization_id, member_id) references members on delete cascade
  )`,

  // Keyed hashes: of an address that wants no mail, nothing more is kept.
  `create table mail_stops (
    organization_id uuid not null references organizations on delete cascade,
    address_hash bytea not null,
    created_at timestamptz(3) not null,
    primary key (organization_id, address_hash)
  )`,

  `alter table conversations
    add column missed_since timestamptz(3),
    add column reply_mailed_seq integer not null default 0,
    add column reply_mails integer not null default 0`,
  'alter table widgets add column mail_replies boolean not null default false',
  `alter table organizations
    add column missed_after_minutes integer not null default 5 check (missed_after_minutes between 1 and 1440),
    add column reply_after_minutes integer not null default 10 check (reply_after_minutes between 1 and 1440)`,

  // A browser is a visitor's, or of one sign-in of a member's, with which it ends.
  `alter table push_subscriptions
    alter column visitor_id drop not null,
    add column member_id uuid,
    add column member_session_id uuid,
    add foreign key (organization_id, member_id) references members on delete cascade,
    add foreign key (organization_id, member_session_id) references member_sessions on delete cascade,
    add check (num_nonnulls(visitor_id, member_id) = 1 and (member_id is null) = (member_session_id is null))`,
  'create index on push_subscriptions (member_id) where member_id is not null',
  'create index on push_subscriptions (member_session_id) where member_session_id is not null',
  `alter table push_jobs add column reason text not null default 'message'
    check (reason in ('message', 'new', 'assigned', 'mentioned'))`,

  ...['mail_jobs', 'member_notifications', 'mail_stops'].flatMap((table) => protect(table)),
]

/** Mail that is sent once it can be, and notices to agents. */
export const mail: Migration = { up: (query) => runStatements(query, STATEMENTS) }
