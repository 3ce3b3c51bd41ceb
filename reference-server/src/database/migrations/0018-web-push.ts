import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Where browsers take notifications, and what is to be pushed to them. A subscription is sealed: whoever has it may write to
 * that browser. A job is a message of a conversation for one browser; a later message takes its place, and a job that is done
 * stands with no due time, so that its message is not pushed again.
 */
const STATEMENTS = [
  // The server's own: what proves to push services who pushes.
  `create table server_keys (
    name text primary key,
    public_key text not null,
    sealed_private_key text not null,
    created_at timestamptz(3) not null
  )`,

  `create table push_subscriptions (
    organization_id uuid not null,
    id uuid not null,
    visitor_id uuid not null,
    login_id uuid,
    endpoint_hash bytea not null,
    sealed_subscription text not null,
    label text not null,
    created_at timestamptz(3) not null,
    primary key (organization_id, id),
    unique (endpoint_hash, organization_id),
    foreign key (organization_id, visitor_id) references visitors on delete cascade,
    foreign key (organization_id, login_id) references visitor_logins on delete cascade
  )`,
  'create index on push_subscriptions (visitor_id, organization_id)',
  'create index on push_subscriptions (login_id) where login_id is not null',

  `create table push_jobs (
    organization_id uuid not null,
    subscription_id uuid not null,
    conversation_id uuid not null,
    seq integer not null,
    attempts integer not null default 0,
    created_at timestamptz(3) not null,
    due_at timestamptz(3),
    primary key (organization_id, subscription_id, conversation_id),
    foreign key (organization_id, subscription_id) references push_subscriptions on delete cascade,
    foreign key (organization_id, conversation_id) references conversations on delete cascade
  )`,
  'create index on push_jobs (conversation_id)',
  'create index on push_jobs (due_at) where due_at is not null',
  ...['push_subscriptions', 'push_jobs'].flatMap((table) => protect(table)),

  // A widget says all of its settings.
  `update widgets set settings = settings || '{"notificationWords": false}' where not settings ? 'notificationWords'`,
]

/** Notifications while no page is open. */
export const webPush: Migration = { up: (query) => runStatements(query, STATEMENTS) }
