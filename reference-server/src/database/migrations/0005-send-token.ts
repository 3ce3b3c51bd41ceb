import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/** Sessions from before have no send token until their next page: what they leave unsent waits for their own tab. */
export const sendToken: Migration = {
  up: (query) => runStatements(query, ['alter table visitor_sessions add column send_token_hash bytea unique']),
}
