import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * What a visitor may do beside writing. A session has many conversations and shows one, the live one; null: the newest.
 * `form` is what was answered, and what was agreed to when: the session's is copied into each conversation that it starts.
 * A session that is signed out opens nothing any more, and whoever brings its token is told to forget what it kept.
 */
const STATEMENTS = [
  `alter table visitor_sessions
    add column live_conversation_id uuid,
    add column form jsonb,
    add column department_id uuid,
    add column locale text,
    add column signed_out boolean not null default false,
    add foreign key (organization_id, department_id) references departments on delete set null (department_id)`,
  'create index on visitor_sessions (department_id) where department_id is not null',

  // A transcript goes to one address that nobody has proved, and not often: see visitors/transcripts.
  `alter table conversations
    add column form jsonb,
    add column department_id uuid,
    add column rating smallint check (rating between 1 and 5),
    add column rating_comment text,
    add column rated_at timestamptz(3),
    add column transcript_email text,
    add column transcripts_sent integer not null default 0,
    add foreign key (organization_id, department_id) references departments on delete set null (department_id),
    add check ((rating is null) = (rated_at is null))`,
  'create index on conversations (department_id) where department_id is not null',

  // `seq` is the message's place in its conversation's log.
  `create table message_ratings (
    organization_id uuid not null,
    conversation_id uuid not null,
    seq integer not null,
    helpful boolean not null,
    rated_at timestamptz(3) not null,
    primary key (organization_id, conversation_id, seq),
    foreign key (organization_id, conversation_id) references conversations on delete cascade
  )`,

  // Ids ascend with time.
  `create table visitor_events (
    organization_id uuid not null,
    session_id uuid not null,
    id uuid not null,
    body jsonb not null,
    created_at timestamptz(3) not null,
    primary key (organization_id, session_id, id),
    foreign key (organization_id, session_id) references visitor_sessions on delete cascade
  )`,

  ...['message_ratings', 'visitor_events'].flatMap((table) => protect(table)),
]

/** More than one conversation, what visitors say of themselves, what they do, and how they found it. */
export const visitorFeatures: Migration = { up: (query) => runStatements(query, STATEMENTS) }
