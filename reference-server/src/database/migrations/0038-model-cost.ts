import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/** Whether an organization has its answers written by the server's model. */
const SWITCH = ['alter table organizations add column writes_with_model boolean not null default true']

/** Who pays for a model says whether it is asked. */
export const modelCost: Migration = { up: (query) => runStatements(query, SWITCH) }
