import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/** Serves the look for those of all organizations that nobody has been offered for yet. */
const INDEX = ['create index on message_ratings (rated_at) where not helpful']

/** Messages of the assistant's that did not help, by when that was said. */
export const unhelpfulRatings: Migration = { up: (query) => runStatements(query, INDEX) }
