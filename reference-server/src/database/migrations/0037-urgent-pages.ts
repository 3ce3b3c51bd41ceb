import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/**
 * Whom a hand-off calls at once. It is written with the hand-off, which `owner_version` names: another one of the same
 * conversation has another. `due_at`: pushes and mails are still to be promised, which any node does; null: they are.
 */
const PAGES = [
  `create table urgent_pages (
    organization_id uuid not null,
    conversation_id uuid not null,
    owner_version integer not null,
    member_ids uuid[] not null,
    paged_at timestamptz(3) not null,
    due_at timestamptz(3),
    primary key (organization_id, conversation_id, owner_version),
    foreign key (organization_id, conversation_id) references conversations on delete cascade
  )`,
  'create index on urgent_pages (due_at) where due_at is not null',
  ...protect('urgent_pages'),
]

const KINDS = [
  `alter table push_jobs drop constraint push_jobs_reason_check,
    add constraint push_jobs_reason_check check (reason in ('message', 'new', 'assigned', 'mentioned', 'urgent'))`,
  `alter table mail_jobs drop constraint mail_jobs_kind_check,
    add constraint mail_jobs_kind_check
      check (kind in ('invite', 'reset', 'transcript', 'missed', 'assigned', 'mentioned', 'reply', 'urgent'))`,
  // A member says all of their settings.
  `update member_notifications set settings = settings || '{"urgent": true}' where not settings ? 'urgent'`,
]

/** Conversations to which the team is called at once. */
export const urgentPages: Migration = { up: (query) => runStatements(query, [...PAGES, ...KINDS]) }
