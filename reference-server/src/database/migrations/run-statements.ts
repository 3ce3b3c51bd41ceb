import { type Kysely, sql } from 'kysely'

/** Runs fixed statements one by one: a migration's text holds no values, so `raw` has nothing to escape. */
export async function runStatements(query: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(query)
}
