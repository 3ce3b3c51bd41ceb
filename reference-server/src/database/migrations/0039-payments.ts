import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/** Accounts at payment providers. Their secrets are sealed; `endpoint_id` names where webhooks go, and is hard to guess. */
const ACCOUNTS = [
  `create table payment_accounts (
    organization_id uuid not null references organizations on delete cascade,
    id uuid not null,
    provider text not null check (provider in ('razorpay')),
    mode text not null check (mode in ('test', 'live')),
    key_id text not null,
    sealed_key_secret text not null,
    endpoint_id text not null unique,
    sealed_webhook_secret text not null,
    sealed_previous_webhook_secret text,
    previous_webhook_secret_until timestamptz(3),
    provider_account_id text,
    enabled boolean not null default true,
    swept_to timestamptz(3),
    created_at timestamptz(3) not null,
    primary key (organization_id, id),
    check ((sealed_previous_webhook_secret is null) = (previous_webhook_secret_until is null))
  )`,
  'create unique index on payment_accounts (organization_id) where enabled',
]

/** As of this migration. */
const STATES = [
  ...['creating', 'issued', 'attempted', 'authorized', 'partially_paid', 'paid', 'paid_late', 'overpaid'],
  ...['partially_refunded', 'refunded', 'expired', 'cancelled', 'disputed', 'mismatch'],
]

/**
 * What is to be paid, and how that stands. It outlives its conversation and its visitor: money is never forgotten because a
 * chat is. The state is what follows from the facts, kept so that lists need not ask.
 */
const INTENTS = [
  `create table payment_intents (
    organization_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    conversation_id uuid,
    visitor_id uuid,
    kind text not null check (kind in ('order', 'link')),
    purpose text not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    partial boolean not null,
    expires_at timestamptz(3),
    requested_by uuid,
    requested_as text not null check (requested_as in ('member', 'assistant', 'api')),
    state text not null default 'creating' check (state in (${STATES.map((state) => `'${state}'`).join()})),
    paid_minor bigint not null default 0,
    refunded_minor bigint not null default 0,
    failures integer not null default 0,
    failure text,
    url text,
    version integer not null default 0,
    issue_tries integer not null default 0,
    issuing_until timestamptz(3),
    fulfilled_at timestamptz(3),
    asked_at timestamptz(3),
    checks integer not null default 0,
    next_check_at timestamptz(3),
    seen_version integer not null default 0,
    receipt_number integer,
    receipt_token text,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    check ((receipt_number is null) = (receipt_token is null)),
    primary key (organization_id, id),
    foreign key (organization_id, account_id) references payment_accounts on delete cascade,
    foreign key (organization_id, conversation_id) references conversations on delete set null (conversation_id),
    foreign key (organization_id, visitor_id) references visitors on delete set null (visitor_id),
    foreign key (organization_id, requested_by) references members on delete set null (requested_by)
  )`,
  'create index on payment_intents (conversation_id)',
  'create index on payment_intents (visitor_id)',
  'create index on payment_intents (requested_by)',
  'create index on payment_intents (account_id)',
  'create index on payment_intents (next_check_at) where next_check_at is not null',
  'create unique index on payment_intents (receipt_token) where receipt_token is not null',
  'create unique index on payment_intents (organization_id, receipt_number) where receipt_number is not null',
  // The last receipt of each organization.
  `create table payment_receipt_numbers (
    organization_id uuid primary key references organizations on delete cascade,
    last integer not null check (last > 0)
  )`,
]

/** What a provider knows an intent by. At most one of them is offered at a time (P9). */
const REFS = [
  `create table payment_refs (
    organization_id uuid not null,
    account_id uuid not null,
    provider_id text not null,
    intent_id uuid not null,
    kind text not null check (kind in ('order', 'link')),
    open boolean not null,
    primary key (organization_id, account_id, provider_id),
    foreign key (organization_id, intent_id) references payment_intents on delete cascade,
    foreign key (organization_id, account_id) references payment_accounts on delete cascade
  )`,
  'create index on payment_refs (intent_id)',
  'create unique index on payment_refs (intent_id) where open',
]

/** What a provider has said of an intent, each once; only ever added. */
const FACTS = [
  `create table payment_facts (
    organization_id uuid not null,
    intent_id uuid not null,
    key text not null,
    body jsonb not null,
    source text not null check (source in ('fetch', 'webhook', 'answer', 'member')),
    at timestamptz(3) not null,
    primary key (organization_id, intent_id, key),
    foreign key (organization_id, intent_id) references payment_intents on delete cascade
  )`,
]

/** Double entry: what one account gains another one gives, so that all of it adds up to nothing (P10). */
const LEDGER = [
  `create table payment_ledger (
    organization_id uuid not null,
    intent_id uuid not null,
    entry text not null,
    account text not null check (account in ('provider', 'sales')),
    amount_minor bigint not null,
    currency text not null,
    at timestamptz(3) not null,
    primary key (organization_id, intent_id, entry, account),
    foreign key (organization_id, intent_id) references payment_intents on delete cascade
  )`,
]

/** Webhooks as they came, once by the id that they bear and once by what they say: the id is not signed. */
const INBOX = [
  `create table payment_webhooks (
    organization_id uuid not null,
    account_id uuid not null,
    event_id text not null,
    body_hash bytea not null,
    name text not null,
    raw bytea not null,
    received_at timestamptz(3) not null,
    attempts integer not null default 0,
    next_at timestamptz(3),
    outcome text,
    primary key (organization_id, account_id, event_id),
    foreign key (organization_id, account_id) references payment_accounts on delete cascade
  )`,
  'create unique index on payment_webhooks (account_id, body_hash)',
  'create index on payment_webhooks (next_at) where next_at is not null',
  'create index on payment_webhooks (received_at)',
]

/** What came in at an account and belongs to no intent of it: people have to look. */
const QUARANTINE = [
  `create table payment_orphans (
    organization_id uuid not null,
    account_id uuid not null,
    payment_id text not null,
    reason text not null,
    amount_minor bigint not null,
    currency text not null,
    found_at timestamptz(3) not null,
    settled_at timestamptz(3),
    primary key (organization_id, account_id, payment_id),
    foreign key (organization_id, account_id) references payment_accounts on delete cascade
  )`,
]

/** Money that is to go back: written down before a provider is asked, under the key that it is asked with. */
const REFUNDS = [
  `create table payment_refunds (
    organization_id uuid not null,
    id uuid not null,
    intent_id uuid not null,
    payment_id text not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    cause text not null check (cause in ('member', 'excess')),
    reason text not null,
    requested_by uuid,
    state text not null check (state in ('queued', 'sent', 'refused')),
    refund_id text,
    error text,
    attempts integer not null default 0,
    next_at timestamptz(3),
    created_at timestamptz(3) not null,
    primary key (organization_id, id),
    foreign key (organization_id, intent_id) references payment_intents on delete cascade,
    foreign key (organization_id, requested_by) references members on delete set null (requested_by)
  )`,
  'create index on payment_refunds (intent_id)',
  'create index on payment_refunds (requested_by)',
  'create unique index on payment_refunds (intent_id, payment_id) where cause = $$excess$$',
  'create index on payment_refunds (next_at) where next_at is not null',
]

const TABLES = [
  'payment_accounts',
  'payment_intents',
  'payment_receipt_numbers',
  'payment_refs',
  'payment_facts',
  'payment_ledger',
  'payment_webhooks',
  'payment_orphans',
  'payment_refunds',
]

/** Payments in conversations. */
export const payments: Migration = {
  up: (query) =>
    runStatements(query, [
      ...[ACCOUNTS, INTENTS, REFS, FACTS, LEDGER, INBOX, QUARANTINE, REFUNDS].flat(),
      ...TABLES.flatMap((table) => protect(table)),
    ]),
}
