import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/** Whether an organization has the server's models work for it. */
const SWITCH = ['alter table organizations add column uses_models boolean not null default true']

/** What each answer has cost, in millionths of a unit, by the price of its time: a later one changes nothing. Null: there was none. */
const COST = [
  `alter table assistant_usage
    add column cost_micro bigint check (cost_micro >= 0),
    add column currency text,
    add check ((cost_micro is null) = (currency is null))`,
]

/** Who pays for a model says whether it is asked, and reads what it costs. */
export const modelCost: Migration = { up: (query) => runStatements(query, [...SWITCH, ...COST]) }
