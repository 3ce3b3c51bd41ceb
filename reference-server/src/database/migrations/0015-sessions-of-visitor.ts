import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/** Whoever deletes a visitor asks for their sessions: the foreign key by itself, and the sweep of what has ended before. */
export const sessionsOfVisitor: Migration = {
  up: (query) => runStatements(query, ['create index on visitor_sessions (visitor_id)']),
}
