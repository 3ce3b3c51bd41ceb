import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * What a widget knows, whom it has met and what it has counted: the relations of the seeds that the log does not need.
 * docs/seed-map.md says which is which. What belongs to a widget goes with it, but for leads; what a member has made
 * outlives them.
 */
const TABLES = [
  // Keywords are lower case. Under row-level security no condition on an array reaches the GIN index, and a search reads
  // its widget's entries by the other one: the index serves what runs for all organizations.
  `create table knowledge_entries (
    organization_id uuid not null,
    id uuid not null,
    widget_id uuid not null,
    question text not null,
    phrasings text[] not null,
    answer text not null,
    category text not null,
    keywords text[] not null,
    language text not null,
    enabled boolean not null,
    times_used integer not null default 0,
    helpful integer not null default 0,
    not_helpful integer not null default 0,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    created_by uuid,
    primary key (organization_id, id),
    foreign key (organization_id, widget_id) references widgets on delete cascade,
    foreign key (organization_id, created_by) references members on delete set null (created_by)
  )`,
  'create index on knowledge_entries (widget_id, id)',
  'create index on knowledge_entries using gin (keywords)',
  'create index on knowledge_entries (created_by) where created_by is not null',

  // Which entries an answer rests on, and how sure it was. `seq` is the answer's place in its conversation's log.
  `create table answer_sources (
    organization_id uuid not null,
    conversation_id uuid not null,
    seq integer not null,
    place smallint not null check (place > 0),
    knowledge_entry_id uuid,
    confidence real not null check (confidence between 0 and 1),
    primary key (organization_id, conversation_id, seq, place),
    foreign key (organization_id, conversation_id) references conversations on delete cascade,
    foreign key (organization_id, knowledge_entry_id) references knowledge_entries on delete set null (knowledge_entry_id)
  )`,
  'create index on answer_sources (knowledge_entry_id) where knowledge_entry_id is not null',

  `create table leads (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    widget_id uuid,
    name text,
    email text check (email = lower(email)),
    phone text,
    source text not null default 'chat_widget',
    page_url text,
    referrer text,
    utm jsonb not null default '{}',
    status text not null default 'new' check (status in ('new', 'contacted', 'qualified', 'converted', 'lost')),
    assigned_to uuid,
    notes text not null default '',
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    primary key (organization_id, id),
    foreign key (organization_id, widget_id) references widgets on delete set null (widget_id),
    foreign key (organization_id, assigned_to) references members on delete set null (assigned_to),
    check (num_nonnulls(name, email, phone) > 0)
  )`,
  'create index on leads (email, organization_id) where email is not null',
  'create index on leads (widget_id) where widget_id is not null',
  'create index on leads (assigned_to) where assigned_to is not null',
  // A lead that a conversation names is not deleted. Asked at the end of the transaction: when an organization goes, its
  // leads may go before its conversations.
  `alter table conversations
    add column lead_id uuid,
    add foreign key (organization_id, lead_id) references leads deferrable initially deferred`,
  'create index on conversations (lead_id) where lead_id is not null',

  `create table appointments (
    organization_id uuid not null,
    id uuid not null,
    widget_id uuid not null,
    conversation_id uuid not null,
    lead_id uuid,
    name text not null,
    email text,
    phone text,
    subject text not null,
    preferred_date date not null,
    preferred_time text check (preferred_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    time_zone text not null,
    status text not null default 'requested' check (status in ('requested', 'confirmed', 'cancelled', 'completed', 'missed')),
    notes text not null default '',
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    primary key (organization_id, id),
    foreign key (organization_id, widget_id) references widgets on delete cascade,
    foreign key (organization_id, conversation_id) references conversations on delete cascade,
    foreign key (organization_id, lead_id) references leads on delete set null (lead_id)
  )`,
  'create index on appointments (widget_id, status, preferred_date)',
  'create index on appointments (conversation_id)',
  'create index on appointments (lead_id) where lead_id is not null',

  `create table spam_rules (
    organization_id uuid not null,
    id uuid not null,
    widget_id uuid not null,
    kind text not null check (kind in ('word', 'pattern', 'links', 'rate', 'network', 'device_hint')),
    value text not null,
    action text not null check (action in ('slow', 'prove', 'refuse', 'block')),
    enabled boolean not null default true,
    times_matched integer not null default 0,
    last_matched_at timestamptz(3),
    created_at timestamptz(3) not null,
    created_by uuid,
    primary key (organization_id, id),
    foreign key (organization_id, widget_id) references widgets on delete cascade,
    foreign key (organization_id, created_by) references members on delete set null (created_by)
  )`,
  'create index on spam_rules (widget_id)',
  'create index on spam_rules (created_by) where created_by is not null',

  // One row for a widget and a day. Sums and counts, no averages: days can be added up.
  `create table widget_days (
    organization_id uuid not null,
    widget_id uuid not null,
    date date not null,
    conversations integer not null default 0,
    completed integer not null default 0,
    abandoned integer not null default 0,
    spam integer not null default 0,
    visitor_messages integer not null default 0,
    agent_messages integer not null default 0,
    assistant_messages integer not null default 0,
    first_responses integer not null default 0,
    first_response_ms bigint not null default 0,
    leads integer not null default 0,
    leads_converted integer not null default 0,
    email_handoffs integer not null default 0,
    phone_handoffs integer not null default 0,
    assistant_handoffs integer not null default 0,
    appointments integer not null default 0,
    ratings integer not null default 0,
    rating_sum integer not null default 0,
    helpful integer not null default 0,
    not_helpful integer not null default 0,
    answers integer not null default 0,
    confidence_sum double precision not null default 0,
    unanswered integer not null default 0,
    computed_at timestamptz(3) not null,
    primary key (organization_id, widget_id, date),
    foreign key (organization_id, widget_id) references widgets on delete cascade
  )`,
]

/**
 * A conversation's events go with it. Once for a statement, however many conversations it deletes, and by the key of each:
 * a plan made without statistics would read the whole log.
 */
const LOG_CASCADE = [
  `create function delete_events() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
  begin
    delete from events e using deleted d where e.organization_id = d.organization_id and e.conversation_id = d.id;
    return null;
  end $$`,
  `create trigger delete_events after delete on conversations referencing old table as deleted
    for each statement execute function delete_events()`,
]

const PROTECTED = ['knowledge_entries', 'answer_sources', 'leads', 'appointments', 'spam_rules', 'widget_days']

/** What widgets know, whom they have met, what they have counted. */
export const seedRelations: Migration = {
  up: (query) => runStatements(query, [...TABLES, ...LOG_CASCADE, ...PROTECTED.flatMap((table) => protect(table))]),
}
