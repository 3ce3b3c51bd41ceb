import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/** What a verified user has erased goes with what they did before they signed in. */
const STATEMENTS = [
  'create index if not exists visitor_sessions_successor_id_idx on visitor_sessions (successor_id) where successor_id is not null',
]

/** Finds the sessions that go on in another one. */
export const successors: Migration = { up: (query) => runStatements(query, STATEMENTS) }
