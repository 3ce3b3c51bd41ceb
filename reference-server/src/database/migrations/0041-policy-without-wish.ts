import type { Migration } from 'kysely'
import { runStatements } from './run-statements.js'

/** How probable a wish for a person must be, nobody can say: the rules know it or do not. */
export const policyWithoutWish: Migration = {
  up: (query) =>
    runStatements(query, [
      `update widgets set assistant_policy = (assistant_policy - 'humanAt')
        || case when (assistant_policy ->> 'leadAt')::numeric < 0.01 then '{"leadAt": 0.01}'::jsonb else '{}' end
        where assistant_policy is not null`,
    ]),
}
