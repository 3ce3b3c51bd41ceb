import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

// No row ends at it (expiry): it says of who is away when they will be back, and goes when they are.
const STATEMENTS = [
  `alter table agent_states add column back_at timestamptz(3),
    add constraint back_from_away check (back_at is null or away_since is not null)`,
]

/** Until when whoever is away has said that they are. */
export const backAt: Migration = { up: (query) => runStatements(query, STATEMENTS) }
