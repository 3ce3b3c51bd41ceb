import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Verified users (S13). `external_id` is the user's at the site, and the same person in all of an organization's widgets. A
 * login is one sign-in of a user in one browser: its token stands in for a visitor's, which the user's other browsers must
 * not know. A session with a login speaks for the user as long as the key that proved it stands.
 */
const USERS = [
  'alter table visitors add column external_id text, add column email text',
  'create unique index on visitors (external_id, organization_id) where external_id is not null',

  `create table identity_keys (
    organization_id uuid not null,
    id uuid not null,
    widget_id uuid not null,
    kind text not null check (kind in ('hmac', 'jwt_secret', 'jwks', 'firebase')),
    sealed_secret text,
    issuer text,
    audience text,
    jwks_url text,
    project_id text,
    created_at timestamptz(3) not null,
    expires_at timestamptz(3),
    primary key (organization_id, id),
    foreign key (organization_id, widget_id) references widgets on delete cascade,
    check ((kind in ('hmac', 'jwt_secret')) = (sealed_secret is not null))
  )`,
  'create index on identity_keys (widget_id, organization_id)',
  ...protect('identity_keys'),

  `create table visitor_logins (
    organization_id uuid not null,
    id uuid not null,
    visitor_id uuid not null,
    token_hash bytea not null unique,
    created_at timestamptz(3) not null,
    last_seen_at timestamptz(3) not null,
    primary key (organization_id, id),
    foreign key (organization_id, visitor_id) references visitors on delete cascade
  )`,
  'create index on visitor_logins (visitor_id, organization_id)',
  ...protect('visitor_logins'),

  `alter table visitor_sessions
    add column traits jsonb,
    add column login_id uuid,
    add column proof text check (proof in ('jwt', 'hmac')),
    add column identity_key_id uuid,
    add column successor_id uuid,
    add check ((login_id is null) = (proof is null)),
    add foreign key (organization_id, login_id) references visitor_logins on delete cascade,
    add foreign key (organization_id, identity_key_id) references identity_keys on delete set null (identity_key_id)`,
  'create index on visitor_sessions (login_id, widget_id) where login_id is not null',
  'create index on visitor_sessions (identity_key_id) where identity_key_id is not null',
]

/**
 * A session's tokens follow one another (S14): each is made of the one before and the salt, so that an exchange whose answer
 * was lost gives the same again, and nobody who has seen one token makes the next by himself. Null: with its session.
 */
const TOKENS = [
  `alter table visitor_sessions
    add column token_ends_at timestamptz(3),
    add column token_salt bytea not null default uuid_send(gen_random_uuid()),
    add column token_number integer not null default 0,
    add column previous_token_hash bytea unique,
    add column previous_send_token_hash bytea unique`,
  `update visitor_sessions set token_ends_at = last_seen_at + interval '24 hours'`,
]

/** Who a visitor is at the site, and tokens that end. */
export const identity: Migration = { up: (query) => runStatements(query, [...USERS, ...TOKENS]) }
