import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/** A shared session belongs to all tabs of its visitor, and counts only while its widget shares (S12). */
const STATEMENTS = [
  'alter table visitor_sessions add column shared boolean not null default false',
  'create index on visitor_sessions (organization_id, visitor_id) where shared',
]

/** Tabs that share a session. */
export const sharedTabs: Migration = { up: (query) => runStatements(query, STATEMENTS) }
