import type { Migration } from 'kysely'
import { protect } from './0009-row-level-security.js'
import { runStatements } from './run-statements.js'

/** What was compared with an account's books, in one row a day: whoever reports on it needs no more, and it never grows fast. */
const COMPARISONS = `create table payment_comparisons (
  organization_id uuid not null,
  account_id uuid not null,
  day text not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  runs integer not null,
  failures integer not null,
  payments integer not null,
  mended integer not null,
  orphans integer not null,
  primary key (organization_id, account_id, day),
  foreign key (organization_id, account_id) references payment_accounts on delete cascade
)`

/** Books as they were compared, and what finds the facts of some days and the deeds of one payment. */
export const paymentComparisons: Migration = {
  up: (query) =>
    runStatements(query, [
      COMPARISONS,
      ...protect('payment_comparisons'),
      'create index on payment_facts (at)',
      `create index on audit_entries ((content -> 'target' ->> 'id')) where content -> 'target' ->> 'kind' = 'payment'`,
    ]),
}
