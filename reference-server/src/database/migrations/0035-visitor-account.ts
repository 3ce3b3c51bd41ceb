import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

// Null for whoever has none, and for everybody whose site signs none.
const STATEMENTS = ["alter table visitors add column account jsonb check (jsonb_typeof(account) = 'object')"]

/** What a site has signed of a user's account. */
export const visitorAccount: Migration = { up: (query) => runStatements(query, STATEMENTS) }
